// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QStringList>

namespace vitrine {

/// At most `maxTicks` round numbers (1, 2 or 5 times a power of ten apart) within [low, high], rising.
QList<double> linearTicks(double low, double high, int maxTicks);
/// Powers of ten within [low, high], with 2 and 5 times them where there is room; linear ticks within a
/// decade.
QList<double> logTicks(double low, double high, int maxTicks);

/// As short as they can be told apart, all in one unit: 8k, 10k, 12k; 0.25, 0.50; 2e-5.
QStringList tickLabels(const QList<double>& ticks);
/// Four significant digits: 12.35k, 0.01234, 2.5e-5.
QString shortNumber(double value);
/// The same with trailing zeros, for columns of numbers that change: 0.7440, 1.340.
QString alignedNumber(double value);
/// All digits, in groups: 12,300 (a step), 1.25 (an epoch).
QString longNumber(double value);

}  // namespace vitrine
