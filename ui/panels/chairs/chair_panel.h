// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <vector>

#include "core/data/chair_catalogue.h"
#include "ui/bridge/chair_fit_service.h"
#include "ui/bridge/chair_service.h"
#include "ui/bridge/real_chair_service.h"
#include "ui/panel_kit/state_panel.h"
#include "ui/panels/chairs/chair_panel_state.h"

namespace vitrine {

class ChairAnimator;
class ChairExporter;
class ChairImportService;
class ChairService;
class ChairStage;
class ChairStrip;
class MixThumbnails;
class NearestStyleSearch;
class FitCard;
class ImageCompositor;
class PictureSection;
class StagePresenter;
class StyleBar;
class StyleGalleryModel;
class TeachService;
class ThumbnailService;
class ViewSection;
struct SlotLook;

/// What the panel works with; tests put in what is slow, broken or small.
struct ChairPanelParts {
    ChairService::Opener openModel = openSession<ChairSession>;
    ChairFitService::Fitter fitPicture = fitWithNetwork;
    RealChairPainter paintReal = makeRealChairPainter();
    RealChairPainter paintThumbnail = makeRealChairPainter();
    RealChairPainter paintCompared = makeRealChairPainter();  ///< for the search of the nearest style
    std::function<Result<std::vector<ChairEntry>>()>
        loadCatalogue;                      ///< empty: the bundled catalogue and the user's own
    std::filesystem::path model;            ///< empty: the bundled one
    std::filesystem::path thumbnailFolder;  ///< empty: in the cache folder
    QString importProgram;                  ///< empty: vitrine-cli beside the program; it teaches, too
};

/// The chair explorer: styles, viewpoint and theta under sliders, the network's answer and the real chair
/// side by side.
class ChairPanel : public StatePanel<ChairPanelState> {
    Q_OBJECT
public:
    explicit ChairPanel(ShellServices& services, ChairPanelParts parts = {}, QWidget* parent = nullptr);
    ~ChairPanel() override;

    Status restoreState(const QJsonObject& json) override;
    bool acceptsDrop(const QMimeData* mime) const override;
    void drop(const QMimeData* mime) override;
    std::unique_ptr<QMimeData> handOver() const override;
    bool isSettled() const override;
    QStringList diagnostics() const override;
    void setActive(bool active) override;

private:
    void makeServices(ChairPanelParts& parts);
    void buildLayout();
    void buildSections();
    void connectSignals();
    void connectThumbnails();
    void loadSettings();
    void showModel();
    void loadTrust();

    // chair_panel_commands.cpp
    void addCommands();
    void addStyleCommands();
    void addViewCommands();
    void addPictureCommands();
    void addZoomCommands();
    void addFileCommands();
    void turn(int right, int up);
    void swapStyles();
    void setArithmetic(bool on);
    void useNewChair();
    void useRandomStyle();
    void useRandomMix();
    void useAverage();
    void findNearestStyle();
    void useNearestStyle(const QString& chairId, int styleIndex);

    // chair_panel_files.cpp
    void addFileKinds();
    void openModel(const QString& path);
    void askForModel();
    void askForBackground();
    void useBackground(const QString& path);
    void openPicture(const QString& path);
    void takeUnit(const struct DraggedUnit& unit);
    void importChairs(const QStringList& paths);
    void connectImport();
    QString ownChairShown() const;
    void turnOwn(const QString& id);

    // chair_panel_teaching.cpp
    void connectTeaching();
    void showTeaching(const struct Progress& progress);
    void endTeaching();
    void teachPressed();
    void openTaught();
    void showTaughtChair();
    void morphIntoTaught();

    // chair_panel_fitting.cpp
    void addFitCommands();
    void connectFitting();
    void askForFit();
    void offerPicture(const QString& path);
    void fitPicture(const QString& path, const LabelMap& mask = {});
    bool canFit();
    void endFitting();
    void leaveCard();
    static QString maskHint();
    void correctMask();
    void askForMask(const QString& path, MaskShare share);
    void saveMask();
    void leaveFitting();
    void useFit(const QString& path, const ChairFit& fit, bool isCancelled);
    void useNamedMix(const RecipeMix& mix, const QString& name, const ChairRequest* place = nullptr);
    void takeBack(const ChairPanelState& before, const QString& name);
    void saveStyle(const ChairRequest& request, const ChairModelInfo& model, const QString& name);
    void saveShownStyle();
    void askForStyle();
    void openStyle(const QString& path);

    void loadCatalogue();
    void showGallery();
    void fillEmptySlots();
    void requestThumbnails();
    void requestPainted(const QString& id);
    QStringList thumbnailsInView() const;
    void chooseStyle(const QString& id, int slot);
    void setSlot(int slot, const std::vector<struct RecipeStyle>& mix, const QString& text);
    SlotLook lookOf(const std::vector<struct RecipeStyle>& mix);
    void showState();
    void noticePressed();
    void fitStrip();
    void showPrimary();

    ChairPanelParts m_parts;
    std::vector<ChairEntry> m_entries;
    bool m_catalogueLoaded = false;
    QString m_thumbnailProblem;

    ChairService* m_chairs = nullptr;
    RealChairService* m_reals = nullptr;
    ThumbnailService* m_thumbnails = nullptr;
    ChairImportService* m_import = nullptr;
    MixThumbnails* m_mixThumbnails = nullptr;
    ImageCompositor* m_compositor = nullptr;
    StyleGalleryModel* m_gallery = nullptr;
    ChairAnimator* m_animator = nullptr;
    ChairExporter* m_exporter = nullptr;
    NearestStyleSearch* m_nearest = nullptr;
    TeachService* m_teach = nullptr;
    ChairFitService* m_fit = nullptr;

    ChairStage* m_stage = nullptr;
    FitCard* m_fitCard = nullptr;
    StagePresenter* m_presenter = nullptr;
    StyleBar* m_styleBar = nullptr;
    ChairStrip* m_strip = nullptr;
    ViewSection* m_view = nullptr;
    PictureSection* m_picture = nullptr;
    bool m_exportsSheet = false;  ///< by the header's filled button
    int m_importJob = 0;
    int m_teachJob = 0;
    int m_fitJob = 0;
    QString m_fitPath;                       ///< the picture that the card shows
    bool m_fitsPainted = false;              ///< its mask was corrected
    QString m_fitNotice;                     ///< of the picture that is fitted
    QString m_taughtChair, m_taughtWeights;  ///< the last chair that was learned, and where
    bool m_showsTaught = false;              ///< as soon as its network is open
    QStringList m_justImported;              ///< ids of the chairs that were added last
    int m_stripHeight = 0;                   ///< before the grid made it higher; 0: it did not
    quint64 m_randomDraws = 0;
    int m_newestSeed = 0;  ///< of the chairs that were drawn, those that were undone too
};

}  // namespace vitrine
