// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>
#include <QStringList>

#include "core/base/result.h"

namespace vitrine {

enum class TrainingPage { Runs, NewRun, Data };
QString nameOf(TrainingPage page);  ///< "runs", "newRun", "data"

/// A run that is being put together. Every change of it is a step of undo.
struct RunDraft {
    QString recipe;      ///< id; empty: not begun
    QString templateId;  ///< of the template it began with
    QString name;
    QJsonObject config;
    bool operator==(const RunDraft&) const = default;
};

/// Everything that the panel shows by the user's choice; what runs are doing is in their folders.
struct TrainingState {
    TrainingPage page = TrainingPage::Runs;
    QStringList runs;        ///< names of those that are shown; the first one is in front
    double smoothing = 0.6;  ///< of the curves, 0 to 0.99
    bool logScale = false;
    QString layer;  ///< of the histograms; empty: the first
    RunDraft draft;
    bool operator==(const TrainingState&) const = default;
};

QJsonObject toJson(const TrainingState& state);
/// Errors: BadFormat.
Result<TrainingState> trainingStateFromJson(const QJsonObject& json);

}  // namespace vitrine
