// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/panels/units/unit_state.h"

class QButtonGroup;
class QComboBox;
class QLabel;
class QStackedWidget;
class QToolButton;

namespace vitrine {

class TileView;

/// The strip: all units of the layer, seven steps of the value, filters, feature maps or the latent of the
/// segmentation CVAE; above them what they are, and how they are sorted.
class UnitStripPane : public QWidget {
    Q_OBJECT
public:
    /// `units.stop` of the registry stops a sweep.
    UnitStripPane(UnitStore& store, QAction* stop, QWidget* parent = nullptr);

    void showState();
    TileView* units() const { return m_units; }
    TileView* steps() const { return m_steps; }
    TileView* filters() const { return m_filters; }
    TileView* maps() const { return m_maps; }
    TileView* latent() const { return m_latent; }
    /// What stands at the right of the head: progress, a scale, a hint.
    void setNote(const QString& text, const QString& tip = {});
    void setSweeping(bool sweeping);

private:
    QWidget* buildHead(QAction* stop);
    void connectSignals();

    UnitStore& m_store;
    QButtonGroup* m_tabs = nullptr;
    QComboBox* m_measure = nullptr;
    QComboBox* m_stream = nullptr;
    QLabel* m_note = nullptr;
    QToolButton* m_stop = nullptr;
    QStackedWidget* m_pages = nullptr;
    TileView* m_units = nullptr;
    TileView* m_steps = nullptr;
    TileView* m_filters = nullptr;
    TileView* m_maps = nullptr;
    TileView* m_latent = nullptr;
};

}  // namespace vitrine
