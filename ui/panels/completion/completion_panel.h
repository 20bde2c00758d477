// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <filesystem>

#include "ui/bridge/completion_service.h"
#include "ui/panels/completion/completion_state.h"
#include "ui/panels/sampling/sampling_panel.h"

class QAction;

namespace vitrine {

class CompletionPresenter;
class CompletionService;
class CompletionStage;
class LikelihoodSection;
class NetworkSection;

/// What the panel works with; tests put in what is slow, broken or small.
struct CompletionPanelParts {
    CompletionService::Opener openModel = openSession<CompletionSession>;
    std::filesystem::path models;  ///< folder of quadrants-SEEN-VARIANT.safetensors; empty: the bundled ones
    std::filesystem::path garments;  ///< folder of Fashion-MNIST; empty: that of Debian's package
};

/// Show a network a part of a picture and see how it could go on: one deterministic answer, and many that are
/// possible.
class CompletionPanel : public SamplingPanel<CompletionState> {
    Q_OBJECT
public:
    explicit CompletionPanel(ShellServices& services,
                             CompletionPanelParts parts = {},
                             QWidget* parent = nullptr);
    ~CompletionPanel() override;

    bool isSettled() const override;
    QStringList diagnostics() const override;
    void setActive(bool active) override;

    /// The answer to the state; nullptr while it is being made.
    const CompletionResult* result() const;

private:
    void buildLayout();
    void buildSections();
    void connectSignals();
    void connectStage();
    void connectNetwork();

    // completion_panel_commands.cpp
    void addCommands();
    void addSeenCommands();
    void chooseSeen(int numQuadrants);
    void addSampleCommands();
    void addFileCommands();

    // completion_panel_files.cpp
    void loadGarments();
    void takeGarments(const std::vector<CompletionPicture>& garments);
    void openWeights(const QString& path);
    void openPicture(const QString& path);
    void exportAnswer();
    std::filesystem::path fileOf(const CompletionState& state) const;

    void openModel();
    void takeNetwork();
    void showState();
    void showStage();
    QString missingNetworkText() const;

    CompletionPanelParts m_parts;
    CompletionService* m_network = nullptr;
    CompletionStage* m_stage = nullptr;
    CompletionPresenter* m_presenter = nullptr;
    PictureGallery* m_gallery = nullptr;
    NetworkSection* m_networkSection = nullptr;
    LikelihoodSection* m_numbers = nullptr;
    LatentSection* m_latent = nullptr;
    QList<QAction*> m_seen;  ///< one for each number of quadrants, from 0
    bool m_garmentsLoaded = false;
    bool m_hasGarments = false;
};

}  // namespace vitrine
