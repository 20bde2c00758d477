// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/chairs/chair_panel.h"

#include <QSplitter>
#include <QVBoxLayout>
#include <array>

#include "core/base/folders.h"
#include "core/nets/compute.h"
#include "ui/bridge/chair_import_service.h"
#include "ui/bridge/chair_service.h"
#include "ui/bridge/teach_service.h"
#include "ui/bridge/thumbnail_service.h"
#include "ui/panels/chairs/animation_section.h"
#include "ui/panels/chairs/chair_animator.h"
#include "ui/panels/chairs/chair_exporter.h"
#include "ui/panels/chairs/chair_help.h"
#include "ui/panels/chairs/chair_stage.h"
#include "ui/panels/chairs/chair_strip.h"
#include "ui/panels/chairs/fit_card.h"
#include "ui/panels/chairs/image_compositor.h"
#include "ui/panels/chairs/mix_thumbnails.h"
#include "ui/panels/chairs/nearest_style_search.h"
#include "ui/panels/chairs/picture_section.h"
#include "ui/panels/chairs/stage_presenter.h"
#include "ui/panels/chairs/style_bar.h"
#include "ui/panels/chairs/style_browser.h"
#include "ui/panels/chairs/style_gallery_model.h"
#include "ui/panels/chairs/style_map_pane.h"
#include "ui/panels/chairs/theta_section.h"
#include "ui/panels/chairs/units_section.h"
#include "ui/panels/chairs/view_section.h"
#include "ui/shell/action_registry.h"
#include "ui/shell/inspector_section.h"
#include "ui/shell/message_bar.h"
#include "ui/shell/theme.h"
#include "ui/views/image_view.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

constexpr int kStripHeight = 174;
constexpr double kTurnPerWidth = 200;  ///< degrees of azimuth that a drag over the whole picture makes
constexpr double kElevationPerHeight = 60;

/// A pair that is unlike enough to be worth a morph; the first that the network and the catalogue have.
constexpr std::array<const char*, 2> kFirstChoice{"oak-chair", "green-armchair"};

Result<std::vector<ChairEntry>> defaultCatalogue() {
    VITRINE_TRY(const ChairCatalogue catalogue, ChairCatalogue::loadDefault());
    return catalogue.entries();
}

}  // namespace

ChairPanel::ChairPanel(ShellServices& services, ChairPanelParts parts, QWidget* parent)
    : StatePanel({.id = u"chairs"_s,
                  .title = tr("Chairs"),
                  .icon = u"chairs"_s,
                  .tip = tr("Morph, turn and transform generated chairs"),
                  .jsonFormat = QString::fromLatin1(kChairRecipeFormat)},
                 services,
                 chairPanelStateFromJson,
                 parent),
      m_parts(std::move(parts)) {
    makeServices(m_parts);
    addFileKinds();
    addCommands();
    buildLayout();
    connectSignals();
    addChairHelp(this);
    loadSettings();
}

ChairPanel::~ChairPanel() = default;

void ChairPanel::makeServices(ChairPanelParts& parts) {
    if (!parts.loadCatalogue) parts.loadCatalogue = defaultCatalogue;
    if (parts.model.empty()) parts.model = ChairSession::defaultModel();
    if (parts.thumbnailFolder.empty()) parts.thumbnailFolder = cacheFolder() / "thumbnails";
    m_chairs = new ChairService(parts.openModel, this);
    m_reals = new RealChairService(parts.paintReal, this);
    m_thumbnails = new ThumbnailService(parts.paintThumbnail, parts.thumbnailFolder, this);
    m_import = new ChairImportService(parts.importProgram, this);
    m_mixThumbnails = new MixThumbnails(*m_chairs, this);
    m_compositor = new ImageCompositor(tasks(), this);
    m_gallery = new StyleGalleryModel(this);
    m_animator = new ChairAnimator(*m_store, this);
    m_exporter = new ChairExporter(*m_store, *m_chairs, *m_compositor, *m_gallery, tasks(), services(), this);
    m_teach = new TeachService(parts.importProgram, this);
    m_fit = new ChairFitService(parts.fitPicture, this);
    m_nearest = new NearestStyleSearch(parts.paintCompared, *m_chairs, services().status, this);
}

