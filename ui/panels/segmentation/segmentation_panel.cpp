// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/segmentation/segmentation_panel.h"

#include <QApplication>
#include <QKeyEvent>

#include "core/base/folders.h"
#include "core/data/chair_catalogue.h"
#include "core/nets/compute.h"
#include "core/recipe/segmentation_recipe.h"
#include "ui/bridge/segmentation_service.h"
#include "ui/panels/segmentation/numbers_section.h"
#include "ui/panels/segmentation/omission_section.h"
#include "ui/panels/segmentation/paint_bar.h"
#include "ui/panels/segmentation/segmentation_help.h"
#include "ui/panels/segmentation/segmentation_presenter.h"
#include "ui/panels/segmentation/segmentation_samples_section.h"
#include "ui/panels/segmentation/segmentation_stage.h"
#include "ui/panels/segmentation/sweeps_section.h"
#include "ui/shell/file_title.h"
#include "ui/shell/inspector_section.h"
#include "ui/views/mask_canvas.h"
#include "ui/views/vote_bars.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

QStringList toQ(const std::vector<std::string>& words) {
    QStringList list;
    for (const std::string& word : words) list << QString::fromStdString(word);
    return list;
}

}  // namespace

SegmentationPanel::SegmentationPanel(ShellServices& services, SegmentationPanelParts parts, QWidget* parent)
    : SamplingPanel({u"segmentation"_s,
                     tr("Segmentation"),
                     u"segmentation"_s,
                     tr("Hide part of a picture and see possible answers"),
                     QString::fromLatin1(kSegmentationRecipeFormat)},
                    services,
                    segmentationStateFromJson,
                    parent),
      m_parts(std::move(parts)) {
    makeServices();
    addFileKind(kPictureSuffixes, [this](const QString& path) { openPicture(path); });
    addFileKind(kWeightSuffixes, [this](const QString& path) { openWeights(path); });
    addCommands();
    buildLayout();
    connectSignals();
    loadPictures();
    showState();
}

SegmentationPanel::~SegmentationPanel() {
    qApp->removeEventFilter(this);
}

void SegmentationPanel::makeServices() {
    if (m_parts.models.empty()) m_parts.models = SegmentationSession::defaultModel().parent_path();
    if (m_parts.pictures.empty()) m_parts.pictures = resourceFolder() / "scenes";
    m_network = new SegmentationService(m_parts.openModel, this);
    m_gdnn = new SegmentationService(m_parts.openModel, this);
}

void SegmentationPanel::buildLayout() {
    m_paintBar = new PaintBar(
        {action(u"brush"_s), action(u"eraser"_s)},
        {action(u"rectangle"_s), action(u"halfPlane"_s), action(u"polygon"_s), action(u"fill"_s)},
        this);
    m_stage = new SegmentationStage(m_paintBar, this);
    setStage(m_stage);
    addSampleGrid(
        tr("Number of the sample and, where the truth is known, its IoU. Click to enlarge; P or a "
           "double-click pins."));
    m_presenter =
        new SegmentationPresenter(m_stage, m_grid, *m_store, *m_network, *m_gdnn, services().status, this);
    buildSections();
    fillHeader({u"drawAgain"_s},
               u"export"_s,
               {u"open"_s, u"openLabels"_s, u"openTruth"_s, u"openModel"_s, u"invert"_s, u"clear"_s});
    addSegmentationHelp(this);
}

void SegmentationPanel::buildSections() {
    const QString scenes = tr("Scenes, with their truth"),
                  garments = tr("Fashion-MNIST, unlike the training data");
    m_gallery = new PictureGallery(
        {.id = u"segmentation.pictures"_s, .name = scenes, .caption = scenes, .numRows = 2}, this);
    m_garments =
        new PictureGallery({.id = u"segmentation.garments"_s, .name = garments, .caption = garments}, this);
    InspectorSection* picture = addSection(u"picture"_s, tr("Picture"));
    picture->addHeaderAction(action(u"open"_s));
    picture->addWidget(m_gallery);
    picture->addWidget(m_garments);
    m_omission = new OmissionSection(*m_store, services().actions, this);
    addSection(u"omission"_s, tr("Omission"))->addWidget(m_omission);
    m_samples = new SegmentationSamplesSection(*m_store, this);
    InspectorSection* samples = addSection(u"samples"_s, tr("Samples"));
    samples->addHeaderAction(action(u"drawAgain"_s));
    samples->addWidget(m_samples);
    m_sweeps = new SweepsSection(*m_store, services().actions, this);
    InspectorSection* sweeps = addSection(u"sweeps"_s, tr("Known labels"));
    sweeps->addWidget(m_sweeps);
    m_sweepsFold = sweeps;
    m_numbers = new NumbersSection(this);
    addSection(u"numbers"_s, tr("Numbers"))->addWidget(m_numbers);
    m_latent = new LatentSection(
        SamplingStore(*m_store),
        {.panel = u"segmentation"_s,
         .tip = tr("Fixes this latent channel at a number of standard deviations from the prior mean, "
                   "everywhere"),
         .activity = tr("%1 of %2 channels are active; the KL divergence of all is %3 nats."),
         .unknown =
             tr("This network has no recognition network, which ranks the latent channels. Choose CVAE "
                "or Hybrid.")},
        this);
    InspectorSection* latent = addSection(u"latent"_s, tr("Latent"));
    latent->addWidget(m_latent);
    latent->setFolded(true);
    m_latentFold = latent;
}

