// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/units/unit_stage.h"

#include "core/recipe/compose.h"
#include "ui/views/captioned_view.h"
#include "ui/views/color_map.h"
#include "ui/views/legend_bar.h"
#include "ui/views/zoom_view.h"

namespace vitrine {

using namespace Qt::StringLiterals;

namespace {
constexpr int kMinSide = 64;
constexpr int kLegendWidth = 112;  ///< two numbers and a bar between them
}  // namespace

UnitStage::UnitStage(QWidget* parent) : ComparisonStage(u"units"_s, parent) {
    const auto add = [this](const QString& id, bool isLinked = true) {
        return addView(id, new ZoomView(page()), kMinSide, isLinked);
    };
    m_changed = add(u"changed"_s);
    m_base = add(u"base"_s);
    m_difference = add(u"difference"_s);
    m_closeUp = add(u"closeUp"_s, false);
    m_pinned = add(u"pinned"_s);
    m_changed->setChoices(tr("Output shown"),
                          {{tr("On white"), int(PictureChannel::Composite)},
                           {tr("RGB output"), int(PictureChannel::Rgb)},
                           {tr("Mask"), int(PictureChannel::Mask)}});
    m_difference->setTitle(tr("Difference"));
    m_closeUp->setTitle(tr("Close-up"));
    m_pinned->setTitle(tr("Pinned"));
    m_pinned->view()->setPlaceholder(tr("Pin a unit to compare it with others"));
    m_legend = new LegendBar([](double position) { return divergingColor(position); }, page());
    m_legend->setInline(true);
    m_legend->setMinimumWidth(kLegendWidth);
    m_legend->setAccessibleName(tr("Legend: darker blue, brighter red"));
    m_difference->setLegend(m_legend);
    fillPage(m_changed, {m_base, m_difference, m_closeUp, m_pinned});
}

void UnitStage::setDifferenceRange(double range) {
    const QString end = QString::number(range, 'g', 2);
    m_legend->setLabels(u"−"_s + end, {}, u"+"_s + end);
    m_legend->setToolTip(tr("Change of luminance: full colours are ±%1 of 1").arg(end));
}

}  // namespace vitrine
