// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/panels.h"

#include "ui/shell/main_window.h"

namespace vitrine {

void addPanels(MainWindow& window, PanelParts parts) {
    window.addPanel(new ChairPanel(window.services(), std::move(parts.chairs)));
    window.addPanel(new SegmentationPanel(window.services(), std::move(parts.segmentation)));
    window.addPanel(new CompletionPanel(window.services(), std::move(parts.completion)));
    window.addPanel(new UnitPanel(window.services(), std::move(parts.units)));
    window.addPanel(new CorrespondencePanel(window.services(), std::move(parts.correspondence)));
    window.addPanel(new TransferPanel(window.services(), std::move(parts.transfer)));
    window.addPanel(new TrainingPanel(window.services(), std::move(parts.training)));
    window.addPanel(new ResultsPanel(window.services(), std::move(parts.results)));
}

}  // namespace vitrine