void SegmentationPanel::connectSignals() {
    connectStage();
    connectNetwork();
    connect(m_store, &SegmentationStore::changed, this, &SegmentationPanel::showState);
    connect(m_samples, &SegmentationSamplesSection::modelFileAsked, this, [this] {
        askForWeights(m_parts.models);
    });
    connect(m_presenter, &SegmentationPresenter::settledChanged, this, &SegmentationPanel::checkSettledSoon);
    for (const auto changed : {&SegmentationPresenter::sweepsChanged,
                               &SegmentationPresenter::settledChanged,
                               &SegmentationPresenter::resultChanged})
        connect(m_presenter, changed, this, &SegmentationPanel::showSweeps);
    qApp->installEventFilter(this);
}

void SegmentationPanel::connectStage() {
    MaskCanvas* canvas = m_stage->canvas();
    connect(canvas, &MaskCanvas::edited, this, [this](const CanvasMarks& marks) {
        m_store->change(
            u"stroke"_s, tr("Paint"), [&marks](SegmentationState& state) { state.marks = marks; });
    });
    connect(canvas, &MaskCanvas::strokeFinished, m_store, &SegmentationStore::endGesture);
    connect(canvas, &MaskCanvas::brushSizeChanged, m_paintBar, &PaintBar::setBrushSize);
    connect(m_paintBar, &PaintBar::brushSizeChosen, canvas, &MaskCanvas::setBrushSize);
    connect(m_paintBar, &PaintBar::targetChosen, canvas, &MaskCanvas::setPaintedClass);
    m_paintBar->setBrushSize(canvas->brushSize());
    for (CaptionedView* view : {m_stage->input(),
                                m_stage->aggregate(),
                                m_stage->uncertainty(),
                                m_stage->answer(),
                                m_stage->truth()})
        connect(view->view(), &ZoomView::hovered, this, [this, zoom = view->view()](const QPoint& pixel) {
            showPointer(pixel, zoom->image().size());
        });
    connect(m_grid, &SampleGrid::hovered, this, &SegmentationPanel::showPointer);
    bindChoice(m_stage->aggregate(), u"aggregate"_s, &SegmentationState::aggregate);
    bindChoice(m_stage->uncertainty(), u"uncertainty"_s, &SegmentationState::uncertainty);
    bindChoice(m_stage->answer(), u"answer"_s, &SegmentationState::answer);
    bindSamples(
        m_latent,
        SampleViews{
            &SegmentationState::aggregate, AggregateView::Chosen, AggregateView::Path, AggregateView::Mean});
    bindNotice(m_stage, m_network, m_parts.models);
}

void SegmentationPanel::connectNetwork() {
    connect(m_network, &SegmentationService::stateChanged, this, [this] {
        if (m_network->state() == SegmentationService::State::Failed &&
            (m_network->model() || m_network->error().code != ErrorCode::NotFound))
            report(m_network->error());
        if (m_network->state() == SegmentationService::State::Ready) networkReady();
        showState();
        checkSettledSoon();
    });
    connect(m_network, &SegmentationService::failed, this, [this](const Error& error) { report(error); });
    connect(m_network, &SegmentationService::activityReady, m_latent, &LatentSection::setActivity);
    connect(m_network, &SegmentationService::activityLeft, this, [this] { m_activityOf = {}; });
    connect(m_network, &SegmentationService::likelihoodReady, m_numbers, &NumbersSection::setLikelihood);
    connect(m_numbers, &NumbersSection::likelihoodNeeded, this, &SegmentationPanel::askLikelihood);
    connect(m_presenter, &SegmentationPresenter::resultChanged, this, [this] {
        m_numbers->show(m_presenter->result());
        showVotes();
        askActivity();
    });
}

void SegmentationPanel::askActivity() {
    if (!m_network->model()->takesObserved || m_network->model()->numChannels == 0)
        return m_latent->setActivity({});
    SegmentationState plain = state();
    plain.forced.clear();
    if (asksTheSame(plain, m_activityOf)) return;
    m_activityOf = plain;
    m_network->requestActivity(requestOf(plain));
}

void SegmentationPanel::askLikelihood() {
    if (!m_presenter->result()) return;  // a newer answer is on its way
    m_network->requestLikelihood(m_presenter->request());
    checkSettledSoon();
}

