// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/units/unit_panel.h"
#include "ui/panels/units/unit_presenter.h"
#include "ui/panels/units/unit_strip_pane.h"
#include "ui/shell/action_registry.h"
#include "ui/views/tile_view.h"

namespace vitrine {

using namespace Qt::StringLiterals;

void UnitPanel::addCommands() {
    addFileCommands();
    addUnitCommands();
}

void UnitPanel::addUnitCommands() {
    addCommand(
        command(u"next"_s, u"unit"_s, tr("&Next unit"), u"chevron-right"_s, tr("In the order of the strip")),
        {Qt::Key_Period},
        [this] { walk(1); });
    addCommand(command(u"previous"_s, u"unit"_s, tr("P&revious unit"), {}, tr("In the order of the strip")),
               {Qt::Key_Comma},
               [this] { walk(-1); });
    addCommand(command(u"pin"_s,
                       u"unit"_s,
                       tr("&Pin the unit"),
                       {},
                       tr("Keep it first in the strip, and show it beside the others")),
               {Qt::CTRL | Qt::Key_D},
               [this] { pinUnit(); });
    addCommand(command(u"paperValue"_s,
                       u"unit"_s,
                       tr("The paper's &value"),
                       u"reset"_s,
                       tr("The value and the position in the map that the paper uses for this layer")),
               {Qt::CTRL | Qt::Key_Backspace},
               [this] {
                   m_store->changeOnce(u"value"_s, tr("Take the paper's value"), [this](UnitState& state) {
                       setMode(state, state.recipe.request.mode, *layer());
                   });
               });
    addCommand(
        command(u"stop"_s, u"unit"_s, tr("&Stop"), u"stop"_s, tr("Stop computing the units of the layer")),
        {Qt::SHIFT | Qt::Key_Escape},
        [this] { m_presenter->stopSweep(); });
}

void UnitPanel::walk(int step) {
    const QList<Tile>& tiles = m_strip->units()->tiles();
    const auto own = std::ranges::find(tiles, state().recipe.request.unit, &Tile::number);
    const auto place = own == tiles.end() ? 0 : own - tiles.begin() + step;
    if (place < 0 || place >= tiles.size()) return;
    m_store->changeOnce(u"unit"_s, tr("Choose a unit"), [unit = tiles[place].number](UnitState& state) {
        state.recipe.request.unit = unit;
    });
}

void UnitPanel::pinUnit() {
    m_store->changeOnce(u"pin"_s, tr("Pin a unit"), [](UnitState& state) {
        const int unit = state.recipe.request.unit;
        if (state.pinned.removeAll(unit) == 0) state.pinned << unit;
    });
}

void UnitPanel::addFileCommands() {
    const QString group = u"0file"_s;
    const auto add = [&](const QString& id, const QString& text, const QString& tip, auto handler) {
        addCommand(command(id, group, text, {}, tip), {}, handler);
    };
    addCommand(command(u"openModel"_s,
                       group,
                       tr("&Open a network…"),
                       u"open"_s,
                       tr("A weight file of the chair generator")),
               {},
               [this] { askForModel(); });
    addCommand(command(u"exportPicture"_s,
                       group,
                       tr("&Export the picture…"),
                       u"export"_s,
                       tr("PNG with an embedded recipe")),
               {Qt::CTRL | Qt::Key_E},
               [this] { exportFigure(UnitFigureKind::Picture, u"unit.png"_s); });
    addCommand(command(u"exportSheet"_s,
                       group,
                       tr("Export all &units…"),
                       {},
                       tr("A sheet of the whole layer with captions")),
               {Qt::CTRL | Qt::SHIFT | Qt::Key_E},
               [this] { exportFigure(UnitFigureKind::Sheet, u"units.png"_s); });
    add(u"exportSteps"_s, tr("Export the seven &steps…"), tr("A row of pictures with captions"), [this] {
        exportFigure(UnitFigureKind::Strip, u"steps.png"_s);
    });
    add(u"exportFilters"_s, tr("Export the &filters…"), tr("A sheet with its scale"), [this] {
        exportFigure(UnitFigureKind::Filters, u"filters.png"_s);
    });
    add(u"exportMaps"_s, tr("Export the feature &maps…"), tr("A sheet with its scale"), [this] {
        exportFigure(UnitFigureKind::Maps, u"maps.png"_s);
    });
    add(u"exportArrays"_s,
        tr("Export &numbers…"),
        tr("NPZ: the layer's activations and both pictures"),
        [this] { exportArrays(); });
}

}  // namespace vitrine
