// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/panels/segmentation/segmentation_state.h"

class QComboBox;

namespace vitrine {

class ActionRegistry;

/// Omissions at the press of a button: those of the paper's experiments.
class OmissionSection : public QWidget {
    Q_OBJECT
public:
    OmissionSection(SegmentationStore& store, const ActionRegistry& actions, QWidget* parent = nullptr);

private:
    void hideBlocks();
    void hideBox();
    void hideQuadrant(int quadrant);

    SegmentationStore& m_store;
    QComboBox* m_share = nullptr;
    QComboBox* m_block = nullptr;
};

}  // namespace vitrine