void SegmentationPanel::networkReady() {
    const SegmentationModelInfo& model = *m_network->model();
    const QStringList classes = toQ(model.classNames);
    m_paintBar->setClasses(model.takesObserved ? classes : QStringList());
    m_stage->votes()->setClasses(classes);
    m_samples->setNetwork(model);
    m_latentFold->setVisible(model.hasNoise && model.numChannels > 0);
    m_sweepsFold->setVisible(!model.drawsTokens);
    const QString file = QString::fromStdString(model.file.string());
    setModel({weightsTitle(model.file), {}, file, file});
    m_presenter->networkChanged();
}

bool SegmentationPanel::drawsSamples() const {
    return !m_network->model() || m_network->model()->hasNoise;
}

std::filesystem::path SegmentationPanel::fileOf(const QString& model) const {
    if (model.contains(u'/')) return model.toStdString();
    return m_parts.models / ("segmentation-" + model.toStdString() + ".safetensors");
}

void SegmentationPanel::openModel() {
    openIfOther(*m_network, fileOf(state().model));
}

void SegmentationPanel::setActive(bool active) {
    if (!active) return m_presenter->setTruthHeld(false);
    if (m_gdnn->state() == SegmentationService::State::Empty) m_gdnn->open(fileOf(u"gdnn"_s));
    openModel();
}

void SegmentationPanel::showState() {
    if (isVisible()) openModel();
    const bool hasPicture = state().picture != nullptr;
    setSubtitle(hasPicture ? state().picture->name : QString());
    const bool isFailed = m_network->state() == SegmentationService::State::Failed;
    if (isFailed)
        m_stage->showNotice(m_network->error().code == ErrorCode::NotFound
                                ? tr("There is no network %1 yet. Train one in Training, choose another, or "
                                     "open a weight file.")
                                      .arg(state().model)
                                : QString::fromStdString(m_network->error().message),
                            tr("Open a weight file"));
    else if (!hasPicture)
        m_stage->showNotice(tr("Choose a picture on the right, drop one here, or open one."),
                            tr("Open a picture"));
    else
        m_stage->showPictures();
    showSweeps();
    m_omission->setEnabled(hasPicture);
    setCommandsEnabled({u"invert"_s, u"clear"_s, u"export"_s, u"openLabels"_s, u"openTruth"_s},
                       hasPicture && !isFailed);
    action(u"drawAgain"_s)->setEnabled(hasPicture && !isFailed && drawsSamples());
    checkSettledSoon();
}

void SegmentationPanel::showPointer(const QPoint& pixel, const QSize& size) {
    m_pointer = pixel.x() < 0 || size.isEmpty()
                    ? QPointF(-1, -1)
                    : QPointF((pixel.x() + 0.5) / size.width(), (pixel.y() + 0.5) / size.height());
    showVotes();
}

void SegmentationPanel::showVotes() {
    const SampleVotes& votes = m_presenter->votes();
    const auto& model = m_network->model();
    if (m_pointer.x() < 0 || votes.count() == 0 || !model) return m_stage->votes()->setShares({});
    const LabelMap& any = votes.sample(0);
    const auto shares =
        votes.sharesAt(int(m_pointer.y() * any.height), int(m_pointer.x() * any.width), model->numClasses);
    m_stage->votes()->setShares(QList<double>(shares.begin(), shares.end()));
}

void SegmentationPanel::showSweeps() {
    const auto& model = m_network->model();
    const bool canFollow = !model || (model->takesObserved && !model->drawsTokens);
    const bool hasLabels = state().picture && hasObserved(state());
    const SweepProgress progress = m_presenter->sweeps();
    m_sweeps->setUse(canFollow, hasLabels);
    m_sweeps->showProgress(progress);
    setCommandsEnabled({u"sweep"_s, u"sweepToEnd"_s}, model && canFollow && hasLabels);
    action(u"stopSweeps"_s)->setEnabled(progress.isRunning);
}

/// Shift held: the truth is in front, to compare.
bool SegmentationPanel::eventFilter(QObject* watched, QEvent* event) {
    const bool isKey = event->type() == QEvent::KeyPress || event->type() == QEvent::KeyRelease;
    if (isKey && isVisible() && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Shift &&
        !static_cast<QKeyEvent*>(event)->isAutoRepeat())
        m_presenter->setTruthHeld(event->type() == QEvent::KeyPress);
    if (event->type() == QEvent::ApplicationDeactivate) m_presenter->setTruthHeld(false);
    return Panel::eventFilter(watched, event);
}

const SegmentationResult* SegmentationPanel::result() const {
    return m_presenter->result();
}

bool SegmentationPanel::isSettled() const {
    return m_picturesLoaded && tasks().isIdle() && isOpenOrFailed(*m_network) && isOpenOrFailed(*m_gdnn) &&
           m_presenter->isSettled();
}

QStringList SegmentationPanel::diagnostics() const {
    const auto& model = m_network->model();
    if (!model) return {u"Segmentation: no network"_s};
    return {u"Segmentation: %1, %2 classes, %3 px, %4 parameters, %5"_s
                .arg(QString::fromStdString(model->variant))
                .arg(model->numClasses)
                .arg(model->size)
                .arg(model->numParameters)
                .arg(QString::fromStdString(model->file.string()))};
}

}  // namespace vitrine
