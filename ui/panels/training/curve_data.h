// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <vector>

#include "core/runs/metrics_file.h"
#include "ui/bridge/run_info.h"
#include "ui/plots/curve_series.h"

namespace vitrine {

/// One plot: a quantity, on training (dashed) and on held-out data, of every run that is shown. A run has one
/// colour in all plots.
struct CurveSet {
    QString title, unit, help;
    QList<CurveSeries> curves;
    QString axisTitle() const;  ///< "PSNR (dB)"
};

struct ShownRun {
    QString name;
    const RunRecord* record = nullptr;  ///< may be missing
};

/// The recipe's plots in its order, then one for each metric that none of them names. Plots without a point
/// are left out.
std::vector<CurveSet> curvesOf(const std::vector<MetricPlot>& plots, const std::vector<ShownRun>& runs);

}  // namespace vitrine