void ChairPanel::buildLayout() {
    auto* stageArea = new QWidget(this);
    m_stage = new ChairStage(stageArea);
    m_fitCard = new FitCard(m_stage);
    m_stage->setCard(m_fitCard);
    m_styleBar = new StyleBar(
        *m_store, [this](const RecipeMix& mix) { return lookOf(mix); }, stageArea);
    auto* column = new QVBoxLayout(stageArea);
    column->setContentsMargins(0, measure::kGap, 0, 0);
    column->setSpacing(measure::kGap);
    column->addWidget(m_stage, 1);
    column->addWidget(m_styleBar);
    setStage(stageArea);
    m_strip = new ChairStrip(m_gallery, *m_store, *m_chairs, *m_compositor, this);
    setStrip(m_strip, kStripHeight);
    m_presenter = new StagePresenter(
        m_stage, *m_store, *m_chairs, *m_reals, *m_compositor, *m_gallery, services().status, this);
    buildSections();
    fillHeader({u"newChair"_s, u"fit"_s, u"random"_s, u"swap"_s, u"arithmetic"_s, u"compare"_s, u"play"_s},
               u"exportPicture"_s,
               {u"openInSegmentation"_s,
                u"turnOwn"_s,
                u"nearestStyle"_s,
                u"teach"_s,
                u"copyPicture"_s,
                u"exportSheet"_s,
                u"exportFrames"_s,
                u"exportGif"_s,
                u"exportWebP"_s,
                u"randomMix"_s,
                u"average"_s,
                u"saveStyle"_s,
                u"openStyle"_s,
                u"openModel"_s,
                u"chooseBackground"_s});
}

void ChairPanel::buildSections() {
    m_view = new ViewSection(*m_store, this);
    InspectorSection* view = addSection(u"view"_s, tr("Viewpoint"));
    view->addHeaderAction(action(u"snap"_s));
    view->addWidget(m_view);
    InspectorSection* theta = addSection(u"theta"_s, tr("Transformation θ"));
    theta->addHeaderAction(action(u"resetTheta"_s));
    theta->addWidget(new ThetaSection(*m_store, this));
    InspectorSection* units = addSection(u"units"_s, tr("Units"));
    units->addHeaderAction(action(u"removeUnits"_s));
    units->addWidget(new UnitsSection(*m_store, this));
    units->setVisible(false);
    connect(m_store, &ChairStateStore::changed, units, [this, units] {
        units->setVisible(!m_store->state().units.empty());
    });
    m_picture = new PictureSection(*m_store, this);
    addSection(u"picture"_s, tr("Picture"))->addWidget(m_picture);
    // Set once and seldom: folded at first, so that all sections are in sight; its play button stays there.
    InspectorSection* animation = addSection(u"animation"_s, tr("Animation"));
    animation->addHeaderAction(action(u"play"_s));
    animation->addWidget(new AnimationSection(*m_store, this));
    animation->setFolded(true);
}

