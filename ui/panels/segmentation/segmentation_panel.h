// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <vector>

#include "ui/bridge/segmentation_service.h"
#include "ui/panels/sampling/sampling_panel.h"
#include "ui/panels/segmentation/segmentation_state.h"

namespace vitrine {

class NumbersSection;
class OmissionSection;
class PaintBar;
class SegmentationPresenter;
class SegmentationSamplesSection;
class SegmentationService;
class SegmentationStage;
class SweepsSection;
struct DraggedChair;

/// What the panel works with; tests put in what is slow, broken or small.
struct SegmentationPanelParts {
    SegmentationService::Opener openModel = openSession<SegmentationSession>;
    std::filesystem::path models;    ///< folder of the variants; empty: the bundled ones
    std::filesystem::path pictures;  ///< folder of NAME.png and NAME-labels.png; empty: the bundled ones
    std::filesystem::path garments;  ///< folder of Fashion-MNIST; empty: that of Debian's package
};

/// Hide part of a picture and see the answers that are possible: samples, their mean and uncertainty, one
/// deterministic answer beside them.
class SegmentationPanel : public SamplingPanel<SegmentationState> {
    Q_OBJECT
public:
    explicit SegmentationPanel(ShellServices& services,
                               SegmentationPanelParts parts = {},
                               QWidget* parent = nullptr);
    ~SegmentationPanel() override;

    bool acceptsDrop(const QMimeData* mime) const override;
    void drop(const QMimeData* mime) override;
    bool isSettled() const override;
    QStringList diagnostics() const override;
    void setActive(bool active) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

    /// The whole answer to the state; nullptr while it is being made.
    const SegmentationResult* result() const;

private:
    void makeServices();
    void buildLayout();
    void buildSections();
    void connectSignals();
    void connectStage();
    void connectNetwork();

    // segmentation_panel_commands.cpp
    void addCommands();
    void addPaintCommands();
    void addMaskCommands();
    void addSampleCommands();
    void addSweepCommands();
    void addFileCommands();

    // segmentation_panel_files.cpp
    void loadPictures();
    void openPicture(const QString& path);
    void openWeights(const QString& path);
    void takeChair(const DraggedChair& chair);
    void openLabels(const QString& path, bool asTruth);
    void askForLabels(bool asTruth);
    void exportAnswer();
    QStringList variantsInTheBox() const;
    std::filesystem::path fileOf(const QString& model) const;

    void openModel();
    void networkReady();
    void askActivity();
    void askLikelihood();
    bool drawsSamples() const;
    void showState();
    /// The pointer is over a pixel of a picture of this size.
    void showPointer(const QPoint& pixel, const QSize& size);
    void showVotes();
    void showSweeps();

    SegmentationPanelParts m_parts;
    SegmentationService* m_network = nullptr;
    SegmentationService* m_gdnn = nullptr;
    SegmentationStage* m_stage = nullptr;
    SegmentationPresenter* m_presenter = nullptr;
    PaintBar* m_paintBar = nullptr;
    PictureGallery* m_gallery = nullptr;
    PictureGallery* m_garments = nullptr;
    OmissionSection* m_omission = nullptr;
    SegmentationSamplesSection* m_samples = nullptr;
    SweepsSection* m_sweeps = nullptr;
    NumbersSection* m_numbers = nullptr;
    LatentSection* m_latent = nullptr;
    QWidget* m_sweepsFold = nullptr;
    QWidget* m_latentFold = nullptr;  ///< the section that it lies in
    SegmentationState m_activityOf;
    QPointF m_pointer{-1, -1};  ///< in parts of the picture; negative: nowhere
    bool m_picturesLoaded = false;
};

}  // namespace vitrine
