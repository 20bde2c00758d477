// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QWidget>

#include "ui/panels/chairs/chair_panel_state.h"

class QCheckBox;

namespace vitrine {

class LabeledSlider;
class RangeCaption;

/// The eight values of theta, in the units people think in, and the switch to the paper's extrapolation
/// ranges.
class ThetaSection : public QWidget {
    Q_OBJECT
public:
    explicit ThetaSection(ChairStateStore& store, QWidget* parent = nullptr);

private:
    void buildLayout();
    void connectSignals();
    void showState();
    void setRanges(bool extrapolated);

    ChairStateStore& m_store;
    QList<LabeledSlider*> m_sliders;
    QList<RangeCaption*> m_captions;
    QCheckBox* m_extrapolated = nullptr;
    bool m_shownExtrapolated = false;
};

}  // namespace vitrine
