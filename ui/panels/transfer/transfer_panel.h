// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <vector>

#include "core/recipe/transfer_nearest.h"
#include "ui/bridge/real_chair_service.h"
#include "ui/bridge/transfer_service.h"
#include "ui/panel_kit/state_panel.h"
#include "ui/panels/results/bundled_results.h"
#include "ui/panels/transfer/transfer_state.h"

namespace vitrine {

class TargetSection;
class TransferPresenter;
class TransferStage;
class TransferStripPane;

/// What the panel works with; tests put in what is slow, broken or small.
struct TransferPanelParts {
    TransferService::Opener openModels = openSession<TransferSession>;
    std::filesystem::path models;                                      ///< folder; empty: the bundled one
    RealChairPainter paintRealChair;                                   ///< empty: the renderer
    std::function<std::vector<ChairEntry>()> loadChairs = realChairs;  ///< on a worker
    ResultsPage figures = bundledResultsPage("transfer");
};

/// What does a network know of views that it was never given? Target chairs with knowledge transfer, without,
/// the nearest source chair and the real chair side by side.
class TransferPanel : public StatePanel<TransferState> {
    Q_OBJECT
public:
    explicit TransferPanel(ShellServices& services, TransferPanelParts parts = {}, QWidget* parent = nullptr);
    ~TransferPanel() override;

    bool isSettled() const override;
    QStringList diagnostics() const override;
    void setActive(bool active) override;

    /// The answer to the state; nullptr while it is being made.
    const TransferResult* result() const;

private:
    void makeServices();
    void buildLayout();
    void connectSignals();

    // transfer_panel_commands.cpp
    void addCommands();
    void addViewCommands();
    void addFileCommands();
    void stepSetting(int places);

    // transfer_panel_files.cpp
    void loadFiles();
    void openRecipe(const QString& path);
    void exportViews();
    void exportStrip();
    QString askForPng(const QString& name);
    TransferRecipe recipe(TransferPart part) const;

    void networksReady();
    void chooseFirstTarget();
    void showTargets();
    void showState();
    void showNetworks();
    bool canExport() const;

    TransferPanelParts m_parts;
    TransferService* m_networks = nullptr;
    RealChairService* m_chairs = nullptr;
    TransferStage* m_stage = nullptr;
    TransferStripPane* m_strip = nullptr;
    TransferPresenter* m_presenter = nullptr;
    TargetSection* m_target = nullptr;
};

}  // namespace vitrine
