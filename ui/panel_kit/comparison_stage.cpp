// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panel_kit/comparison_stage.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "ui/shell/state_notice.h"
#include "ui/shell/theme.h"
#include "ui/views/captioned_view.h"
#include "ui/views/zoom_view.h"

namespace vitrine {

using namespace Qt::StringLiterals;

ComparisonStage::ComparisonStage(const QString& panel, QWidget* parent) : QWidget(parent), m_panel(panel) {
    m_link = new ViewLink(this);
    m_pages = new QStackedWidget(this);
    m_page = new QWidget(this);
    m_pages->addWidget(m_page);
    m_notice = new StateNotice(panel + ".notice"_L1, false, this);
    connect(m_notice, &StateNotice::buttonPressed, this, &ComparisonStage::noticePressed);
    m_pages->addWidget(m_notice);
    m_rows = new QVBoxLayout(this);
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setSpacing(measure::kGap);
    m_rows->addWidget(m_pages, 1);
}

void ComparisonStage::addTop(QWidget* line) {
    m_rows->insertWidget(0, line);
}

CaptionedView* ComparisonStage::addView(const QString& id, ZoomView* view, int minimumSide, bool isLinked) {
    if (isLinked) m_link->add(view);
    view->setMinimumSize(minimumSide, minimumSide);
    return new CaptionedView(m_panel + u'.' + id, view, m_page);
}

QBoxLayout* ComparisonStage::besideGrid(QLayout* large, const std::array<CaptionedView*, 4>& views) {
    auto* grid = new QGridLayout;
    grid->setSpacing(measure::kGap);
    for (int i = 0; i < 4; ++i) grid->addWidget(views[std::size_t(i)], i / 2, i % 2);
    for (int i : {0, 1}) {
        grid->setColumnStretch(i, 1);
        grid->setRowStretch(i, 1);
    }
    auto* row = new QHBoxLayout;
    row->setSpacing(measure::kGroupGap);
    row->addLayout(large, 1);
    row->addLayout(grid, 1);
    return row;
}

void ComparisonStage::fillPage(CaptionedView* large, const std::array<CaptionedView*, 4>& views) {
    auto* column = new QVBoxLayout;
    column->addWidget(large);
    QBoxLayout* row = besideGrid(column, views);
    row->setContentsMargins(0, 0, 0, 0);
    m_page->setLayout(row);
}

void ComparisonStage::showNotice(const QString& text, const QString& button, bool isFailure) {
    m_notice->show(isFailure ? StateNotice::Kind::Failed : StateNotice::Kind::Empty, m_panel, text, button);
    m_pages->setCurrentWidget(m_notice);
}

void ComparisonStage::showPictures() {
    m_pages->setCurrentWidget(m_page);
}

}  // namespace vitrine
