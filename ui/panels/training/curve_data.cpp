// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/training/curve_data.h"

#include <algorithm>
#include <set>

#include "ui/shell/text.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

/// A line for each metric whose name begins with `prefix`.
void addFamily(CurveSet& set, const ShownRun& run, bool several, const std::string& prefix) {
    int place = 0;
    for (const auto& [metric, points] : run.record->metrics) {
        if (!metric.starts_with(prefix)) continue;
        const QString member = QString::fromStdString(metric.substr(prefix.size()));
        set.curves.append({.id = u"%1/%2"_s.arg(run.name, QString::fromStdString(metric)),
                           .label = several ? u"%1, %2"_s.arg(run.name, member) : member,
                           .colorIndex = place++,
                           .points = points});
    }
}

/// What only training has is a plain line of the run; beside held-out data it is dashed.
void addCurve(
    CurveSet& set, const ShownRun& run, int place, bool several, const MetricPlot& plot, bool heldOut) {
    const std::string& metric = heldOut ? plot.heldOut : plot.train;
    if (!run.record || metric.empty()) return;
    if (metric.ends_with('/')) return addFamily(set, run, several, metric);
    const auto points = run.record->metrics.find(metric);
    if (points == run.record->metrics.end() || points->second.isEmpty()) return;
    const bool both = !plot.train.empty() && !plot.heldOut.empty();
    const QString which = heldOut ? tr("held-out") : tr("training");
    set.curves.append({.id = u"%1/%2"_s.arg(run.name, QString::fromStdString(metric)),
                       .label = !several ? which
                                : both   ? u"%1, %2"_s.arg(run.name, which)
                                         : run.name,
                       .colorIndex = place,
                       .isDashed = both && !heldOut,
                       .points = points->second});
}

CurveSet setOf(const MetricPlot& plot, const std::vector<ShownRun>& runs) {
    CurveSet set{QString::fromStdString(plot.title),
                 QString::fromStdString(plot.unit),
                 QString::fromStdString(plot.help),
                 {}};
    for (std::size_t i = 0; i < runs.size(); ++i) {
        addCurve(set, runs[i], int(i), runs.size() > 1, plot, false);
        addCurve(set, runs[i], int(i), runs.size() > 1, plot, true);
    }
    return set;
}

}  // namespace

QString CurveSet::axisTitle() const {
    return unit.isEmpty() ? title : u"%1 (%2)"_s.arg(title, unit);
}

std::vector<CurveSet> curvesOf(const std::vector<MetricPlot>& plots, const std::vector<ShownRun>& runs) {
    std::vector<MetricPlot> all = plots;
    std::set<std::string> named;
    const auto inFamily = [&plots](const std::string& metric) {
        return std::ranges::any_of(plots, [&metric](const MetricPlot& plot) {
            return plot.train.ends_with('/') && metric.starts_with(plot.train);
        });
    };
    for (const MetricPlot& plot : plots) named.insert({plot.train, plot.heldOut});
    for (const ShownRun& run : runs) {
        if (!run.record) continue;
        for (const auto& [metric, points] : run.record->metrics)
            if (!inFamily(metric) && named.insert(metric).second) all.push_back({metric, "", "", metric, ""});
    }
    std::vector<CurveSet> sets;
    for (const MetricPlot& plot : all) {
        CurveSet set = setOf(plot, runs);
        if (!set.curves.isEmpty()) sets.push_back(std::move(set));
    }
    return sets;
}

}  // namespace vitrine