void ChairPanel::connectSignals() {
    connect(m_store, &ChairStateStore::changed, this, &ChairPanel::showState);
    connect(m_styleBar, &StyleBar::styleDropped, this, [this](int slot, const QString& id) {
        chooseStyle(id, slot);
    });
    connect(m_strip->browser(), &StyleBrowser::styleChosen, this, &ChairPanel::chooseStyle);
    connect(m_strip->map(), &StyleMapPane::styleChosen, this, &ChairPanel::chooseStyle);
    connect(m_picture, &PictureSection::backgroundPictureAsked, this, &ChairPanel::askForBackground);
    connect(m_stage, &ChairStage::noticeButtonPressed, this, &ChairPanel::noticePressed);
    connect(m_stage, &ChairStage::turnKeyPressed, this, &ChairPanel::turn);
    connect(m_stage, &ChairStage::turnKeyReleased, m_store, &ChairStateStore::endGesture);
    connect(m_stage->mainView(), &ImageView::dragged, this, [this](double dx, double dy) {
        m_store->change(u"turn"_s, tr("Turn the chair"), [dx, dy](ChairPanelState& state) {
            setParameter(state, "azimuth", state.view.azimuthDeg - dx * kTurnPerWidth);
            state.view.elevationDeg = float(std::clamp(
                state.view.elevationDeg + dy * kElevationPerHeight, kLowestElevation, kHighestElevation));
        });
    });
    connect(m_stage->mainView(), &ImageView::dragFinished, m_store, &ChairStateStore::endGesture);
    connect(m_chairs, &ChairService::stateChanged, this, [this] {
        if (m_chairs->state() == ChairService::State::Failed &&
            m_chairs->error().code != ErrorCode::NotFound) {
            report(m_chairs->error());
        }
        if (m_chairs->state() == ChairService::State::Ready) m_gallery->forgetPainted();
        showModel();
        loadTrust();
        showGallery();
        showTaughtChair();
    });
    connect(m_chairs, &ChairService::failed, this, [this](const Error& error) { report(error); });
    connect(m_compositor, &ImageCompositor::failed, this, [this](const Error& error) { report(error); });
    connect(m_nearest, &NearestStyleSearch::found, this, &ChairPanel::useNearestStyle);
    connect(m_nearest, &NearestStyleSearch::failed, this, [this](const Error& error) { report(error); });
    connect(m_nearest, &NearestStyleSearch::ended, this, &ChairPanel::checkSettledSoon);
    connectThumbnails();
    connectImport();
    connectTeaching();
    connectFitting();

    connect(m_presenter, &StagePresenter::settledChanged, this, &ChairPanel::checkSettledSoon);
    connect(m_strip, &ChairStrip::settledChanged, this, &ChairPanel::checkSettledSoon);
    connect(m_thumbnails, &ThumbnailService::idle, this, &ChairPanel::checkSettledSoon);
}

void ChairPanel::connectThumbnails() {
    connect(m_strip->browser(), &StyleBrowser::visibleChanged, this, &ChairPanel::requestThumbnails);
    connect(m_strip->map(), &StyleMapPane::visibleChanged, this, &ChairPanel::requestThumbnails);
    connect(m_thumbnails,
            &ThumbnailService::thumbnailReady,
            this,
            [this](const QString& id, const QImage& image) {
                m_gallery->setThumbnail(id, image);
                m_styleBar->showState();
            });
    connect(
        m_thumbnails, &ThumbnailService::thumbnailFailed, this, [this](const QString&, const Error& error) {
            // One message for all: mostly it is one package that is missing.
            if (m_thumbnailProblem.isEmpty())
                services().messages.showMessage(MessageKind::Warning,
                                                QString::fromStdString(error.message),
                                                QString::fromStdString(error.detail));
            m_thumbnailProblem = QString::fromStdString(error.message);
            requestThumbnails();
        });
    connect(m_mixThumbnails, &MixThumbnails::ready, this, [this] {
        requestThumbnails();
        m_styleBar->showState();
        checkSettledSoon();
    });
}

void ChairPanel::loadSettings() {
    loadCatalogue();
    m_chairs->open(m_parts.model);
    showState();
}

void ChairPanel::showModel() {
    const auto& model = m_chairs->model();
    if (!model)
        return setModel(
            {m_chairs->state() == ChairService::State::Loading ? tr("Loading the model") : tr("No model"),
             {},
             {}});
    m_picture->setNetworkSize(model->size);
    setModel({QString::fromStdString(model->name),
              QString::fromStdString(model->device),
              tr("%1\n%2 styles, %3 million parameters, %4 training steps")
                  .arg(QString::fromStdString(model->file.string()))
                  .arg(model->numStyles)
                  .arg(double(model->numParameters) / 1e6, 0, 'f', 1)
                  .arg(model->step),
              QString::fromStdString(model->file.string())});
}

/// What was measured of the network's morphs, where there is such a file of these very weights.
void ChairPanel::loadTrust() {
    if (m_chairs->state() != ChairService::State::Ready) return;
    const ChairModelInfo& model = *m_chairs->model();
    tasks().run(
        [file = model.file, hash = model.weightsHash](std::stop_token) { return trustProfileOf(file, hash); },
        [this, hash = model.weightsHash](std::optional<TrustProfile> trust) {
            if (m_chairs->model()->weightsHash == hash) m_styleBar->setTrust(std::move(trust));
        });
}

