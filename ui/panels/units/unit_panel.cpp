// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/units/unit_panel.h"

#include "core/base/folders.h"
#include "core/data/chair_catalogue.h"
#include "core/recipe/unit_recipe.h"
#include "ui/bridge/unit_service.h"
#include "ui/panels/units/chair_section.h"
#include "ui/panels/units/change_section.h"
#include "ui/panels/units/effect_section.h"
#include "ui/panels/units/latent_strip.h"
#include "ui/panels/units/network_map.h"
#include "ui/panels/units/unit_help.h"
#include "ui/panels/units/unit_presenter.h"
#include "ui/panels/units/unit_stage.h"
#include "ui/panels/units/unit_strip_pane.h"
#include "ui/shell/inspector_section.h"
#include "ui/shell/message_bar.h"
#include "ui/views/zoom_view.h"

namespace vitrine {

using namespace Qt::StringLiterals;

namespace {
constexpr int kStripHeight = 236;
}

UnitPanel::UnitPanel(ShellServices& services, UnitPanelParts parts, QWidget* parent)
    : StatePanel({u"units"_s,
                  tr("Units"),
                  u"units"_s,
                  tr("See what single units of the chair generator draw"),
                  QString::fromLatin1(kUnitRecipeFormat)},
                 services,
                 unitStateFromJson,
                 parent),
      m_parts(std::move(parts)) {
    m_store->reset(m_parts.first);
    m_units = new UnitService(m_parts.openModel, this);
    addFileKind({u"png"_s}, [this](const QString& path) { openPicture(path); });
    addFileKind(kWeightSuffixes, [this](const QString& path) { openWeights(path); });
    addCommands();
    buildLayout();
    connectSignals();
    tasks().run([load = m_parts.loadNames](std::stop_token) { return load(); },
                [this](const QHash<QString, QString>& names) { m_chair->setNames(names); });
    showState();
}

UnitPanel::~UnitPanel() = default;

void UnitPanel::buildLayout() {
    m_stage = new UnitStage(this);
    setStage(m_stage);
    m_strip = new UnitStripPane(*m_store, action(u"stop"_s), this);
    setStrip(m_strip, kStripHeight);
    buildSections();
    m_presenter = new UnitPresenter(m_stage, m_strip, *m_store, *m_units, services().status, this);
    const auto orElse = [](const std::filesystem::path& folder, const std::filesystem::path& box) {
        return folder.empty() ? box : folder;
    };
    m_latent =
        new LatentStrip(m_strip->latent(),
                        m_parts.openSegmentation,
                        orElse(m_parts.segmentationModels, SegmentationSession::defaultModel().parent_path()),
                        orElse(m_parts.scenes, resourceFolder() / "scenes" / "studio"),
                        this);
    fillHeader({},
               u"exportPicture"_s,
               {u"openModel"_s,
                u"exportSheet"_s,
                u"exportSteps"_s,
                u"exportFilters"_s,
                u"exportMaps"_s,
                u"exportArrays"_s,
                u"pin"_s});
    addUnitHelp(this);
}

void UnitPanel::buildSections() {
    m_map = new NetworkMap(this);
    m_map->setObjectName(u"units.network"_s);
    addSection(u"layer"_s, tr("Layer"))->addWidget(m_map);
    m_change = new ChangeSection(*m_store, this);
    InspectorSection* change = addSection(u"change"_s, tr("Change"));
    change->addHeaderAction(action(u"paperValue"_s));
    change->addWidget(m_change);
    m_chair = new UnitChairSection(*m_store, this);
    addSection(u"chair"_s, tr("Chair"))->addWidget(m_chair);
    m_effect = new EffectSection(this);
    addSection(u"effect"_s, tr("Effect"))->addWidget(m_effect);
}

void UnitPanel::connectSignals() {
    connectNetwork();
    connect(m_store, &UnitStore::changed, this, &UnitPanel::showState);
    connect(m_map, &NetworkMap::layerChosen, this, [this](const QString& name) {
        const ChairLayer* chosen = m_units->model()->layer(name.toStdString());
        m_store->changeOnce(
            u"layer"_s, tr("Choose a layer"), [chosen](UnitState& state) { setLayer(state, *chosen); });
    });
    connect(m_stage->changed(), &CaptionedView::chosen, this, [this](int channel) {
        m_store->changeOnce(u"channel"_s, tr("Change a view"), [channel](UnitState& state) {
            state.recipe.channel = PictureChannel(channel);
        });
    });
    connect(m_stage, &UnitStage::noticePressed, this, &UnitPanel::askForModel);
    connect(m_presenter, &UnitPresenter::activationsChanged, m_change, &ChangeSection::setActivations);
    connect(m_presenter, &UnitPresenter::resultChanged, this, [this] {
        m_effect->showEffect(m_presenter->result()->effect);
        showState();
    });
    connect(m_presenter, &UnitPresenter::settledChanged, this, &UnitPanel::checkSettledSoon);
    connect(m_latent, &LatentStrip::changed, this, [this] {
        if (state().strip == UnitStrip::Latent) m_strip->setNote(m_latent->note(), m_latent->note());
        checkSettledSoon();
    });
}

void UnitPanel::connectNetwork() {
    connect(m_units, &UnitService::stateChanged, this, [this] {
        if (m_units->state() == UnitService::State::Failed && m_units->model()) report(m_units->error());
        if (m_units->state() == UnitService::State::Ready) {
            const UnitModelInfo& model = *m_units->model();
            m_map->setLayers(model.layers);
            m_chair->setModel(model.chairs);
            setModel({QString::fromStdString(model.chairs.name),
                      QString::fromStdString(model.chairs.device),
                      QString::fromStdString(model.chairs.file.string()),
                      QString::fromStdString(model.chairs.file.string())});
        }
        if (m_units->model() && m_units->state() != UnitService::State::Loading)
            m_presenter->networkChanged();
        showState();
        checkSettledSoon();
    });
    connect(m_units, &UnitService::failed, this, [this](const Error& error) { report(error); });
    connect(m_units, &UnitService::written, this, [this](const QString& file) {
        services().messages.showMessage(MessageKind::Good, tr("Saved to %1.").arg(file));
    });
}

void UnitPanel::openModel() {
    const std::filesystem::path box = m_parts.model.empty() ? ChairSession::defaultModel() : m_parts.model;
    openIfOther(*m_units, state().model.isEmpty() ? box : std::filesystem::path(state().model.toStdString()));
}

void UnitPanel::setActive(bool active) {
    if (active) openModel();
}

const ChairLayer* UnitPanel::layer() const {
    return m_units->model() ? m_units->model()->layer(state().recipe.request.layer) : nullptr;
}

void UnitPanel::showState() {
    if (isVisible()) openModel();
    m_map->setChosen(state().recipe.request.layer);
    m_change->showState(layer());
    m_chair->showState();
    setSubtitle(layer() ? describeLayer(*layer()) : QString());
    if (m_units->state() == UnitService::State::Failed && !m_units->model())
        m_stage->showNotice(QString::fromStdString(m_units->error().message), tr("Open a weight file"), true);
    else if (m_units->model() && !layer())
        m_stage->showNotice(tr("The model %1 has no layer \"%2\"; choose one of its layers on the right.")
                                .arg(QString::fromStdString(m_units->model()->chairs.name),
                                     QString::fromStdString(state().recipe.request.layer)),
                            {},
                            true);
    else if (m_units->model() && !m_presenter->request())
        m_stage->showNotice(
            tr("The model was not trained on this chair; choose another on the right."), {}, true);
    else
        m_stage->showPictures();
    if (state().strip == UnitStrip::Latent) {
        if (isVisible()) m_latent->show();
        m_strip->setNote(m_latent->note(), m_latent->note());
    }
    const bool canAsk = layer() && m_presenter->request();
    setCommandsEnabled({u"exportPicture"_s,
                        u"exportSheet"_s,
                        u"exportSteps"_s,
                        u"exportFilters"_s,
                        u"exportMaps"_s,
                        u"exportArrays"_s,
                        u"next"_s,
                        u"previous"_s,
                        u"pin"_s,
                        u"paperValue"_s},
                       canAsk);
    checkSettledSoon();
}

const UnitResult* UnitPanel::result() const {
    return m_presenter->result() ? &*m_presenter->result() : nullptr;
}

bool UnitPanel::isSettled() const {
    return isOpenOrFailed(*m_units) && tasks().isIdle() && m_presenter->isSettled() && m_latent->isSettled();
}

QStringList UnitPanel::diagnostics() const {
    if (!m_units->model()) return {u"Units: no network"_s};
    const ChairModelInfo& model = m_units->model()->chairs;
    return {u"Units: %1, %2 layers, %3 parameters, %4"_s.arg(QString::fromStdString(model.name))
                .arg(m_units->model()->layers.size())
                .arg(model.numParameters)
                .arg(QString::fromStdString(model.file.string()))};
}

}  // namespace vitrine
