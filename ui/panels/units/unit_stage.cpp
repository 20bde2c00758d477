// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/units/unit_stage.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "core/explore/compose.h"
#include "ui/shell/state_notice.h"
#include "ui/shell/theme.h"
#include "ui/views/captioned_view.h"
#include "ui/views/color_map.h"
#include "ui/views/legend_bar.h"
#include "ui/views/zoom_view.h"

namespace vitrine {

using namespace Qt::StringLiterals;

namespace {
constexpr int kLegendWidth = 112;  ///< two numbers and a bar between them
}

UnitStage::UnitStage(QWidget* parent) : QWidget(parent) {
    m_link = new ViewLink(this);
    m_pages = new QStackedWidget(this);
    m_pages->addWidget(buildPictures());
    m_notice = new StateNotice(u"units.notice"_s, false, this);
    connect(m_notice, &StateNotice::buttonPressed, this, &UnitStage::noticePressed);
    m_pages->addWidget(m_notice);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_pages);
}

QWidget* UnitStage::buildPictures() {
    auto* page = new QWidget(this);
    const auto add = [this, page](const QString& id, bool linked) {
        auto* view = new ZoomView(page);
        if (linked) m_link->add(view);
        view->setMinimumSize(64, 64);
        return new CaptionedView(u"units."_s + id, view, page);
    };
    m_changed = add(u"changed"_s, true);
    m_base = add(u"base"_s, true);
    m_difference = add(u"difference"_s, true);
    m_closeUp = add(u"closeUp"_s, false);
    m_pinned = add(u"pinned"_s, true);
    m_changed->setChoices(tr("What is shown of the picture"),
                          {{tr("On white"), int(PictureChannel::Composite)},
                           {tr("RGB as it comes"), int(PictureChannel::Rgb)},
                           {tr("Mask"), int(PictureChannel::Mask)}});
    m_difference->setTitle(tr("Difference"));
    m_closeUp->setTitle(tr("Close-up"));
    m_pinned->setTitle(tr("Pinned"));
    m_pinned->view()->setPlaceholder(tr("Pin a unit to compare it with others"));
    m_legend = new LegendBar([](double position) { return divergingColor(position); }, page);
    m_legend->setInline(true);
    m_legend->setMinimumWidth(kLegendWidth);
    m_legend->setAccessibleName(tr("Legend: darker blue, brighter red"));
    m_difference->setLegend(m_legend);

    auto* right = new QGridLayout;
    right->setSpacing(measure::kGap);
    right->addWidget(m_base, 0, 0);
    right->addWidget(m_difference, 0, 1);
    right->addWidget(m_closeUp, 1, 0);
    right->addWidget(m_pinned, 1, 1);
    for (int i : {0, 1}) {
        right->setColumnStretch(i, 1);
        right->setRowStretch(i, 1);
    }
    auto* row = new QHBoxLayout(page);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(measure::kGroupGap);
    row->addWidget(m_changed, 1);
    row->addLayout(right, 1);
    return page;
}

void UnitStage::setDifferenceRange(double range) {
    const QString end = QString::number(range, 'g', 2);
    m_legend->setLabels(u"−"_s + end, {}, u"+"_s + end);
    m_legend->setToolTip(tr("Change of luminance: full colours are ±%1 of 1").arg(end));
}

void UnitStage::showNotice(bool isFailure, const QString& text, const QString& button) {
    m_notice->show(
        isFailure ? StateNotice::Kind::Failed : StateNotice::Kind::Empty, u"units"_s, text, button);
    m_pages->setCurrentWidget(m_notice);
}

void UnitStage::showPictures() {
    m_pages->setCurrentIndex(0);
}

}  // namespace vitrine