void ChairPanel::loadCatalogue() {
    tasks().run([load = m_parts.loadCatalogue](std::stop_token) { return load(); },
                [this](Result<std::vector<ChairEntry>> entries) {
                    if (entries)
                        m_entries = std::move(*entries);
                    else
                        report(entries.error());
                    m_catalogueLoaded = true;
                    m_thumbnails->forgetFailures();
                    showGallery();
                });
}

void ChairPanel::showGallery() {
    static const std::vector<std::string> kNone;
    m_gallery->setContent(m_entries, m_chairs->model() ? m_chairs->model()->styleIds : kNone);
    fillEmptySlots();
    showState();
    m_strip->map()->showContent();
    m_presenter->galleryChanged();
    requestThumbnails();
}

/// Once the chairs and the model are there (or the model isn't coming), a first pair is shown.
void ChairPanel::fillEmptySlots() {
    const auto modelState = m_chairs->state();
    if (styleMode(m_store->state()) != StyleMode::Empty || !m_catalogueLoaded ||
        modelState == ChairService::State::Loading)
        return;
    std::vector<std::string> usable;
    for (int row = 0; row < m_gallery->rowCount(); ++row) {
        const StyleItem& item = m_gallery->itemAt(row);
        const bool isKnown = item.styleIndex >= 0 || !m_chairs->model();
        if (isKnown && item.group == StyleGroup::Catalogue) usable.push_back(item.id.toStdString());
    }
    if (usable.empty()) return;
    ChairPanelState state = m_store->settledState();
    for (std::size_t slot = 0; slot < kFirstChoice.size(); ++slot) {
        const auto wanted = std::find(usable.begin(), usable.end(), kFirstChoice[slot]);
        const std::size_t fallback = slot * usable.size() / 2;
        state.slots[slot] = {{wanted != usable.end() ? *wanted : usable[fallback], -1, 1}};
    }
    if (state.slots[0] == state.slots[1]) state.slots[1].clear();
    m_store->reset(state);
}

/// What is on screen first.
QStringList ChairPanel::thumbnailsInView() const {
    QStringList ids = m_strip->visibleIds();
    for (const RecipeMix& slot : m_store->state().slots) ids << QString::fromStdString(pureStyleOf(slot));
    return ids;
}

void ChairPanel::requestThumbnails() {
    m_thumbnails->request(m_entries);
    const QStringList inView = thumbnailsInView();
    m_thumbnails->prioritise(inView);
    for (const QString& id : inView) requestPainted(id);
}

/// Styles without a real chair, and all of them where the archives are missing, are painted by the network.
void ChairPanel::requestPainted(const QString& id) {
    const StyleItem* item = m_gallery->item(id);
    const bool isUnknown = id.isEmpty() || (item && item->styleIndex < 0);
    const bool isRendered = item && item->entry && m_thumbnailProblem.isEmpty();
    if (isUnknown || isRendered || !m_gallery->thumbnail(id).isNull() || m_thumbnails->isWaitingFor(id))
        return;
    const QImage painted = m_mixThumbnails->get({{id.toStdString(), -1, 1}});
    if (!painted.isNull()) m_gallery->setPainted(id, painted);
}

void ChairPanel::chooseStyle(const QString& id, int slot) {
    setSlot(slot,
            {{id.toStdString(), -1, 1}},
            tr("Use %1 as %2").arg(m_gallery->nameOf(id)).arg(QChar(u'A' + slot)));
}

void ChairPanel::setSlot(int slot, const RecipeMix& mix, const QString& text) {
    m_store->changeOnce(u"slots"_s, text, [slot, &mix](ChairPanelState& state) {
        state.slots[std::size_t(slot)] = mix;
        compactSlots(state);
    });
}

SlotLook ChairPanel::lookOf(const RecipeMix& mix) {
    const std::string pure = pureStyleOf(mix);
    if (pure.empty()) {
        const QString name = QString::fromStdString(givenName(m_store->state(), mix));
        return {name.isEmpty() ? tr("Mix of %1").arg(mix.size()) : name, m_mixThumbnails->get(mix)};
    }
    const QString id = QString::fromStdString(pure);
    const QImage picture = m_gallery->thumbnail(id);
    return {m_gallery->nameOf(id), picture};
}

