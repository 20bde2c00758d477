// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panel_kit/comparison_stage.h"

namespace vitrine {

class CaptionedView;
class LegendBar;

/// The picture with the unit, large; beside it the one without, their difference, a close-up and a pinned
/// unit.
class UnitStage : public ComparisonStage {
    Q_OBJECT
public:
    explicit UnitStage(QWidget* parent = nullptr);

    CaptionedView* changed() const { return m_changed; }
    CaptionedView* base() const { return m_base; }
    CaptionedView* difference() const { return m_difference; }
    CaptionedView* closeUp() const { return m_closeUp; }
    CaptionedView* pinned() const { return m_pinned; }
    /// The magnitude of luminance that gets the full colour.
    void setDifferenceRange(double range);

private:
    CaptionedView* m_changed = nullptr;
    CaptionedView* m_base = nullptr;
    CaptionedView* m_difference = nullptr;
    CaptionedView* m_closeUp = nullptr;
    CaptionedView* m_pinned = nullptr;
    LegendBar* m_legend = nullptr;
};

}  // namespace vitrine
