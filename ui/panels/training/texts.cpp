// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/training/texts.h"

#include <QDateTime>
#include <QLocale>
#include <cmath>

#include "ui/shell/text.h"
#include "ui/shell/theme.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

const QLocale& locale() {
    static const QLocale english(QLocale::English);
    return english;
}

}  // namespace

QString groupedNumber(qint64 value) {
    return locale().toString(value);
}

QString figureText(double value) {
    if (!std::isfinite(value)) return u"–"_s;
    const double size = std::abs(value);
    if (size != 0 && (size < 0.001 || size >= 1e6)) return locale().toString(value, 'g', 3);
    return locale().toString(value, 'f', size >= 1000 ? 0 : size >= 100 ? 1 : size < 0.1 ? 4 : 2);
}

QString durationText(double seconds) {
    if (seconds < 0 || !std::isfinite(seconds)) return {};
    if (seconds < 1) return tr("less than 1 s");
    if (seconds < 90) return tr("%1 s").arg(std::lround(seconds));
    const qint64 minutes = std::llround(seconds / 60);
    if (minutes < 60) return tr("%1 min").arg(minutes);
    if (minutes < 48 * 60) return tr("%1 h %2 min").arg(minutes / 60).arg(minutes % 60);
    return tr("%1 days").arg(double(minutes) / (24 * 60), 0, 'f', 1);
}

QString memoryText(qint64 mebibytes) {
    if (mebibytes < 1024) return tr("%1 MiB").arg(mebibytes);
    return tr("%1 GiB").arg(double(mebibytes) / 1024, 0, 'f', 1);
}

QString bytesText(qint64 bytes) {
    if (bytes < 1 << 20) return tr("%1 KiB").arg((bytes + 1023) >> 10);
    return memoryText((bytes + (1 << 19)) >> 20);
}

QString momentText(double seconds) {
    if (seconds <= 0) return {};
    const QDateTime moment = QDateTime::fromSecsSinceEpoch(qint64(seconds));
    if (moment.date() == QDate::currentDate()) return tr("today %1").arg(moment.toString(u"HH:mm"_s));
    return moment.toString(u"yyyy-MM-dd HH:mm"_s);
}

QString parametersText(qint64 count) {
    if (count >= 1'000'000) return tr("%1 million").arg(double(count) / 1e6, 0, 'f', 1);
    return groupedNumber(count);
}

QString iconOf(RunPhase phase) {
    switch (phase) {
        case RunPhase::Training:
        case RunPhase::Resuming:
        case RunPhase::Starting:
            return u"play"_s;
        case RunPhase::Pausing:
        case RunPhase::Paused:
            return u"pause"_s;
        case RunPhase::Saving:
            return u"save"_s;
        case RunPhase::Preparing:
            return u"open"_s;
        case RunPhase::Stopping:
        case RunPhase::Stopped:
            return u"stop"_s;
        case RunPhase::Done:
            return u"good"_s;
        case RunPhase::NoSpace:
        case RunPhase::Interrupted:
            return u"warning"_s;
        case RunPhase::Failed:
        case RunPhase::Broken:
            return u"error"_s;
        case RunPhase::New:
            break;
    }
    return u"minus"_s;
}

QColor colorOf(RunPhase phase) {
    const ThemeTokens& theme = Theme::current();
    switch (phase) {
        case RunPhase::Done:
            return theme.good;
        case RunPhase::NoSpace:
        case RunPhase::Interrupted:
            return theme.warning;
        case RunPhase::Failed:
        case RunPhase::Broken:
            return theme.bad;
        case RunPhase::Training:
        case RunPhase::Saving:
        case RunPhase::Preparing:
        case RunPhase::Starting:
        case RunPhase::Resuming:
            return theme.accent;
        default:
            return theme.muted;
    }
}

QString explain(RunPhase phase) {
    switch (phase) {
        case RunPhase::Broken:
            return tr("Something in the run's folder can't be read.");
        case RunPhase::Starting:
            return tr("The helper program is starting.");
        case RunPhase::Preparing:
            return tr("The helper program reads the data and builds the network.");
        case RunPhase::Training:
            return tr("The network is being trained in a separate process.");
        case RunPhase::Pausing:
            return tr("It pauses after the current step.");
        case RunPhase::Paused:
            return tr("It is paused, with everything in memory, until you press Resume.");
        case RunPhase::Resuming:
            return tr("It resumes in a moment.");
        case RunPhase::Saving:
            return tr("A checkpoint is being written, from which the run can resume.");
        case RunPhase::NoSpace:
            return tr("It waits for free disk space and resumes automatically.");
        case RunPhase::Stopping:
            return tr("It writes a checkpoint, then stops.");
        case RunPhase::Done:
            return tr("It reached its planned end. Extend it to train further.");
        case RunPhase::Stopped:
            return tr("It stopped before its planned end, with a checkpoint. Start resumes from there.");
        case RunPhase::Failed:
            return tr("It failed. Start tries again from the newest checkpoint.");
        case RunPhase::Interrupted:
            return tr(
                "Its process ended unexpectedly (killed, crashed or switched off). Start resumes from the "
                "newest checkpoint.");
        case RunPhase::New:
            break;
    }
    return tr("It was never started.");
}

}  // namespace vitrine
