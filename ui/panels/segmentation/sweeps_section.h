// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <vector>

#include "ui/panels/segmentation/segmentation_state.h"

class QCheckBox;
class QLabel;

namespace vitrine {

class ActionRegistry;
class LabeledSlider;
class SweepCurve;

/// What iterative inference is at: how many sweeps it has made, of how many, and what they changed.
struct SweepProgress {
    std::vector<double> changedShares;
    int numSweeps = 0;
    bool isStepping = false;  ///< the user asks for one after the other
    bool isRunning = false;
};

/// Iterative inference for labels that are known: to the end at once, or a sweep at a time.
class SweepsSection : public QWidget {
    Q_OBJECT
public:
    SweepsSection(SegmentationStore& store, const ActionRegistry& actions, QWidget* parent = nullptr);

    void showProgress(const SweepProgress& progress);
    /// Whether the network can follow known labels, and whether there are any.
    void setUse(bool canFollow, bool hasLabels);

private:
    void buildLayout(const ActionRegistry& actions);
    void connectSignals();
    void showState();

    SegmentationStore& m_store;
    QLabel* m_hint = nullptr;
    QWidget* m_controls = nullptr;
    LabeledSlider* m_count = nullptr;
    QCheckBox* m_sampling = nullptr;
    SweepCurve* m_curve = nullptr;
    QLabel* m_readout = nullptr;
};

}  // namespace vitrine
