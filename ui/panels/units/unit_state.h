// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QList>
#include <QString>

#include "core/recipe/unit_recipe.h"
#include "ui/panel_kit/state_store.h"

namespace vitrine {

/// What the strip shows.
enum class UnitStrip { Units, Steps, Filters, Maps, Latent };

/// Everything that the user chose. A change of it is a step of undo; all pictures are a function of it.
struct UnitState {
    QString model;      ///< weight file; empty: the bundled one
    UnitRecipe recipe;  ///< chair, layer, unit, value, measure; its kind is only used in exports
    UnitStrip strip = UnitStrip::Units;
    QList<int> pinned;  ///< units that come first; the last one is compared with

    UnitState();
    bool operator==(const UnitState&) const = default;
};
using UnitStore = StateStore<UnitState>;

/// What the panel opens with: one unit added to a chair, which shows more than a unit alone; the units by how
/// much they change.
UnitState firstUnitState();
/// Goes to another layer: its first unit, the paper's value and pixel, or a boost of the whole map; nothing
/// pinned.
void setLayer(UnitState& state, const ChairLayer& layer);
/// Does something else to the layer, with the values that go with it.
void setMode(UnitState& state, UnitMode mode, const ChairLayer& layer);
/// Whether a sweep over the layer would show the same.
bool sweepsTheSame(const UnitState& a, const UnitState& b);

QJsonObject toJson(const UnitState& state);
/// Errors: BadFormat naming the field.
Result<UnitState> unitStateFromJson(const QJsonObject& json);

}  // namespace vitrine
