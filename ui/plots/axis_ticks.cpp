// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/axis_ticks.h"

#include <QLocale>
#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace vitrine {
namespace {

struct Unit {
    double factor = 1;
    QString suffix;
};

Unit unitFor(double magnitude) {
    if (magnitude >= 1e15 || (magnitude < 1e-3 && magnitude > 0)) {
        const int exponent = int(std::floor(std::log10(magnitude) + 1e-9));
        return {std::pow(10.0, exponent), u"e%1"_s.arg(exponent)};
    }
    if (magnitude >= 1e9) return {1e9, u"G"_s};
    if (magnitude >= 1e6) return {1e6, u"M"_s};
    if (magnitude >= 1e4) return {1e3, u"k"_s};
    return {};
}

/// How many decimals a multiple of `step` needs, at most 8.
int decimalsFor(double step) {
    int decimals = 0;
    for (double scaled = step; decimals < 8; ++decimals, scaled *= 10)
        if (std::abs(scaled - std::round(scaled)) < 1e-6 * std::abs(scaled)) break;
    return decimals;
}

/// "-5" with the sign that is as wide as a digit.
QString withMinus(QString number) {
    return number.replace(u'-', u'\u2212');
}

QString inUnit(double value, const Unit& unit, int decimals) {
    if (value == 0) return u"0"_s;
    return withMinus(QString::number(value / unit.factor, 'f', decimals) + unit.suffix);
}

double roundStep(double least) {
    const double power = std::pow(10.0, std::floor(std::log10(least)));
    for (double factor : {1.0, 2.0, 5.0})
        if (factor * power >= least * (1 - 1e-9)) return factor * power;
    return 10 * power;
}

}  // namespace

QList<double> linearTicks(double low, double high, int maxTicks) {
    const double span = high - low;
    if (!(span > 0) || !std::isfinite(span) || maxTicks < 1) return {};
    const double step = roundStep(span / maxTicks);
    const double first = std::ceil(low / step - 1e-9);
    QList<double> ticks;
    for (int i = 0; i <= maxTicks && (first + i) * step <= high + step * 1e-9; ++i)
        ticks.append((first + i) * step);
    return ticks;
}

QList<double> logTicks(double low, double high, int maxTicks) {
    if (!(low > 0) || !(high > low) || maxTicks < 1) return {};
    const int first = int(std::ceil(std::log10(low) - 1e-9));
    const int last = int(std::floor(std::log10(high) + 1e-9));
    const int numDecades = last - first + 1;
    if (numDecades < 2 && high / low < 10) return linearTicks(low, high, maxTicks);
    const bool hasRoom = 3 * (numDecades + 1) <= maxTicks + 2;
    const int stride = std::max(1, (numDecades + maxTicks - 1) / maxTicks);
    QList<double> ticks;
    for (int exponent = hasRoom ? first - 1 : first; exponent <= last; exponent += stride) {
        for (double factor : {1.0, 2.0, 5.0}) {
            const double tick = factor * std::pow(10.0, exponent);
            if ((hasRoom || factor == 1) && tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9))
                ticks.append(tick);
        }
    }
    return ticks;
}

QStringList tickLabels(const QList<double>& ticks) {
    double largest = 0, step = 0;
    for (qsizetype i = 0; i < ticks.size(); ++i) {
        largest = std::max(largest, std::abs(ticks[i]));
        if (i > 0) step = step == 0 ? ticks[i] - ticks[i - 1] : std::min(step, ticks[i] - ticks[i - 1]);
    }
    if (step == 0) step = largest;
    Unit unit = unitFor(largest);
    if (unit.factor > 1 && decimalsFor(step / unit.factor) > 2 && largest < 1e9) unit = {};
    const int decimals = decimalsFor(step / unit.factor);
    QStringList labels;
    for (double tick : ticks) labels.append(inUnit(std::abs(tick) < step * 1e-6 ? 0 : tick, unit, decimals));
    return labels;
}

QString shortNumber(double value) {
    if (!std::isfinite(value)) return std::isnan(value) ? u"not a number"_s : u"infinite"_s;
    if (value == 0) return u"0"_s;
    const Unit unit = unitFor(std::abs(value));
    return withMinus(QString::number(value / unit.factor, 'g', 4) + unit.suffix);
}

QString alignedNumber(double value) {
    if (!std::isfinite(value) || value == 0) return shortNumber(value);
    const Unit unit = unitFor(std::abs(value));
    const int magnitude = int(std::floor(std::log10(std::abs(value) / unit.factor) + 1e-9));
    return inUnit(value, unit, std::clamp(3 - magnitude, 0, 6));
}

QString longNumber(double value) {
    const int decimals = value == std::round(value) ? 0 : std::abs(value) < 1 ? 4 : 2;
    return withMinus(QLocale(QLocale::English).toString(value, 'f', decimals));
}

}  // namespace vitrine
