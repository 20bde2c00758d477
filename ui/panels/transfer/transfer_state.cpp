// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/transfer/transfer_state.h"

#include "core/recipe/recipe_fields.h"
#include "ui/shell/state_fields.h"
#include "ui/shell/text.h"

namespace vitrine {
namespace {

void bindState(FieldSet& fields, TransferState& state) {
    fields.value("target", state.target, QtText());
    fields.choice("views", state.setting, transferSettingNames());
    bindView(fields, state.view, {-360, 360}, {-90, 90});
    fields.choice("without", state.without, withoutTransferNames());
    fields.choice("likeness", state.likeness, transferLikenessNames());
}

}  // namespace

TransferRequest requestOf(const TransferState& state) {
    return {state.target.toStdString(), state.setting, state.view};
}

TransferState stateOf(const TransferRecipe& recipe) {
    return {toQ(recipe.request.target),
            recipe.request.setting,
            recipe.request.view,
            recipe.without,
            recipe.likeness};
}

QJsonObject toJson(const TransferState& state) {
    return stateJson(state, bindState);
}

Result<TransferState> transferStateFromJson(const QJsonObject& json) {
    TransferState state;
    if (const auto fault = readState(json, state, bindState))
        return Error{ErrorCode::BadFormat,
                     "The state of the transfer panel cannot be used: its field \"" + fault->name + "\" " +
                         fault->what + ".",
                     fault->what};
    return state;
}

QString settingName(TransferSetting setting) {
    if (setting == TransferSetting::Elevation) return tr("All azimuths at 20°");
    const int numGiven = viewsOf(setting).targetAzimuths;
    return numGiven == 1 ? tr("1 azimuth") : tr("%1 azimuths").arg(numGiven);
}

}  // namespace vitrine
