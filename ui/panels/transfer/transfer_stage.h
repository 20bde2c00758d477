// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panel_kit/comparison_stage.h"

namespace vitrine {

/// With transfer, without, nearest source chair and real chair side by side; or one sentence where there is
/// nothing to see.
class TransferStage : public ComparisonStage {
    Q_OBJECT
public:
    explicit TransferStage(QWidget* parent = nullptr);

    CaptionedView* with() const { return m_with; }
    CaptionedView* without() const { return m_without; }
    CaptionedView* nearest() const { return m_nearest; }
    CaptionedView* real() const { return m_real; }

private:
    void addTitles();

    CaptionedView* m_with = nullptr;
    CaptionedView* m_without = nullptr;
    CaptionedView* m_nearest = nullptr;
    CaptionedView* m_real = nullptr;
};

}  // namespace vitrine
