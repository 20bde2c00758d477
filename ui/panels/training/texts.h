// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QString>

#include "ui/bridge/run_info.h"

namespace vitrine {

/// "12,300"
QString groupedNumber(qint64 value);
/// Two decimals below 100, none from 1000 on: "21.43", "212.3", "1,204".
QString figureText(double value);
/// "35 min", "2 h 10 min", "3 days"; empty for < 0.
QString durationText(double seconds);
/// "640 MiB", "1.4 GiB"
QString memoryText(qint64 mebibytes);
QString bytesText(qint64 bytes);
/// "today 14:05", "2026-11-23 09:10". Units: seconds since 1970.
QString momentText(double seconds);
/// "31.9 million"
QString parametersText(qint64 count);

/// Icon (in resources/icons) and colour of a state; it is never told by colour alone.
QString iconOf(RunPhase phase);
QColor colorOf(RunPhase phase);
/// What the state means, one sentence.
QString explain(RunPhase phase);

}  // namespace vitrine
