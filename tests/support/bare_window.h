// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTemporaryDir>
#include <filesystem>
#include <functional>
#include <vector>

#include "ui/panel_kit/recipe_panel.h"
#include "ui/panels/panels.h"
#include "ui/shell/main_window.h"
#include "ui/shell/settings.h"

namespace vitrine::test {

/// The window with all panels, without networks, chairs and garments.
struct BareWindow {
    /// `change`: what the panels get after all.
    explicit BareWindow(const std::function<void(PanelParts&)>& change = {}) : window(Settings::transient()) {
        PanelParts parts;
        parts.chairs.loadCatalogue = [] { return std::vector<ChairEntry>(); };
        parts.chairs.model = parts.units.model = parts.correspondence.model = nowhere / "chairs.safetensors";
        parts.chairs.thumbnailFolder = parts.correspondence.thumbnails = nowhere;
        parts.segmentation.models = parts.segmentation.pictures = parts.segmentation.garments = nowhere;
        parts.completion.models = parts.completion.garments = nowhere;
        parts.units.segmentationModels = parts.units.scenes = nowhere;
        parts.transfer.models = nowhere;
        parts.transfer.loadChairs = [] { return std::vector<ChairEntry>(); };
        parts.training.runs = nowhere;
        parts.training.data = {nowhere / "set.vpack", nowhere / "sheet.png"};
        if (change) change(parts);
        addPanels(window, std::move(parts));
        window.finish();
        openByRecipe(window);
    }

    QTemporaryDir folder;
    std::filesystem::path nowhere = std::filesystem::path(folder.path().toStdString()) / "nowhere";
    MainWindow window;
};

}  // namespace vitrine::test
