// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/training/data_page.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <cmath>

#include "ui/shell/elided_label.h"
#include "ui/shell/state_notice.h"
#include "ui/shell/status_bar.h"
#include "ui/shell/theme.h"
#include "ui/views/zoom_view.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

constexpr int kBarSteps = 1000;

QString nameOf(DataService::Work work) {
    switch (work) {
        case DataService::Work::Render:
            return DataPage::tr("Rendering");
        case DataService::Work::Check:
            return DataPage::tr("Checking");
        case DataService::Work::Sheet:
            return DataPage::tr("Making the contact sheet");
        case DataService::Work::None:
            break;
    }
    return {};
}

}  // namespace

DataPage::DataPage(DataService& data, QWidget* parent) : QWidget(parent), m_data(data) {
    buildLayout();
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        m_data.cancel();
        m_cancel->setEnabled(false);
    });
    connect(m_empty, &StateNotice::buttonPressed, this, [this] {
        if (m_data.isThere().value_or(false))
            Q_EMIT sheetRequested();
        else
            Q_EMIT renderRequested();
    });
    connect(&m_data, &DataService::progressed, this, &DataPage::showProgress);
    connect(&m_data, &DataService::workChanged, this, &DataPage::showState);
    connect(&m_data, &DataService::looked, this, &DataPage::showState);
    showState();
}

void DataPage::buildLayout() {
    m_problem = new StateNotice(u"training.data.problem"_s, true, this);
    m_problem->hide();
    m_empty = new StateNotice(u"training.data.notice"_s, false, this);
    m_view = new ZoomView(this);
    m_view->setObjectName(u"training.data.sheet"_s);
    m_view->setAccessibleName(tr("Contact sheet of all chairs"));
    m_stack = new QStackedWidget(this);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_view);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(measure::kGap);
    column->addWidget(buildWorkRow());
    column->addWidget(m_problem);
    column->addWidget(m_stack, 1);
}

QWidget* DataPage::buildWorkRow() {
    m_work = new QWidget(this);
    m_workText = new ElidedLabel(m_work);
    m_workText->setObjectName(u"training.data.work"_s);
    m_bar = new QProgressBar(m_work);
    m_bar->setObjectName(u"training.data.bar"_s);
    m_bar->setAccessibleName(tr("Progress"));
    m_bar->setRange(0, kBarSteps);
    m_bar->setTextVisible(false);
    m_cancel = new QPushButton(tr("Cancel"), m_work);
    m_cancel->setObjectName(u"training.data.cancel"_s);
    m_cancel->setToolTip(tr("Completed chairs are kept, and the next rendering resumes from there"));
    auto* row = new QHBoxLayout(m_work);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(measure::kGap);
    auto* texts = new QVBoxLayout;
    texts->setSpacing(measure::kGap / 2);
    texts->addWidget(m_workText);
    texts->addWidget(m_bar);
    row->addLayout(texts, 1);
    row->addWidget(m_cancel);
    return m_work;
}

void DataPage::showProgress(const Progress& progress) {
    QString text = tr("%1: %2 %").arg(nameOf(m_data.work())).arg(int(std::floor(100 * progress.fraction)));
    const QString left = timeLeftText(progress);
    if (!left.isEmpty()) text += u", "_s + left;
    if (!progress.message.empty()) text += u" · "_s + QString::fromStdString(progress.message);
    m_workText->setText(text);
    m_bar->setValue(int(kBarSteps * progress.fraction));
}

void DataPage::showState() {
    const bool working = m_data.work() != DataService::Work::None;
    if (working && m_work->isHidden()) {
        m_problem->hide();
        m_workText->setText(nameOf(m_data.work()));
        m_bar->setValue(0);
        m_cancel->setEnabled(true);
    }
    m_work->setVisible(working);
    const bool there = m_data.isThere().value_or(false);
    if (!m_view->image().isNull() || (m_data.hasSheet() && there)) {
        m_stack->setCurrentWidget(m_view);
        m_view->setDimmed(!there);
        return;
    }
    m_stack->setCurrentWidget(m_empty);
    using Kind = StateNotice::Kind;
    if (working)
        m_empty->show(Kind::Empty, u"chairs"_s, tr("You can keep working meanwhile."), {});
    else if (!m_data.isThere())
        m_empty->show(Kind::Empty, u"chairs"_s, tr("Looking for the data set."), {});
    else if (there)
        m_empty->show(Kind::Empty,
                      u"grid"_s,
                      tr("The data set is there. A contact sheet shows every chair in it."),
                      tr("Make the contact sheet"));
    else
        m_empty->show(Kind::Empty,
                      u"chairs"_s,
                      tr("No data set is rendered yet. Rendering every chair from 62 views takes a few "
                         "minutes; you can cancel and resume later."),
                      tr("Render the data set"));
}

void DataPage::setSheet(const QImage& sheet) {
    m_view->setImage(sheet);
    showState();
}

void DataPage::setError(const QString& text) {
    m_problem->show(StateNotice::Kind::Failed, u"error"_s, text, {});
}

}  // namespace vitrine
