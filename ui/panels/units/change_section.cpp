// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/units/change_section.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "ui/panel_kit/bindings.h"
#include "ui/panels/units/activation_bars.h"
#include "ui/panels/units/window_pad.h"
#include "ui/shell/controls.h"
#include "ui/shell/labeled_slider.h"
#include "ui/shell/theme.h"

namespace vitrine {

using namespace Qt::StringLiterals;

namespace {

constexpr double kReach = 4;         ///< of the value's slider, in paper's values
constexpr double kChairReach = 1.5;  ///< likewise, in the chair's strongest activation

QVBoxLayout* columnOf(QWidget* page) {
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(measure::kGap);
    return column;
}

QLabel* makeHint(const QString& id, QWidget* parent) {
    auto* hint = new QLabel(parent);
    hint->setObjectName(id);
    hint->setFont(Theme::font(TextRole::Caption));
    hint->setProperty("role", u"caption"_s);
    hint->setWordWrap(true);
    return hint;
}

LabeledSlider* makeWhole(const QString& id, const QString& label, const QString& tip, QWidget* parent) {
    return new LabeledSlider(
        {.id = id, .label = label, .tip = tip, .minimum = 0, .maximum = 7, .step = 1, .decimals = 0}, parent);
}

QString hintOf(UnitMode mode, const ChairLayer& layer) {
    switch (mode) {
        case UnitMode::Replace:
            return layer.isBranch()
                       ? ChangeSection::tr(
                             "All other units of the layer are zero; the other branches are unchanged.")
                       : ChangeSection::tr(
                             "All other units of the layer are zero: nothing of the chair is left.");
        case UnitMode::Add:
            return ChangeSection::tr("The value is added to the chair's own activation.");
        case UnitMode::Window:
            return ChangeSection::tr("The chair's maps are kept inside the window only.");
        case UnitMode::Maps:
            return ChangeSection::tr("Choose maps under Feature maps below.");
    }
    return {};
}

}  // namespace

ChangeSection::ChangeSection(UnitStore& store, QWidget* parent) : QWidget(parent), m_store(store) {
    buildLayout();
    connectSignals();
}

void ChangeSection::buildLayout() {
    m_mode = makeChoice(u"units.mode"_s,
                        tr("Change to the layer"),
                        {{tr("One unit alone"), int(UnitMode::Replace)},
                         {tr("One unit, added to the chair"), int(UnitMode::Add)},
                         {tr("A window of the chair's maps"), int(UnitMode::Window)},
                         {tr("Some of the chair's maps"), int(UnitMode::Maps)}},
                        this);
    m_hint = makeHint(u"units.hint"_s, this);
    QVBoxLayout* column = columnOf(this);
    column->addWidget(m_mode);
    column->addWidget(m_hint);
    column->addWidget(buildUnitPage());
    column->addWidget(buildWindowPage());
    column->addWidget(buildMapsPage());
}

QWidget* ChangeSection::buildUnitPage() {
    m_unitPage = new QWidget(this);
    m_unit = makeWhole(u"units.unit"_s, tr("Unit"), tr("Unit or map, counted from 0"), m_unitPage);
    m_wholeMap = new QCheckBox(tr("The whole map"), m_unitPage);
    m_wholeMap->setObjectName(u"units.wholeMap"_s);
    m_wholeMap->setAccessibleName(tr("Change the whole map"));
    m_row = makeWhole(u"units.row"_s, tr("Row"), tr("Of the map's pixel, from 0 at the top"), m_unitPage);
    m_column =
        makeWhole(u"units.column"_s, tr("Column"), tr("Of the map's pixel, from 0 at the left"), m_unitPage);
    m_bars = new ActivationBars(m_unitPage);
    m_bars->setObjectName(u"units.activations"_s);
    m_unitRows = columnOf(m_unitPage);
    m_unitRows->setSpacing(measure::kGap / 2);
    for (QWidget* row : std::initializer_list<QWidget*>{m_unit, m_wholeMap, m_row, m_column, m_bars})
        m_unitRows->addWidget(row);
    return m_unitPage;
}

QWidget* ChangeSection::buildWindowPage() {
    m_windowPage = new QWidget(this);
    m_pad = new WindowPad(m_windowPage);
    m_pad->setObjectName(u"units.window"_s);
    m_outside = new QCheckBox(tr("Keep what is outside"), m_windowPage);
    m_outside->setObjectName(u"units.outside"_s);
    m_outside->setAccessibleName(tr("Keep what is outside the window"));
    auto* sizes = new QVBoxLayout;
    sizes->setSpacing(measure::kGap / 2);
    for (const int side : {2, 4, 6, 8}) {
        auto* button = new QPushButton(u"%1 × %1"_s.arg(side), m_windowPage);
        button->setObjectName(u"units.window.%1"_s.arg(side));
        button->setAccessibleName(tr("%1 × %1 in the middle").arg(side));
        button->setToolTip(tr("In the middle, as in the paper"));
        connect(button, &QPushButton::clicked, this, [this, side] { setCentralWindow(side); });
        sizes->addWidget(button);
    }
    sizes->addStretch(1);
    auto* row = new QHBoxLayout;
    row->setSpacing(measure::kGap);
    row->addWidget(m_pad, 1);
    row->addLayout(sizes);
    QVBoxLayout* column = columnOf(m_windowPage);
    column->addLayout(row);
    column->addWidget(m_outside);
    return m_windowPage;
}

QWidget* ChangeSection::buildMapsPage() {
    m_mapsPage = new QWidget(this);
    m_keep = makeChoice(u"units.keep"_s,
                        tr("What happens to the chosen maps"),
                        {{tr("Zero the chosen maps"), 0}, {tr("Keep only the chosen maps"), 1}},
                        m_mapsPage);
    m_maps = makeHint(u"units.chosenMaps"_s, m_mapsPage);
    QVBoxLayout* column = columnOf(m_mapsPage);
    column->addWidget(m_keep);
    column->addWidget(m_maps);
    return m_mapsPage;
}

void ChangeSection::connectSignals() {
    connect(m_mode, &QComboBox::currentIndexChanged, this, [this] {
        setMode(UnitMode(m_mode->currentData().toInt()));
    });
    const auto chooseUnit = [this](int unit) {
        m_store.change(
            u"unit"_s, tr("Choose a unit"), [unit](UnitState& state) { state.recipe.request.unit = unit; });
    };
    connect(m_unit, &LabeledSlider::valueChanged, this, [chooseUnit](double unit) { chooseUnit(int(unit)); });
    connect(m_bars, &ActivationBars::unitChosen, this, chooseUnit);
    connect(m_wholeMap, &QCheckBox::toggled, this, [this](bool whole) {
        setCell(whole ? std::nullopt : paperCell(m_layer));
    });
    const auto moveCell = [this] { setCell(MapCell{int(m_row->value()), int(m_column->value())}); };
    for (LabeledSlider* slider : {m_row, m_column})
        connect(slider, &LabeledSlider::valueChanged, this, moveCell);
    for (LabeledSlider* slider : {m_unit, m_row, m_column})
        connect(slider, &LabeledSlider::dragFinished, &m_store, &UnitStore::endGesture);
    connect(m_pad, &WindowPad::windowChanged, this, [this](const MapWindow& window) {
        m_store.change(u"window"_s, tr("Move the window"), [&window](UnitState& state) {
            state.recipe.request.window = window;
        });
    });
    connect(m_pad, &WindowPad::dragFinished, &m_store, &UnitStore::endGesture);
    bindControl(
        m_outside, m_store, u"outside"_s, tr("Invert the window"), [](UnitState& state, bool outside) {
            state.recipe.request.outside = outside;
        });
    bindControl(m_keep, m_store, u"keep"_s, tr("Zero or keep maps"), [](UnitState& state, int keep) {
        state.recipe.request.keepMaps = keep == 1;
    });
}

// The slider's range, steps and reset are those of the layer.
void ChangeSection::buildValueSlider(const ChairLayer& layer, UnitMode mode) {
    if (m_value && m_valueMode == mode && m_valueLayer == layer.name) return;
    delete m_value;
    m_valueMode = mode;
    m_valueLayer = layer.name;
    const double usual = mode == UnitMode::Add ? boostValue(layer) : paperValue(layer);
    m_value =
        new LabeledSlider({.id = u"units.value"_s,
                           .label = tr("Value"),
                           .tip = mode == UnitMode::Add ? tr("Added to the unit's own activation")
                                                        : tr("The unit's activation; the paper's at first"),
                           .minimum = -kReach * usual,
                           .maximum = kReach * usual,
                           .reset = usual,
                           .step = usual / 20,
                           .decimals = usual < 1 ? 3 : 2,
                           .ticks = {0, usual}},
                          m_unitPage);
    bindControl(m_value, m_store, u"value"_s, tr("Change the value"), [](UnitState& state, double value) {
        state.recipe.request.value = value;
    });
    fitValueRange();
    m_unitRows->insertWidget(1, m_value);
    LabeledSlider::alignLabels({m_unit, m_value, m_row, m_column});
}

void ChangeSection::fitValueRange() {
    if (!m_value) return;
    const double usual = m_value->spec().reset;
    const double value = m_store.state().recipe.request.value;
    const double chairs = m_rangeLayer == m_layer.name ? m_chairRange : 0;
    const double reach = std::max({kReach * usual, kChairReach * chairs, std::abs(value)});
    m_value->setRange(-reach, reach);
    m_value->setTicks({0, usual, chairs});
    m_value->setValue(value);
}

void ChangeSection::setMode(UnitMode mode) {
    m_store.changeOnce(u"mode"_s, tr("Choose another change to the layer"), [this, mode](UnitState& state) {
        vitrine::setMode(state, mode, m_layer);
        if (mode == UnitMode::Maps) state.strip = UnitStrip::Maps;
    });
}

void ChangeSection::setCell(std::optional<MapCell> cell) {
    m_store.change(u"cell"_s, tr("Choose a place in the map"), [&cell](UnitState& state) {
        state.recipe.request.cell = cell;
    });
}

void ChangeSection::setCentralWindow(int side) {
    m_store.changeOnce(u"window"_s, tr("Centre the window"), [this, side](UnitState& state) {
        state.recipe.request.window = centralWindow(m_layer, std::min(side * m_layer.side / 8, m_layer.side));
    });
}

void ChangeSection::showState(const ChairLayer* layer) {
    setEnabled(layer != nullptr);
    if (!layer) return;
    m_layer = *layer;
    const UnitRequest& request = m_store.state().recipe.request;
    const bool isUnit = request.mode == UnitMode::Replace || request.mode == UnitMode::Add;
    showChoice(m_mode, int(request.mode));
    m_hint->setText(hintOf(request.mode, *layer));
    m_unitPage->setVisible(isUnit);
    m_windowPage->setVisible(request.mode == UnitMode::Window);
    m_mapsPage->setVisible(request.mode == UnitMode::Maps);
    if (isUnit) buildValueSlider(*layer, request.mode);
    m_unit->setLabel(layer->isMap() ? tr("Map") : tr("Unit"));
    m_unit->setRange(0, layer->numUnits - 1);
    m_unit->setValue(request.unit);
    if (m_value) m_value->setValue(request.value);
    for (QWidget* place : std::initializer_list<QWidget*>{m_wholeMap, m_row, m_column})
        place->setVisible(layer->isMap());
    const QSignalBlocker quiet(m_wholeMap), silent(m_outside);
    m_wholeMap->setChecked(!request.cell);
    for (LabeledSlider* slider : {m_row, m_column}) {
        slider->setRange(0, layer->side - 1);
        slider->setEnabled(request.cell.has_value());
    }
    if (request.cell) m_row->setValue(request.cell->row), m_column->setValue(request.cell->column);
    m_bars->setChosen(request.unit);
    m_pad->setWindow(request.window, request.outside);
    m_outside->setChecked(request.outside);
    showChoice(m_keep, request.keepMaps ? 1 : 0);
    m_maps->setText(request.maps.empty()
                        ? tr("No maps are chosen yet: click maps below.")
                        : tr("%n of the maps are chosen.", nullptr, int(request.maps.size())));
}

// Other networks have other scales than the paper's: the slider reaches what the chair itself reaches, too.
void ChangeSection::setActivations(const LayerActivations& activations) {
    m_bars->setActivations(activations);
    m_chairRange = activations.range();
    m_rangeLayer = activations.layer.name;
    fitValueRange();
    const ChairLayer& layer = activations.layer;
    if (!layer.isMap()) return m_pad->setMaps(1, {});
    ScalarMap activity(layer.side, layer.side, 1);
    for (std::size_t i = 0; i < activations.values.size(); ++i)
        activity.pixels[i % activity.pixels.size()] += std::abs(activations.values[i]);
    const float most = *std::ranges::max_element(activity.pixels);
    for (float& value : activity.pixels) value /= std::max(most, 1e-9F);
    m_pad->setMaps(layer.side, activity);
}

}  // namespace vitrine
