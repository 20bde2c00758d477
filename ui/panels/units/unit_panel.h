// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <filesystem>
#include <functional>

#include "ui/bridge/segmentation_service.h"
#include "ui/bridge/style_names.h"
#include "ui/bridge/unit_service.h"
#include "ui/panel_kit/state_panel.h"
#include "ui/panels/units/unit_state.h"

namespace vitrine {

class ChangeSection;
class EffectSection;
class LatentStrip;
class NetworkMap;
class UnitChairSection;
class UnitPresenter;
class UnitService;
class UnitStage;
class UnitStripPane;

/// What the panel works with; tests put in what is slow, broken or small.
struct UnitPanelParts {
    UnitService::Opener openModel = openSession<UnitSession>;
    std::filesystem::path model;  ///< empty: the bundled one
    SegmentationService::Opener openSegmentation = openSession<SegmentationSession>;
    std::filesystem::path segmentationModels;  ///< folder of the variants; empty: the bundled ones
    std::filesystem::path scenes;              ///< folder of pictures; empty: the bundled ones
    UnitState first = firstUnitState();
    std::function<QHash<QString, QString>()> loadNames = catalogueNames;  ///< of chairs, by id
};

/// What a single neuron of the chair generator paints: alone, added to a chair, in a window; all units of a
/// layer side by side, filters and feature maps.
class UnitPanel : public StatePanel<UnitState> {
    Q_OBJECT
public:
    explicit UnitPanel(ShellServices& services, UnitPanelParts parts = {}, QWidget* parent = nullptr);
    ~UnitPanel() override;

    Status openFile(const QString& path) override;
    bool acceptsDrop(const QMimeData* mime) const override;
    void drop(const QMimeData* mime) override;
    std::unique_ptr<QMimeData> handOver() const override;
    bool isSettled() const override;
    QStringList diagnostics() const override;
    void setActive(bool active) override;

    /// The newest answer; nullptr: none yet.
    const UnitResult* result() const;

private:
    void buildLayout();
    void buildSections();
    void connectSignals();
    void connectNetwork();

    // unit_panel_commands.cpp
    void addCommands();
    void addUnitCommands();
    void addFileCommands();
    void walk(int step);
    void pinUnit();

    // unit_panel_files.cpp
    void openWeights(const QString& path);
    void askForModel();
    void openPicture(const QString& path);
    void takeStyle(const QString& id);
    void exportFigure(UnitFigureKind kind, const QString& proposal);
    void exportArrays();

    void openModel();
    void showState();
    const ChairLayer* layer() const;

    UnitPanelParts m_parts;
    UnitService* m_units = nullptr;
    UnitStage* m_stage = nullptr;
    UnitStripPane* m_strip = nullptr;
    UnitPresenter* m_presenter = nullptr;
    LatentStrip* m_latent = nullptr;
    NetworkMap* m_map = nullptr;
    ChangeSection* m_change = nullptr;
    UnitChairSection* m_chair = nullptr;
    EffectSection* m_effect = nullptr;
};

}  // namespace vitrine
