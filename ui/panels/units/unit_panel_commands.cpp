// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/units/unit_panel.h"
#include "ui/panels/units/unit_presenter.h"
#include "ui/panels/units/unit_strip_pane.h"
#include "ui/shell/action_registry.h"
#include "ui/views/tile_view.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

Command command(
    const QString& id, const QString& group, const QString& text, const QString& icon, const QString& tip) {
    return {.id = u"units."_s + id,
            .text = text,
            .icon = icon,
            .tip = tip,
            .context = u"units"_s,
            .menu = u"Units"_s,
            .group = group};
}

}  // namespace

void UnitPanel::addCommands() {
    addFileCommands();
    addUnitCommands();
}

void UnitPanel::addUnitCommands() {
    const auto add =
        [this](Command made, const QList<QKeySequence>& keys, const std::function<void()>& handler) {
            made.keys = keys;
            made.handler = [handler](bool) { handler(); };
            services().actions.add(made);
        };
    add(command(u"next"_s, u"unit"_s, tr("&Next unit"), u"chevron-right"_s, tr("In the order of the strip")),
        {QKeySequence(Qt::Key_Period)},
        [this] { walk(1); });
    add(command(u"previous"_s, u"unit"_s, tr("P&revious unit"), {}, tr("In the order of the strip")),
        {QKeySequence(Qt::Key_Comma)},
        [this] { walk(-1); });
    add(command(u"pin"_s,
                u"unit"_s,
                tr("&Pin the unit"),
                {},
                tr("Keep it first in the strip, and beside the others")),
        {QKeySequence(Qt::CTRL | Qt::Key_D)},
        [this] { pinUnit(); });
    add(command(u"paperValue"_s,
                u"unit"_s,
                tr("The paper's &value"),
                u"reset"_s,
                tr("The value and the place in the map that the paper uses for this layer")),
        {QKeySequence(Qt::CTRL | Qt::Key_Backspace)},
        [this] {
            m_store->changeOnce(u"value"_s, tr("Take the paper's value"), [this](UnitState& state) {
                setMode(state, state.recipe.request.mode, *layer());
            });
        });
    add(command(u"stop"_s, u"unit"_s, tr("&Stop"), u"stop"_s, tr("End the walk over the layer's units")),
        {QKeySequence(Qt::SHIFT | Qt::Key_Escape)},
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
    const auto add = [this](const QString& id,
                            const QString& text,
                            const QString& icon,
                            const QString& tip,
                            const QKeySequence& key,
                            const std::function<void()>& handler) {
        Command made = command(id, u"0file"_s, text, icon, tip);
        if (!key.isEmpty()) made.keys = {key};
        made.handler = [handler](bool) { handler(); };
        services().actions.add(made);
    };
    add(u"openModel"_s,
        tr("&Open a network…"),
        u"open"_s,
        tr("A weight file of the chair generator"),
        {},
        [this] { askForModel(); });
    add(u"exportPicture"_s,
        tr("&Export the picture…"),
        u"export"_s,
        tr("PNG with its recipe inside"),
        QKeySequence(Qt::CTRL | Qt::Key_E),
        [this] { exportFigure(UnitFigureKind::Picture, u"unit.png"_s); });
    add(u"exportSheet"_s,
        tr("Export all &units…"),
        {},
        tr("A sheet of the whole layer with captions"),
        QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_E),
        [this] { exportFigure(UnitFigureKind::Sheet, u"units.png"_s); });
    add(u"exportSteps"_s,
        tr("Export the seven &steps…"),
        {},
        tr("A row of pictures with captions"),
        {},
        [this] { exportFigure(UnitFigureKind::Strip, u"steps.png"_s); });
    add(u"exportFilters"_s, tr("Export the &filters…"), {}, tr("A sheet with its scale"), {}, [this] {
        exportFigure(UnitFigureKind::Filters, u"filters.png"_s);
    });
    add(u"exportMaps"_s, tr("Export the feature &maps…"), {}, tr("A sheet with its scale"), {}, [this] {
        exportFigure(UnitFigureKind::Maps, u"maps.png"_s);
    });
    add(u"exportArrays"_s,
        tr("Export &numbers…"),
        {},
        tr("NPZ: the layer's activations and both pictures"),
        {},
        [this] { exportArrays(); });
}

void UnitPanel::fillHeader() {
    const ActionRegistry& actions = services().actions;
    setPrimaryAction(actions.action(u"units.exportPicture"_s));
    for (const QString& id : {u"openModel"_s,
                              u"exportSheet"_s,
                              u"exportSteps"_s,
                              u"exportFilters"_s,
                              u"exportMaps"_s,
                              u"exportArrays"_s,
                              u"pin"_s})
        addOverflowAction(actions.action(u"units."_s + id));
}

}  // namespace vitrine
