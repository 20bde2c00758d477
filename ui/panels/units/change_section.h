// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QWidget>

#include "core/recipe/unit_request.h"
#include "ui/panels/units/unit_state.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QVBoxLayout;

namespace vitrine {

class ActivationBars;
class LabeledSlider;
class WindowPad;

/// What is done to the layer: which unit, its value and place, or the window, or the maps.
class ChangeSection : public QWidget {
    Q_OBJECT
public:
    explicit ChangeSection(UnitStore& store, QWidget* parent = nullptr);

    /// The state's layer; nullptr: there is no network.
    void showState(const ChairLayer* layer);
    void setActivations(const LayerActivations& activations);

private:
    void buildLayout();
    void connectSignals();
    void buildValueSlider(const ChairLayer& layer, UnitMode mode);
    void fitValueRange();
    QWidget* buildUnitPage();
    QWidget* buildWindowPage();
    QWidget* buildMapsPage();
    void setMode(UnitMode mode);
    void setCell(std::optional<MapCell> cell);
    void setCentralWindow(int side);

    UnitStore& m_store;
    ChairLayer m_layer;
    std::optional<UnitMode> m_valueMode;  ///< that the value's slider is made for
    std::string m_valueLayer;
    double m_chairRange = 0;  ///< the largest magnitude of the chair's own activations, in this layer
    std::string m_rangeLayer;
    QComboBox* m_mode = nullptr;
    QLabel* m_hint = nullptr;
    QWidget* m_unitPage = nullptr;
    QWidget* m_windowPage = nullptr;
    QWidget* m_mapsPage = nullptr;
    QVBoxLayout* m_unitRows = nullptr;
    LabeledSlider* m_unit = nullptr;
    LabeledSlider* m_value = nullptr;
    QCheckBox* m_wholeMap = nullptr;
    LabeledSlider* m_row = nullptr;
    LabeledSlider* m_column = nullptr;
    ActivationBars* m_bars = nullptr;
    WindowPad* m_pad = nullptr;
    QCheckBox* m_outside = nullptr;
    QComboBox* m_keep = nullptr;
    QLabel* m_maps = nullptr;
};

}  // namespace vitrine
