// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/training/training_state.h"

#include <QJsonArray>
#include <array>

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

constexpr std::array kPages{TrainingPage::Runs, TrainingPage::NewRun, TrainingPage::Data};

Error bad(const char* what) {
    return {ErrorCode::BadFormat, std::string("The saved state of Training has a bad \"") + what + "\"."};
}

}  // namespace

QString nameOf(TrainingPage page) {
    switch (page) {
        case TrainingPage::NewRun:
            return u"newRun"_s;
        case TrainingPage::Data:
            return u"data"_s;
        case TrainingPage::Runs:
            break;
    }
    return u"runs"_s;
}

QJsonObject toJson(const TrainingState& state) {
    const RunDraft& draft = state.draft;
    return {{u"page"_s, nameOf(state.page)},
            {u"runs"_s, QJsonArray::fromStringList(state.runs)},
            {u"smoothing"_s, state.smoothing},
            {u"logScale"_s, state.logScale},
            {u"layer"_s, state.layer},
            {u"draft"_s,
             QJsonObject{{u"recipe"_s, draft.recipe},
                         {u"template"_s, draft.templateId},
                         {u"name"_s, draft.name},
                         {u"config"_s, draft.config}}}};
}

Result<TrainingState> trainingStateFromJson(const QJsonObject& json) {
    TrainingState state;
    const QString page = json["page"_L1].toString(nameOf(state.page));
    bool known = false;
    for (const TrainingPage each : kPages) {
        if (nameOf(each) != page) continue;
        state.page = each;
        known = true;
    }
    if (!known) return bad("page");
    for (const QJsonValue& run : json["runs"_L1].toArray()) {
        if (!run.isString()) return bad("runs");
        state.runs << run.toString();
    }
    state.smoothing = json["smoothing"_L1].toDouble(state.smoothing);
    if (!(state.smoothing >= 0 && state.smoothing < 1)) return bad("smoothing");
    state.logScale = json["logScale"_L1].toBool(state.logScale);
    state.layer = json["layer"_L1].toString();
    const QJsonObject draft = json["draft"_L1].toObject();
    state.draft = {draft["recipe"_L1].toString(),
                   draft["template"_L1].toString(),
                   draft["name"_L1].toString(),
                   draft["config"_L1].toObject()};
    return state;
}

}  // namespace vitrine
