// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panel_kit/comparison_stage.h"

namespace vitrine {

class CaptionedView;
class LegendBar;
class MaskCanvas;
class PaintBar;
class VoteBars;

/// The picture to paint on, and beside it the aggregate of all samples, their uncertainty, one answer and the
/// truth. All show the same part of the picture. Below them the classes, and the votes for each under the
/// pointer.
class SegmentationStage : public ComparisonStage {
    Q_OBJECT
public:
    explicit SegmentationStage(PaintBar* bar, QWidget* parent = nullptr);

    MaskCanvas* canvas() const { return m_canvas; }
    CaptionedView* input() const { return m_input; }
    CaptionedView* aggregate() const { return m_aggregate; }
    CaptionedView* uncertainty() const { return m_uncertainty; }
    CaptionedView* answer() const { return m_answer; }
    CaptionedView* truth() const { return m_truth; }
    LegendBar* uncertaintyLegend() const { return m_uncertaintyLegend; }
    VoteBars* votes() const { return m_votes; }

private:
    void addTitles();
    void arrange(PaintBar* bar);

    MaskCanvas* m_canvas = nullptr;
    CaptionedView* m_input = nullptr;
    CaptionedView* m_aggregate = nullptr;
    CaptionedView* m_uncertainty = nullptr;
    CaptionedView* m_answer = nullptr;
    CaptionedView* m_truth = nullptr;
    LegendBar* m_uncertaintyLegend = nullptr;
    VoteBars* m_votes = nullptr;
};

}  // namespace vitrine
