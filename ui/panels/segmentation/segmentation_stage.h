// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panel_kit/comparison_stage.h"

namespace vitrine {

class CaptionedView;
class LegendBar;
class MaskCanvas;
class PaintBar;
class VoteBars;

/// The picture to paint on, and beside it what all samples say, where they doubt, one answer and the truth.
/// All show the same part of the picture. Below them the classes, and the votes for each under the pointer.
class SegmentationStage : public ComparisonStage {
    Q_OBJECT
public:
    explicit SegmentationStage(PaintBar* bar, QWidget* parent = nullptr);

    MaskCanvas* canvas() const { return m_canvas; }
    CaptionedView* input() const { return m_input; }
    CaptionedView* consensus() const { return m_consensus; }
    CaptionedView* doubt() const { return m_doubt; }
    CaptionedView* answer() const { return m_answer; }
    CaptionedView* truth() const { return m_truth; }
    LegendBar* doubtLegend() const { return m_doubtLegend; }
    VoteBars* votes() const { return m_votes; }

private:
    void addTitles();
    void arrange(PaintBar* bar);

    MaskCanvas* m_canvas = nullptr;
    CaptionedView* m_input = nullptr;
    CaptionedView* m_consensus = nullptr;
    CaptionedView* m_doubt = nullptr;
    CaptionedView* m_answer = nullptr;
    CaptionedView* m_truth = nullptr;
    LegendBar* m_doubtLegend = nullptr;
    VoteBars* m_votes = nullptr;
};

}  // namespace vitrine
