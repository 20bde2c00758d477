// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QWidget>

#include "ui/panels/chairs/chair_panel_state.h"

class QVBoxLayout;

namespace vitrine {

class LabeledSlider;

/// Single units of the network, each under a slider and with a button that takes it away: what the units
/// panel has found.
class UnitsSection : public QWidget {
    Q_OBJECT
public:
    explicit UnitsSection(ChairStateStore& store, QWidget* parent = nullptr);

private:
    void showState();
    void rebuild();
    QWidget* makeRow(std::size_t place);

    ChairStateStore& m_store;
    QVBoxLayout* m_rows = nullptr;
    QStringList m_shown;  ///< ids of the rows
    QList<LabeledSlider*> m_sliders;
};

}  // namespace vitrine
