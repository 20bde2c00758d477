// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/correspondence/correspondence_panel.h"

#include "core/base/folders.h"
#include "core/recipe/correspondence_recipe.h"
#include "ui/bridge/style_names.h"
#include "ui/bridge/thumbnail_service.h"
#include "ui/panels/correspondence/annotation_section.h"
#include "ui/panels/correspondence/chairs_section.h"
#include "ui/panels/correspondence/correspondence_help.h"
#include "ui/panels/correspondence/correspondence_presenter.h"
#include "ui/panels/correspondence/correspondence_stage.h"
#include "ui/panels/correspondence/matching_section.h"
#include "ui/panels/correspondence/overlay_section.h"
#include "ui/panels/correspondence/points_section.h"
#include "ui/shell/inspector_section.h"
#include "ui/shell/status_bar.h"
#include "ui/shell/theme.h"
#include "ui/views/morph_strip.h"
#include "ui/views/picture_film.h"
#include "ui/views/point_canvas.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

constexpr int kStripHeight = 168;
/// Chairs that differ enough for the morph to show something.
const QString kFirstA = u"kitchen-chair"_s, kFirstB = u"teak-armchair"_s;
constexpr int kFirstSize = 128;
/// On the first chair as the first view shows it, in pictures of that size.
const std::vector<NamedPoint> kFirstPoints = {{"top left", {57, 14}},
                                              {"top right", {97, 14}},
                                              {"seat", {34, 66}},
                                              {"leg", {69, 121}},
                                              {"back leg", {91, 105}}};

}  // namespace

CorrespondencePanel::CorrespondencePanel(ShellServices& services,
                                         CorrespondencePanelParts parts,
                                         QWidget* parent)
    : StatePanel({u"correspondence"_s,
                  tr("Correspondence"),
                  u"correspondence"_s,
                  tr("Find points of one chair on another, along the morph between them"),
                  QString::fromLatin1(kCorrespondenceRecipeFormat)},
                 services,
                 correspondenceStateFromJson,
                 parent),
      m_parts(std::move(parts)) {
    makeServices();
    addFileKind({u"csv"_s}, [this](const QString& path) { openPoints(path); });
    addFileKind({u"png"_s, u"gif"_s}, [this](const QString& path) { openRecipe(path); });
    addCommands();
    buildLayout();
    connectSignals();
    addCorrespondenceHelp(this);
    showState();
}

void CorrespondencePanel::makeServices() {
    if (m_parts.model.empty()) m_parts.model = ChairSession::defaultModel();
    if (m_parts.thumbnails.empty()) m_parts.thumbnails = cacheFolder() / "thumbnails";
    if (!m_parts.paintRealChair) m_parts.paintRealChair = makeRealChairPainter();
    m_network = new CorrespondenceService(m_parts.openModel, this);
    m_thumbnails = new ThumbnailService(m_parts.paintRealChair, m_parts.thumbnails, this);
}

void CorrespondencePanel::buildLayout() {
    m_stage = new CorrespondenceStage(this);
    setStage(m_stage);
    m_strip = new MorphStrip(this);
    m_strip->setObjectName(u"correspondence.strip"_s);
    m_strip->setAccessibleName(tr("Frames of the morph and their forward-backward error"));
    m_strip->setContentsMargins(measure::kStageGap, measure::kGap, measure::kStageGap, measure::kGap);
    m_strip->setPlaceholder(tr("The morph appears here as soon as there are two chairs and a network."));
    setStrip(m_strip, kStripHeight);
    m_presenter = new CorrespondencePresenter(m_stage, m_strip, *m_store, this);
    buildSections();
    fillHeader({u"swap"_s},
               u"export"_s,
               {u"openPoints"_s, u"exportAnnotations"_s, u"clearPoints"_s, u"clearMask"_s});
}

void CorrespondencePanel::buildSections() {
    m_chairs = new ChairsSection(*m_store, this);
    InspectorSection* chairs = addSection(u"chairs"_s, tr("Chairs and view"));
    chairs->addHeaderAction(action(u"swap"_s));
    chairs->addWidget(m_chairs);
    m_points = new PointsSection(*m_store, this);
    InspectorSection* points = addSection(u"points"_s, tr("Points"));
    points->addHeaderAction(action(u"clearPoints"_s));
    points->addWidget(m_points);
    addSection(u"overlay"_s, tr("Overlay"))->addWidget(new OverlaySection(*m_store, this));
    m_matching = new MatchingSection(*m_store, this);
    addSection(u"matching"_s, tr("Matching"))->addWidget(m_matching);
    m_annotation = new AnnotationSection(*m_store, this);
    InspectorSection* annotation = addSection(u"annotation"_s, tr("Annotation"));
    annotation->addWidget(m_annotation);
    annotation->setFolded(true);
}

