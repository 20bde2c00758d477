// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/transfer/transfer_strip_pane.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <ranges>

#include "core/recipe/compose.h"
#include "ui/bridge/image_convert.h"
#include "ui/plots/curve_plot.h"
#include "ui/shell/text.h"
#include "ui/shell/theme.h"
#include "ui/views/picture_sheet_view.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

constexpr int kRowsPerSetting = 2;  ///< with transfer above without
constexpr int kPicturesPerSetting = kRowsPerSetting * kTransferStripColumns;

QStringList stripRowNames(const std::vector<TransferSetting>& settings) {
    QStringList names;
    for (const TransferSetting setting : settings) {
        const int azimuths = viewsOf(setting).targetAzimuths;
        names << TransferStripPane::tr("%1, with").arg(azimuths)
              << TransferStripPane::tr("%1, without").arg(azimuths);
    }
    return names;
}

/// The settings of which there are pictures; all of them while the strip is being made.
std::vector<TransferSetting> drawnSettings(const std::vector<Image>& strip) {
    std::vector<TransferSetting> settings;
    for (std::size_t i = 0; i < kTransferAzimuths.size(); ++i) {
        const auto ofSetting =
            strip | std::views::drop(int(i) * kPicturesPerSetting) | std::views::take(kPicturesPerSetting);
        if (strip.empty() || !std::ranges::all_of(ofSetting, &Image::empty))
            settings.push_back(kTransferSettings[i]);
    }
    return settings;
}

CurveSeries seriesOf(const TransferCurve& curve, int index) {
    CurveSeries series{
        .id = toQ(curve.byViews.label), .label = toQ(curve.byViews.label), .colorIndex = index};
    for (const auto& [views, error] : curve.byViews.points) series.points << QPointF(views, error);
    return series;
}

}  // namespace

TransferStripPane::TransferStripPane(TransferStore& store, QWidget* parent)
    : QWidget(parent), m_store(store) {
    buildLayout();
    connect(m_sheet, &PictureSheetView::cellActivated, this, &TransferStripPane::choose);
    connect(&m_store, &TransferStore::changed, this, &TransferStripPane::showState);
    setStrip({});
    setCurves({});
}

void TransferStripPane::buildLayout() {
    m_sheet = new PictureSheetView(this);
    m_sheet->setObjectName(u"transfer.strip"_s);
    m_sheet->setAccessibleName(tr(
        "For each number of given azimuths, from one given view to the next: with transfer above without"));
    m_sheet->setToolTip(
        tr("Rows: 15, 8, 4, 2 and 1 given azimuths, with transfer above without. The first and the last "
           "picture are given views; click a picture to look at it."));
    m_plot = new CurvePlot(this);
    m_plot->setObjectName(u"transfer.curve"_s);
    m_plot->setAxisLabels(tr("Given azimuths"), tr("Squared error of unseen views"));
    m_plot->setEmptyText(tr(
        "The table of docs/results/transfer.md has no figures yet; vitrine-cli eval transfer makes them."));
    m_elevation = new QLabel(this);
    m_elevation->setObjectName(u"transfer.elevationError"_s);
    m_elevation->setFont(Theme::font(TextRole::Caption));
    m_elevation->setProperty("role", u"caption"_s);
    m_elevation->setWordWrap(true);
    auto* right = new QVBoxLayout;
    right->setSpacing(4);
    right->addWidget(m_plot, 1);
    right->addWidget(m_elevation);
    auto* columns = new QHBoxLayout(this);
    columns->setContentsMargins(measure::kStageGap, measure::kGap, measure::kStageGap, measure::kGap);
    columns->setSpacing(measure::kGroupGap);
    columns->addWidget(m_sheet, 1);
    columns->addLayout(right, 1);
}

void TransferStripPane::setStrip(const std::vector<Image>& strip) {
    m_settings = drawnSettings(strip);
    m_sheet->reset(
        int(m_settings.size()) * kRowsPerSetting, kTransferStripColumns, stripRowNames(m_settings));
    if (!strip.empty()) showPictures(strip);
    showState();
}

void TransferStripPane::showPictures(const std::vector<Image>& strip) {
    for (int cell = 0; cell < m_sheet->numCells(); ++cell) {
        const int first = int(m_settings[std::size_t(cell / kPicturesPerSetting)]) * kPicturesPerSetting;
        const Image& picture = strip[std::size_t(first + cell % kPicturesPerSetting)];
        if (!picture.empty()) m_sheet->setCell(cell, toQImage(composeOver(picture, {})));
    }
}

void TransferStripPane::setCurves(const std::vector<TransferCurve>& curves) {
    m_curves = curves;
    QList<CurveSeries> series;
    for (const TransferCurve& curve : curves) series << seriesOf(curve, int(series.size()));
    m_plot->setSeries(series);
    showState();
}

void TransferStripPane::choose(int cell) {
    const auto setting = m_settings[std::size_t(cell / kPicturesPerSetting)];
    const ChairView view = transferStripViews(setting)[std::size_t(cell % kTransferStripColumns)];
    m_store.changeOnce(u"strip"_s, tr("Look at a picture of the strip"), [&](TransferState& state) {
        state.setting = setting;
        state.view = view;
    });
}

void TransferStripPane::showState() {
    const TransferState& state = m_store.state();
    const bool isElevation = state.setting == TransferSetting::Elevation;
    m_plot->setMark(isElevation ? std::nullopt
                                : std::optional<double>(viewsOf(state.setting).targetAzimuths));
    showElevation();
    const auto row = std::ranges::find(m_settings, state.setting);
    if (row == m_settings.end()) return;
    const float last = transferStripViews(state.setting).back().azimuthDeg;
    const int column = int(std::lround(state.view.azimuthDeg / last * float(kTransferStripColumns - 1)));
    const int firstOfRow = int(row - m_settings.begin()) * kPicturesPerSetting;
    m_sheet->setCurrentCell(firstOfRow + std::clamp(column, 0, kTransferStripColumns - 1));
}

/// It has no place on the axis of the curve.
void TransferStripPane::showElevation() {
    QStringList errors;
    for (const TransferCurve& curve : m_curves)
        if (curve.elevation)
            errors << u"%1 %2"_s.arg(toQ(curve.byViews.label)).arg(*curve.elevation, 0, 'f', 0);
    m_elevation->setText(tr("Given at 20°, drawn at 30°: %1").arg(errors.join(u", "_s)));
    m_elevation->setVisible(m_store.state().setting == TransferSetting::Elevation && !errors.isEmpty());
}

}  // namespace vitrine
