// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/curve_model.h"

#include <QStringList>
#include <algorithm>
#include <cmath>
#include <cstring>
#include <iterator>

#include "ui/plots/axis_ticks.h"

using namespace Qt::StringLiterals;

namespace vitrine {
namespace {

bool isBefore(const QPointF& a, const QPointF& b) {
    return a.x() < b.x();
}

/// Bit for bit, so that a NaN equals itself.
bool beginsWith(const QList<QPointF>& points, const QList<QPointF>& start) {
    return points.size() >= start.size() &&
           (points.constData() == start.constData() ||
            std::memcmp(points.constData(), start.constData(), std::size_t(start.size()) * sizeof(QPointF)) ==
                0);
}

bool isDrawn(double value, bool onlyPositive) {
    return std::isfinite(value) && (!onlyPositive || value > 0);
}

void widen(std::optional<CurveModel::Extent>& extent, double value) {
    if (!extent) extent = {value, value};
    extent->low = std::min(extent->low, value);
    extent->high = std::max(extent->high, value);
}

const QPointF* nearestPoint(const QList<QPointF>& points, double x) {
    if (points.isEmpty()) return nullptr;
    auto after = std::lower_bound(points.begin(), points.end(), QPointF(x, 0), isBefore);
    if (after == points.end()) return &points.back();
    if (after != points.begin() && x - std::prev(after)->x() < after->x() - x) --after;
    return &*after;
}

QString csvField(const QString& text) {
    if (!text.contains(u',') && !text.contains(u'"') && !text.contains(u'\n')) return text;
    return u'"' + QString(text).replace(u'"', u"\"\""_s) + u'"';
}

}  // namespace

CurveModel::Curve* CurveModel::find(const QString& id) {
    const auto found = std::find_if(
        m_curves.begin(), m_curves.end(), [&id](const Curve& curve) { return curve.series.id == id; });
    return found == m_curves.end() ? nullptr : &*found;
}

void CurveModel::setSeries(const QList<CurveSeries>& series) {
    QList<Curve> curves;
    for (const CurveSeries& wanted : series) {
        Curve* known = find(wanted.id);
        Curve curve = known != nullptr ? std::move(*known) : Curve();
        const qsizetype numKept =
            beginsWith(wanted.points, curve.series.points) ? curve.series.points.size() : 0;
        curve.series = wanted;
        takeFrom(curve, numKept);
        curves.append(std::move(curve));
    }
    m_curves = std::move(curves);
}

void CurveModel::appendPoints(const QString& id, const QList<QPointF>& points) {
    Curve* curve = find(id);
    if (curve == nullptr || points.isEmpty()) return;
    const qsizetype numKept = curve->series.points.size();
    curve->series.points += points;
    takeFrom(*curve, numKept);
}

/// Derives what belongs to the points from that index on; from the start if they do not rise.
void CurveModel::takeFrom(Curve& curve, qsizetype index) const {
    QList<QPointF>& points = curve.series.points;
    const auto checkFrom = points.cbegin() + std::max<qsizetype>(0, index - 1);
    const bool rises = std::is_sorted(checkFrom, points.cend(), isBefore);
    if (!rises) std::stable_sort(points.begin(), points.end(), isBefore);
    if (!rises || index == 0 || curve.smoothed.size() != index) {
        ++curve.revision;
        curve.smoothed.clear();
        curve.average = 0;
        curve.numAveraged = 0;
    }
    smooth(curve);
}

/// Goes on where the smoothed values end.
void CurveModel::smooth(Curve& curve) const {
    for (qsizetype i = curve.smoothed.size(); i < curve.series.points.size(); ++i) {
        const double value = curve.series.points[i].y();
        if (m_smoothing == 0 || !std::isfinite(value)) {
            curve.smoothed.append(value);
            continue;
        }
        curve.average = m_smoothing * curve.average + (1 - m_smoothing) * value;
        ++curve.numAveraged;
        curve.smoothed.append(curve.average / (1 - std::pow(m_smoothing, curve.numAveraged)));
    }
}

bool CurveModel::setVisible(const QString& id, bool isVisible) {
    Curve* curve = find(id);
    if (curve == nullptr || curve->series.isVisible == isVisible) return false;
    curve->series.isVisible = isVisible;
    return true;
}

void CurveModel::setSmoothing(double smoothing) {
    m_smoothing = std::isfinite(smoothing) ? std::clamp(smoothing, 0.0, 0.999) : 0;
    for (Curve& curve : m_curves) takeFrom(curve, 0);
}

bool CurveModel::hasPoints() const {
    return std::any_of(
        m_curves.begin(), m_curves.end(), [](const Curve& curve) { return !curve.series.points.isEmpty(); });
}

bool CurveModel::hasVisiblePoints(bool onlyPositive) const {
    return std::any_of(m_curves.begin(), m_curves.end(), [onlyPositive](const Curve& curve) {
        const auto& points = curve.series.points;
        return curve.series.isVisible &&
               std::any_of(points.begin(), points.end(), [onlyPositive](const QPointF& p) {
                   return isDrawn(p.y(), onlyPositive);
               });
    });
}

std::optional<CurveModel::Extent> CurveModel::xExtent(bool onlyPositive) const {
    std::optional<Extent> extent;
    for (const Curve& curve : m_curves) {
        if (!curve.series.isVisible) continue;
        for (const QPointF& point : curve.series.points)
            if (isDrawn(point.y(), onlyPositive)) widen(extent, point.x());
    }
    return extent;
}

std::optional<CurveModel::Extent> CurveModel::yExtent(bool onlyPositive) const {
    std::optional<Extent> extent;
    for (const Curve& curve : m_curves) {
        if (!curve.series.isVisible) continue;
        for (const QPointF& point : curve.series.points)
            if (isDrawn(point.y(), onlyPositive)) widen(extent, point.y());
    }
    return extent;
}

qsizetype CurveModel::numNotPositive() const {
    qsizetype count = 0;
    for (const Curve& curve : m_curves) {
        if (!curve.series.isVisible) continue;
        count +=
            std::count_if(curve.series.points.begin(), curve.series.points.end(), [](const QPointF& point) {
                return std::isfinite(point.y()) && point.y() <= 0;
            });
    }
    return count;
}

std::optional<double> CurveModel::nearestX(double x) const {
    std::optional<double> best;
    for (const Curve& curve : m_curves) {
        const QPointF* point = curve.series.isVisible ? nearestPoint(curve.series.points, x) : nullptr;
        if (point != nullptr && (!best || std::abs(point->x() - x) < std::abs(*best - x))) best = point->x();
    }
    return best;
}

std::optional<double> CurveModel::steppedX(double x, int count) const {
    std::optional<double> best = nearestX(x);
    for (int i = 0; i < std::abs(count) && best; ++i) {
        const double from = *best;
        for (const Curve& curve : m_curves) {
            const QList<QPointF>& points = curve.series.points;
            if (!curve.series.isVisible) continue;
            auto next = count > 0
                            ? std::upper_bound(points.begin(), points.end(), QPointF(from, 0), isBefore)
                            : std::lower_bound(points.begin(), points.end(), QPointF(from, 0), isBefore);
            if (count > 0 && next != points.end() && (*best == from || next->x() < *best)) best = next->x();
            if (count < 0 && next != points.begin() && (*best == from || std::prev(next)->x() > *best))
                best = std::prev(next)->x();
        }
    }
    return best;
}

QList<CurveModel::Reading> CurveModel::readingsAt(double x) const {
    QList<Reading> readings;
    for (const Curve& curve : m_curves) {
        const QPointF* point = curve.series.isVisible ? nearestPoint(curve.series.points, x) : nullptr;
        if (point == nullptr) continue;
        readings.append({&curve, *point, curve.smoothed[point - curve.series.points.constData()]});
    }
    return readings;
}

QString CurveModel::newestText() const {
    QStringList parts;
    for (const Curve& curve : m_curves) {
        if (!curve.series.isVisible || curve.series.points.isEmpty()) continue;
        const QPointF& newest = curve.series.points.back();
        parts << u"%1 %2 at %3"_s.arg(curve.series.label, shortNumber(newest.y()), longNumber(newest.x()));
    }
    return parts.join(u", "_s);
}

QString CurveModel::csv() const {
    QString text = u"series,step,value\n"_s;
    for (const Curve& curve : m_curves) {
        const QString name = csvField(curve.series.label);
        for (const QPointF& point : curve.series.points)
            text += name + u',' + QString::number(point.x(), 'g', 15) + u',' +
                    QString::number(point.y(), 'g', 9) + u'\n';
    }
    return text;
}

}  // namespace vitrine