void CorrespondencePanel::connectSignals() {
    connectCanvases();
    connectNetwork();
    connect(m_store, &CorrespondenceStore::changed, this, &CorrespondencePanel::showState);
    connect(m_presenter, &CorrespondencePresenter::matchesChanged, this, [this] {
        m_points->showMatches(m_presenter->matches());
        m_annotation->showError(m_presenter->annotationErrorPx());
    });
    connect(m_stage, &CorrespondenceStage::chairDropped, m_chairs, &ChairsSection::choose);
    connect(m_stage, &CorrespondenceStage::noticePressed, this, [this] {
        if (m_network->state() == CorrespondenceService::State::Failed)
            m_network->open(m_parts.model);
        else
            swapChairs();
    });
    connect(m_thumbnails, &ThumbnailService::thumbnailReady, m_chairs, &ChairsSection::setThumbnail);
    connect(m_thumbnails, &ThumbnailService::thumbnailFailed, this, &CorrespondencePanel::checkSettledSoon);
    connect(m_thumbnails, &ThumbnailService::idle, this, &CorrespondencePanel::checkSettledSoon);
}

void CorrespondencePanel::connectCanvases() {
    PointCanvas* a = m_stage->a();
    connect(a, &PointCanvas::pointAdded, this, [this](const QPointF& place) {
        m_store->changeOnce(u"point"_s, tr("Add a point"), [place](CorrespondenceState& state) {
            state.points.push_back({freePointName(state.points), {float(place.x()), float(place.y())}});
            state.chosen = int(state.points.size()) - 1;
        });
    });
    connect(a, &PointCanvas::pointMoved, this, [this](int index, const QPointF& place) {
        m_store->change(u"movePoint"_s, tr("Move a point"), [index, place](CorrespondenceState& state) {
            state.points[std::size_t(index)].place = {float(place.x()), float(place.y())};
        });
    });
    connect(a, &PointCanvas::pointDeleted, this, &CorrespondencePanel::deletePoint);
    connect(a, &PointCanvas::brushed, this, &CorrespondencePanel::paintMask);
    for (PointCanvas* canvas : {a, m_stage->b()}) {
        connect(canvas, &PointCanvas::pointChosen, this, [this](int index) {
            if (state().isAnnotating && sender() == m_stage->b()) return;
            m_store->change(u"chosen"_s, tr("Choose a point"), [index](CorrespondenceState& state) {
                state.chosen = index;
            });
        });
        connect(canvas, &PointCanvas::gestureFinished, m_store, &CorrespondenceStore::endGesture);
    }
    connect(m_stage->b(), &PointCanvas::pointAdded, this, &CorrespondencePanel::markOnB);
    connect(
        m_stage->b(), &PointCanvas::pointMoved, this, [this](int, const QPointF& place) { markOnB(place); });
}

void CorrespondencePanel::connectNetwork() {
    connect(m_network, &CorrespondenceService::stateChanged, this, [this] {
        if (m_network->state() == CorrespondenceService::State::Ready) networkReady();
        showState();
    });
    connect(m_network, &CorrespondenceService::progressed, this, [this](const Progress& progress) {
        if (m_job) services().status.setJobProgress(m_job, progress);
    });
    const auto endJob = [this] {
        if (m_job) services().status.endJob(std::exchange(m_job, 0));
        checkSettledSoon();
    };
    connect(m_network,
            &CorrespondenceService::resultReady,
            this,
            [this, endJob](const std::shared_ptr<const CorrespondenceResult>& result, double latencyMs) {
                endJob();
                if (isVisible()) services().status.setLatencyMs(latencyMs);
                m_presenter->setStale(false);
                m_presenter->setResult(result);
                m_matching->showTimes(result.get());
                showState();
            });
    connect(m_network, &CorrespondenceService::failed, this, [this, endJob](const Error& error) {
        endJob();
        report(error);
        m_stage->showWarning(QString::fromStdString(error.message));
    });
    connect(m_network, &CorrespondenceService::cancelled, this, [this, endJob] {
        endJob();
        m_stage->showWarning(tr("The matching was cancelled. Change anything to match again."));
    });
}

