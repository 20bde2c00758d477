// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>

#include "core/base/result.h"
#include "core/recipe/transfer_recipe.h"
#include "ui/panel_kit/state_store.h"

namespace vitrine {

/// Everything that the user chose. A change of it is a step of undo; the pictures are a function of it.
struct TransferState {
    QString target;  ///< id of a chair; empty: none yet
    TransferSetting setting = TransferSetting::Views4;
    ChairView view{58, 20};  ///< at first one that no setting gives
    WithoutTransfer without = WithoutTransfer::Few;
    TransferLikeness likeness = TransferLikeness::Rgb;
    bool operator==(const TransferState&) const = default;
};
using TransferStore = StateStore<TransferState>;

TransferRequest requestOf(const TransferState& state);
/// The state that a recipe without a panel's state describes.
TransferState stateOf(const TransferRecipe& recipe);

QJsonObject toJson(const TransferState& state);
/// Errors: BadFormat naming the field.
Result<TransferState> transferStateFromJson(const QJsonObject& json);

/// "15 azimuths", "1 azimuth" or "All azimuths at 20°".
QString settingName(TransferSetting setting);

}  // namespace vitrine
