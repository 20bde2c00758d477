// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/chairs/chair_panel.h"
#include "ui/panels/completion/completion_panel.h"
#include "ui/panels/correspondence/correspondence_panel.h"
#include "ui/panels/results/results_panel.h"
#include "ui/panels/segmentation/segmentation_panel.h"
#include "ui/panels/training/training_panel.h"
#include "ui/panels/transfer/transfer_panel.h"
#include "ui/panels/units/unit_panel.h"

namespace vitrine {

class MainWindow;

/// What the panels work with; what is left out is bundled or the user's.
struct PanelParts {
    ChairPanelParts chairs;
    SegmentationPanelParts segmentation;
    CompletionPanelParts completion;
    UnitPanelParts units;
    CorrespondencePanelParts correspondence;
    TransferPanelParts transfer;
    TrainingPanelParts training;
    ResultsPanelParts results;
};

/// Adds every panel, in the order of the rail. The window is finished afterwards.
void addPanels(MainWindow& window, PanelParts parts = {});

}  // namespace vitrine