void CorrespondencePanel::networkReady() {
    loadChairs();
    setModel({QString::fromStdString(m_network->model()->name),
              QString::fromStdString(m_network->model()->device),
              {},
              QString::fromStdString(m_network->model()->file.string())});
    chooseFirstChairs();
}

void CorrespondencePanel::loadChairs() {
    const auto catalogue = ChairCatalogue::loadDefault();
    QList<ChairsSection::Chair> chairs;
    std::vector<ChairEntry> known;
    for (const std::string& id : m_network->model()->styleIds) {
        QString name = styleName(QString::fromStdString(id));
        if (catalogue)
            for (const ChairEntry& entry : catalogue->entries())
                if (entry.id == id) {
                    name = QString::fromStdString(entry.name);
                    known.push_back(entry);
                }
        chairs << ChairsSection::Chair{QString::fromStdString(id), name};
    }
    m_chairs->setChairs(chairs);
    m_thumbnails->request(known);
}

/// Chairs to begin with; not a step of undo.
void CorrespondencePanel::chooseFirstChairs() {
    const auto& ids = m_network->model()->styleIds;
    if (!state().from.isEmpty() || ids.size() < 2) return;
    const auto idOr = [&ids](const QString& wanted, std::size_t fallback) {
        return std::ranges::find(ids, wanted.toStdString()) != ids.end()
                   ? wanted
                   : QString::fromStdString(ids[fallback]);
    };
    CorrespondenceState first = state();
    first.from = idOr(kFirstA, 0);
    first.to = idOr(kFirstB, 1);
    if (first.from == kFirstA && m_network->model()->size == kFirstSize) first.points = kFirstPoints;
    m_store->reset(first);
}

void CorrespondencePanel::setActive(bool active) {
    m_isActive = active;
    if (!active) return m_stage->film()->setPlaying(false);
    if (m_network->state() == CorrespondenceService::State::Empty) m_network->open(m_parts.model);
    ask();
}

void CorrespondencePanel::ask() {
    if (!m_network->model() || !m_isActive || state().from.isEmpty()) return;
    if (m_hasAsked && asksTheSame(m_asked, state())) return;
    m_asked = state();
    m_hasAsked = true;
    const auto request = requestOf(state(), m_network->model()->styleIds);
    m_stage->showWarning(request ? QString() : QString::fromStdString(request.error().message));
    m_presenter->setStale(true);
    if (!request) return m_network->cancel();
    if (m_job == 0) m_job = services().status.beginJob(tr("Matching"), [this] { m_network->cancel(); });
    m_network->request(*request);
}

void CorrespondencePanel::showState() {
    setSubtitle(state().from.isEmpty()
                    ? QString()
                    : tr("%1 to %2").arg(m_chairs->nameOf(state().from), m_chairs->nameOf(state().to)));
    m_stage->setNames(m_chairs->nameOf(state().from), m_chairs->nameOf(state().to));
    ask();
    showNetwork();
    action(u"export"_s)->setEnabled(result() != nullptr);
    action(u"clearPoints"_s)->setEnabled(!state().points.empty());
    action(u"exportAnnotations"_s)->setEnabled(!state().annotations.empty());
    checkSettledSoon();
}

void CorrespondencePanel::showNetwork() {
    if (m_network->state() == CorrespondenceService::State::Failed && !m_network->model())
        return m_stage->showNotice(QString::fromStdString(m_network->error().message), tr("Try again"), true);
    if (m_network->model() && m_network->model()->styleIds.size() < 2)
        return m_stage->showNotice(
            tr("The network has only one chair; a match needs two. Train a network with more chairs in "
               "Training."),
            {},
            false);
    m_stage->showPictures();
}

const CorrespondenceResult* CorrespondencePanel::result() const {
    return m_presenter->result();
}

bool CorrespondencePanel::isSettled() const {
    return isOpenOrFailed(*m_network) && !m_network->isAnswering() && tasks().isIdle() &&
           m_thumbnails->isIdle();
}

QStringList CorrespondencePanel::diagnostics() const {
    const auto& model = m_network->model();
    if (!model) return {u"Correspondence: no network"_s};
    return {u"Correspondence: %1, %2 px, %3 chairs, %4"_s.arg(QString::fromStdString(model->name))
                .arg(model->size)
                .arg(model->numStyles)
                .arg(QString::fromStdString(model->device))};
}

}  // namespace vitrine
