// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QObject>
#include <QTimer>
#include <optional>

#include "ui/bridge/unit_service.h"
#include "ui/panels/units/unit_state.h"

namespace vitrine {

class StatusBar;
class TileView;
class UnitStage;
class UnitStripPane;

/// Asks the network what the state asks, and shows the answers on stage and strip.
class UnitPresenter : public QObject {
    Q_OBJECT
public:
    UnitPresenter(UnitStage* stage,
                  UnitStripPane* strip,
                  UnitStore& store,
                  UnitService& units,
                  StatusBar& status,
                  QObject* parent = nullptr);

    /// Whether what is on screen belongs to the state.
    bool isSettled() const;
    /// The newest answer; it may belong to an earlier state.
    const std::optional<UnitResult>& result() const { return m_result; }
    /// The state's request with its chair; nothing without a network or where it lacks the chair.
    std::optional<UnitRequest> request() const;
    /// The layer that the feature maps are of: the state's, or else the last hidden one.
    const ChairLayer* mapLayer() const;
    /// Asks everything again: another network answers now.
    void networkChanged();
    void stopSweep();

Q_SIGNALS:
    void resultChanged();
    void activationsChanged(const vitrine::LayerActivations& activations);
    void settledChanged();

private:
    void connectService();
    void connectTiles();
    void stateChanged();
    void askStrip();
    void sweep();
    void takeResult(const UnitResult& result, double latencyMs);
    void showPictures();
    void showPinned();
    void showUnits();
    void showSteps(const std::vector<ChairOutput>& steps);
    void showFilters(const FilterBank& bank);
    void showMaps(const LayerActivations& activations, const std::vector<MapEntry>& maps);
    void markMaps();
    void showNote();
    QList<int> order() const;

    UnitStage* m_stage;
    UnitStripPane* m_strip;
    UnitStore& m_store;
    UnitService& m_units;
    StatusBar& m_status;

    std::optional<UnitState> m_asked;  ///< what the answers on screen, or on their way, belong to
    std::optional<UnitState> m_swept;  ///< what the thumbnails belong to
    std::optional<UnitResult> m_result, m_pinned;
    int m_pinnedUnit = -1;
    QHash<int, UnitThumbnail> m_thumbnails;
    QString m_filterNote, m_mapNote;
    QTimer m_stripTimer;  ///< what the strip shows is asked for when the state rests
    QTimer m_tileTimer;   ///< thumbnails come faster than they need to be drawn
};

}  // namespace vitrine
