// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panel_kit/comparison_stage.h"

namespace vitrine {

class CaptionedView;
class HiddenView;

/// What the network sees, large, and beside it what all samples say, where they differ, one answer and the
/// whole picture. All show the same part.
class CompletionStage : public ComparisonStage {
    Q_OBJECT
public:
    explicit CompletionStage(QWidget* parent = nullptr);

    HiddenView* hidden() const { return m_hidden; }
    CaptionedView* input() const { return m_input; }
    CaptionedView* samples() const { return m_samples; }
    CaptionedView* deviation() const { return m_deviation; }
    CaptionedView* answer() const { return m_answer; }
    CaptionedView* truth() const { return m_truth; }

private:
    void addTitles();

    HiddenView* m_hidden = nullptr;
    CaptionedView* m_input = nullptr;
    CaptionedView* m_samples = nullptr;
    CaptionedView* m_deviation = nullptr;
    CaptionedView* m_answer = nullptr;
    CaptionedView* m_truth = nullptr;
};

}  // namespace vitrine
