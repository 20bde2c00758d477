// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "core/data/chair_catalogue.h"
#include "core/recipe/correspondence_recipe.h"
#include "ui/bridge/correspondence_service.h"
#include "ui/bridge/real_chair_service.h"
#include "ui/panel_kit/state_panel.h"
#include "ui/panels/correspondence/correspondence_state.h"

namespace vitrine {

class AnnotationSection;
class ChairsSection;
class CorrespondencePresenter;
class CorrespondenceStage;
class MatchingSection;
class MorphStrip;
class PointsSection;
class ThumbnailService;

/// What the panel works with; tests put in what is slow, broken or small.
struct CorrespondencePanelParts {
    CorrespondenceService::Opener openModel = openSession<CorrespondenceSession>;
    std::filesystem::path model;       ///< empty: the bundled one
    RealChairPainter paintRealChair;   ///< for thumbnails; empty: the renderer
    std::filesystem::path thumbnails;  ///< folder; empty: the user's cache
};

/// Where did this point go? Two chairs, the morph between them, and the points, masks and textures that it
/// carries from one to the other, with how far they can be believed.
class CorrespondencePanel : public StatePanel<CorrespondenceState> {
    Q_OBJECT
public:
    explicit CorrespondencePanel(ShellServices& services,
                                 CorrespondencePanelParts parts = {},
                                 QWidget* parent = nullptr);

    bool acceptsDrop(const QMimeData* mime) const override;
    void drop(const QMimeData* mime) override;
    bool isSettled() const override;
    QStringList diagnostics() const override;
    void setActive(bool active) override;

    /// The newest answer; nullptr before the first.
    const CorrespondenceResult* result() const;

private:
    void makeServices();
    void buildLayout();
    void buildSections();
    void connectSignals();
    void connectCanvases();
    void connectNetwork();

    // correspondence_panel_commands.cpp
    void addCommands();
    void swapChairs();
    void deletePoint(int index);
    void paintMask(const QPointF& place, bool erases);
    void markOnB(const QPointF& place);

    // correspondence_panel_files.cpp
    void askForPoints();
    void openPoints(const QString& path);
    void openRecipe(const QString& path);
    void exportMatch();
    void exportAnnotations();
    CorrespondenceRecipe recipe() const;

    void networkReady();
    void loadChairs();
    void chooseFirstChairs();
    void showState();
    void ask();
    void showNetwork();

    CorrespondencePanelParts m_parts;
    CorrespondenceService* m_network = nullptr;
    ThumbnailService* m_thumbnails = nullptr;
    CorrespondenceStage* m_stage = nullptr;
    MorphStrip* m_strip = nullptr;
    CorrespondencePresenter* m_presenter = nullptr;
    ChairsSection* m_chairs = nullptr;
    MatchingSection* m_matching = nullptr;
    PointsSection* m_points = nullptr;
    AnnotationSection* m_annotation = nullptr;
    CorrespondenceState m_asked;  ///< what the newest request was the question of
    bool m_hasAsked = false;
    bool m_isActive = false;
    int m_job = 0;  ///< on the status bar; 0: none
};

}  // namespace vitrine