void ChairPanel::showState() {
    const ChairPanelState& state = m_store->state();
    std::array<QString, 4> ids;
    QStringList names;
    for (std::size_t slot = 0; slot < ids.size(); ++slot) {
        ids[slot] = QString::fromStdString(pureStyleOf(state.slots[slot]));
        if (!state.slots[slot].empty()) names << lookOf(state.slots[slot]).name;
    }
    m_gallery->setNewChairs(state.newChairs);
    m_gallery->setSlots(ids);
    for (const QString& id : ids) requestPainted(id);
    setSubtitle(names.size() < 2                     ? names.value(0)
                : styleMode(state) == StyleMode::Pad ? names.join(u",  "_s)
                                                     : tr("%1 to %2").arg(names[0], names[1]));
    action(u"snap"_s)->setChecked(state.snapToTrainedViews);
    action(u"arithmetic"_s)->setChecked(state.arithmetic);
    action(u"turnOwn"_s)->setEnabled(!ownChairShown().isEmpty());
    action(u"nearestStyle"_s)->setEnabled(m_presenter->unknownChair() != nullptr);
    action(u"teach"_s)->setEnabled(m_presenter->unknownChair() != nullptr);
    setCommandsEnabled({u"fit"_s, u"openStyle"_s, u"saveStyle"_s},
                       m_chairs->state() == ChairService::State::Ready);
    showPrimary();
    fitStrip();
    checkSettledSoon();
}

/// With a grid or a morph in the strip, that is what is exported first.
void ChairPanel::showPrimary() {
    const StripMode mode = m_store->state().strip;
    const bool isSheet = mode == StripMode::Grid || mode == StripMode::Morph;
    if (isSheet == m_exportsSheet) return;
    m_exportsSheet = isSheet;
    setPrimaryAction(action(isSheet ? u"exportSheet"_s : u"exportPicture"_s));
}

/// A grid and a map need height: the strip grows for it, and shrinks again unless the user moved it since.
void ChairPanel::fitStrip() {
    auto* rows = findChild<QSplitter*>(u"chairs.rows"_s);
    if (!rows || rows->sizes().size() != 2 || rows->height() < 100) return;
    const int height = rows->sizes().last();
    const int high = rows->height() * 45 / 100;
    const StripMode mode = m_store->state().strip;
    const bool grid = mode == StripMode::Grid || mode == StripMode::Map;
    if (grid && m_stripHeight == 0 && height < high) {
        m_stripHeight = height;
        rows->setSizes({rows->height() - high, high});
    } else if (!grid && m_stripHeight != 0) {
        if (std::abs(height - high) <= 2) rows->setSizes({rows->height() - m_stripHeight, m_stripHeight});
        m_stripHeight = 0;
    }
}

void ChairPanel::noticePressed() {
    if (m_chairs->state() == ChairService::State::Ready)
        findNearestStyle();
    else if (m_chairs->model())
        m_chairs->keepEarlierModel();
    else
        askForModel();
}

Status ChairPanel::restoreState(const QJsonObject& json) {
    const auto restored = chairPanelStateFromJson(json);
    if (restored) m_animator->setPlaying(false);
    return restore(restored);
}

bool ChairPanel::isSettled() const {
    if (!m_catalogueLoaded || !tasks().isIdle() || !m_presenter->isSettled() || !m_strip->isSettled() ||
        m_nearest->isRunning() || m_fit->isBusy())
        return false;
    for (const QString& id : thumbnailsInView()) {
        if (m_thumbnails->isWaitingFor(id)) return false;
    }
    return m_mixThumbnails->isIdle();
}

QStringList ChairPanel::diagnostics() const {
    QStringList devices;
    for (const std::string& device : computeDevices()) devices << QString::fromStdString(device);
    QStringList lines{u"LibTorch %1 on %2, %3 threads"_s.arg(
        QString::fromStdString(torchVersion()), devices.join(u", "_s), QString::number(computeThreads()))};
    const auto& model = m_chairs->model();
    lines << (model ? u"Model %1, %2 styles, %3 steps, on %4"_s.arg(QString::fromStdString(model->name),
                                                                    QString::number(model->numStyles),
                                                                    QString::number(model->step),
                                                                    QString::fromStdString(model->device))
                    : u"No model"_s);
    return lines;
}

void ChairPanel::setActive(bool active) {
    if (!active) m_animator->setPlaying(false);
}

}  // namespace vitrine
