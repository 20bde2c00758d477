// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/completion/completion_panel.h"

#include "core/recipe/completion_recipe.h"
#include "ui/bridge/completion_service.h"
#include "ui/panels/completion/completion_help.h"
#include "ui/panels/completion/completion_presenter.h"
#include "ui/panels/completion/completion_stage.h"
#include "ui/panels/completion/likelihood_section.h"
#include "ui/panels/completion/network_section.h"
#include "ui/panels/sampling/samples_section.h"
#include "ui/shell/file_title.h"
#include "ui/shell/inspector_section.h"

namespace vitrine {

using namespace Qt::StringLiterals;

CompletionPanel::CompletionPanel(ShellServices& services, CompletionPanelParts parts, QWidget* parent)
    : SamplingPanel({u"completion"_s,
                     tr("Completion"),
                     u"completion"_s,
                     tr("Show part of a picture and sample completions of the rest"),
                     QString::fromLatin1(kCompletionRecipeFormat)},
                    services,
                    completionStateFromJson,
                    parent),
      m_parts(std::move(parts)) {
    if (m_parts.models.empty()) m_parts.models = CompletionSession::defaultModel(1).parent_path();
    m_network = new CompletionService(m_parts.openModel, this);
    addFileKind(kPictureSuffixes, [this](const QString& path) { openPicture(path); });
    addFileKind(kWeightSuffixes, [this](const QString& path) { openWeights(path); });
    addCommands();
    buildLayout();
    connectSignals();
    loadGarments();
    showState();
}

CompletionPanel::~CompletionPanel() = default;

void CompletionPanel::buildLayout() {
    m_stage = new CompletionStage(this);
    setStage(m_stage);
    addSampleGrid(
        tr("Possible answers. Click to enlarge; P or a double-click pins. Pin two to interpolate between "
           "them."));
    m_presenter = new CompletionPresenter(m_stage, m_grid, *m_store, *m_network, services().status, this);
    buildSections();
    fillHeader({u"drawAgain"_s}, u"export"_s, {u"open"_s, u"openModel"_s, u"resetLatent"_s});
    addCompletionHelp(this);
}

void CompletionPanel::buildSections() {
    m_gallery = new PictureGallery(
        {.id = u"completion.garments"_s,
         .name = tr("Garments"),
         .caption = tr("Fashion-MNIST, garments held out of training"),
         .emptyCaption =
             tr("Fashion-MNIST is not installed. Install Debian's package dataset-fashion-mnist and "
                "start Vitrine again, or open a picture of your own."),
         .side = 28,
         .numRows = 5,
         .fine = 4},
        this);
    InspectorSection* picture = addSection(u"picture"_s, tr("Picture"));
    picture->addHeaderAction(action(u"open"_s));
    picture->addWidget(m_gallery);
    m_networkSection = new NetworkSection(*m_store, m_seen, this);
    addSection(u"network"_s, tr("Network"))->addWidget(m_networkSection);
    InspectorSection* samples = addSection(u"samples"_s, tr("Samples"));
    samples->addHeaderAction(action(u"drawAgain"_s));
    samples->addWidget(new SamplesSection(
        SamplingStore(*m_store),
        {.panel = u"completion"_s,
         .temperature = tr("Temperature"),
         .temperatureTip =
             tr("Scales the standard deviation of the prior: 1 samples from the model; lower values favour "
                "likely answers"),
         .changeTemperature = tr("Change the temperature"),
         .seedTip = tr("The same seed gives the same samples, until you draw again")},
        this));
    m_numbers = new LikelihoodSection(this);
    addSection(u"numbers"_s, tr("Numbers"))->addWidget(m_numbers);
    m_latent = new LatentSection(
        SamplingStore(*m_store),
        {.panel = u"completion"_s,
         .tip = tr("Fixes this latent channel at a number of standard deviations from the prior mean, in all "
                   "samples"),
         .activity = tr("%1 of %2 channels are active; the KL divergence of all is %3 nats."),
         .unknown =
             tr("Ranking the latent channels takes a picture and a recognition network; the CVAE has one.")},
        this);
    InspectorSection* latent = addSection(u"latent"_s, tr("Latent"));
    latent->addHeaderAction(action(u"resetLatent"_s));
    latent->addWidget(m_latent);
}

void CompletionPanel::connectSignals() {
    connectStage();
    connectNetwork();
    connect(m_store, &CompletionStore::changed, this, &CompletionPanel::showState);
    connect(
        m_networkSection, &NetworkSection::modelFileAsked, this, [this] { askForWeights(m_parts.models); });
    connect(m_presenter, &CompletionPresenter::settledChanged, this, &CompletionPanel::checkSettledSoon);
}

void CompletionPanel::connectStage() {
    bindChoice(m_stage->samples(), u"view"_s, &CompletionState::samples);
    bindChoice(m_stage->answer(), u"view"_s, &CompletionState::answer);
    bindSamples(m_latent,
                SampleViews{&CompletionState::samples,
                            CompletionSamples::Chosen,
                            CompletionSamples::Path,
                            CompletionSamples::Path});
    bindNotice(m_stage, m_network, m_parts.models);
}

void CompletionPanel::connectNetwork() {
    connect(m_network, &CompletionService::stateChanged, this, [this] {
        if (m_network->state() == CompletionService::State::Ready) takeNetwork();
        showStage();
        checkSettledSoon();
    });
    connect(m_network, &CompletionService::failed, this, [this](const Error& error) { report(error); });
    connect(m_presenter, &CompletionPresenter::resultChanged, this, [this] {
        m_numbers->showResult(m_presenter->result());
        m_latent->setActivity(m_presenter->result()->channelNats);
    });
}

/// A weight file says itself what it sees.
void CompletionPanel::takeNetwork() {
    const CompletionModelInfo& model = *m_network->model();
    const QString file = QString::fromStdString(model.file.string());
    setModel({weightsTitle(model.file), {}, file, file});
    if (isWeightFile(state().model) && state().numQuadrants != model.numQuadrants) {
        CompletionState adopted = state();
        adopted.numQuadrants = model.numQuadrants;
        m_store->reset(adopted);
    }
    m_presenter->networkChanged();
}

void CompletionPanel::openModel() {
    openIfOther(*m_network, fileOf(state()));
}

void CompletionPanel::setActive(bool active) {
    if (active) openModel();
}

void CompletionPanel::showState() {
    if (isVisible()) openModel();
    const int numSeen = state().numQuadrants;
    if (numSeen < m_seen.size()) m_seen[numSeen]->setChecked(true);
    m_networkSection->showState();
    m_presenter->showState();
    showStage();
    checkSettledSoon();
}

void CompletionPanel::showStage() {
    const bool isFailed = m_network->state() == CompletionService::State::Failed;
    const bool hasPicture = state().picture != nullptr;
    const bool needsPicture = state().numQuadrants > 0;
    setSubtitle(hasPicture ? state().picture->name : QString());
    if (isFailed)
        m_stage->showNotice(missingNetworkText(), tr("Open a weight file"));
    else if (needsPicture && !hasPicture)
        m_stage->showNotice(m_hasGarments || !m_garmentsLoaded
                                ? tr("Choose a garment on the right, drop a picture here, or open one.")
                                : tr("Drop a picture here or open one, or install Debian's package "
                                     "dataset-fashion-mnist and start Vitrine again."),
                            tr("Open a picture"));
    else
        m_stage->showPictures();
    const bool canAsk = !isFailed && (hasPicture || !needsPicture);
    setCommandsEnabled({u"drawAgain"_s, u"export"_s}, canAsk);
    action(u"resetLatent"_s)->setEnabled(!state().forced.empty());
}

QString CompletionPanel::missingNetworkText() const {
    const Error& error = m_network->error();
    if (error.code != ErrorCode::NotFound) return QString::fromStdString(error.message);
    if (state().numQuadrants == 0 && state().model == "gsnn"_L1)
        return tr(
            "A GSNN needs observed pixels. Choose the plain VAE, or show the network a part of the picture.");
    return tr("There is no network %1 yet. Train one in Training, choose another, or open a weight file.")
        .arg(QString::fromStdString(fileOf(state()).stem().string()));
}

const CompletionResult* CompletionPanel::result() const {
    return m_presenter->result();
}

bool CompletionPanel::isSettled() const {
    return m_garmentsLoaded && tasks().isIdle() && isOpenOrFailed(*m_network) && m_presenter->isSettled();
}

QStringList CompletionPanel::diagnostics() const {
    const auto& model = m_network->model();
    if (!model) return {u"Completion: no network"_s};
    return {u"Completion: %1, observes %2 of 4 quadrants, %3 channels, %4 parameters, %5"_s
                .arg(QString::fromStdString(model->variant))
                .arg(model->numQuadrants)
                .arg(model->numChannels)
                .arg(model->numParameters)
                .arg(QString::fromStdString(model->file.string()))};
}

}  // namespace vitrine
