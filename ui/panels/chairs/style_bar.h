// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <array>
#include <functional>
#include <optional>

#include "core/recipe/morph_trust.h"
#include "ui/panels/chairs/chair_panel_state.h"

class QGridLayout;
class QLabel;
class QStackedWidget;

namespace vitrine {

class StylePad;
class StyleSlot;
class StyleTrack;

/// Name and picture of what a slot holds.
struct SlotLook {
    QString name;
    QImage picture;
};
using SlotLookOf = std::function<SlotLook(const RecipeMix& mix)>;

/// Under the stage: A and B at the ends of the style slider, C and D waiting; with four styles the slider
/// becomes a pad.
class StyleBar : public QWidget {
    Q_OBJECT
public:
    StyleBar(ChairStateStore& store, SlotLookOf lookOf, QWidget* parent = nullptr);

    /// Thumbnails or names changed.
    void showState();
    /// What was measured along the slider for the network that paints; none: the slider is not shaded.
    void setTrust(std::optional<TrustProfile> trust);

Q_SIGNALS:
    void styleDropped(int slot, const QString& id);

private:
    void buildLayout();
    void connectSignals();
    void placeSlots(bool pad);
    void showSlots(const ChairPanelState& state);
    void showReadout(const ChairPanelState& state);
    void showTrust(const ChairPanelState& state);
    bool isMeasured(const ChairPanelState& state) const;
    void goTo(int slot);
    void clearSlot(int slot);
    void swapSlots(int first, int second);

    ChairStateStore& m_store;
    SlotLookOf m_lookOf;
    std::array<StyleSlot*, 4> m_slots{};
    QGridLayout* m_grid = nullptr;
    QStackedWidget* m_control = nullptr;
    QWidget* m_line = nullptr;
    QWidget* m_spare = nullptr;  ///< where C and D wait
    StyleTrack* m_track = nullptr;
    StylePad* m_pad = nullptr;
    QLabel* m_readout = nullptr;
    QLabel* m_hint = nullptr;
    bool m_isPad = false;
    std::optional<TrustProfile> m_trust;
};

}  // namespace vitrine
