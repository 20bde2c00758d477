// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/transfer/transfer_panel.h"

#include <algorithm>

#include "ui/panels/transfer/target_section.h"
#include "ui/panels/transfer/transfer_help.h"
#include "ui/panels/transfer/transfer_presenter.h"
#include "ui/panels/transfer/transfer_stage.h"
#include "ui/panels/transfer/transfer_strip_pane.h"
#include "ui/shell/inspector_section.h"
#include "ui/shell/text.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

constexpr int kStripHeight = 320;
constexpr double kStripShare = 0.6;

}  // namespace

TransferPanel::TransferPanel(ShellServices& services, TransferPanelParts parts, QWidget* parent)
    : StatePanel(
          {u"transfer"_s,
           tr("Transfer"),
           u"transfer"_s,
           tr("Compare networks with and without knowledge transfer on views that they were not given"),
           QString::fromLatin1(kTransferRecipeFormat)},
          services,
          transferStateFromJson,
          parent),
      m_parts(std::move(parts)) {
    makeServices();
    addFileKind({u"png"_s}, [this](const QString& path) { openRecipe(path); });
    addCommands();
    buildLayout();
    connectSignals();
    showState();
}

TransferPanel::~TransferPanel() = default;

void TransferPanel::makeServices() {
    if (m_parts.models.empty()) m_parts.models = bundledTransferModels();
    if (!m_parts.paintRealChair) m_parts.paintRealChair = makeRealChairPainter();
    m_networks = new TransferService(m_parts.openModels, this);
    m_chairs = new RealChairService(m_parts.paintRealChair, this);
}

void TransferPanel::buildLayout() {
    m_stage = new TransferStage(this);
    setStage(m_stage);
    m_strip = new TransferStripPane(*m_store, this);
    m_strip->setCurves(transferCurves(m_parts.figures));
    setStrip(m_strip, kStripHeight, kStripShare);
    m_presenter =
        new TransferPresenter(m_stage, m_strip, *m_store, *m_networks, *m_chairs, services().status, this);
    m_target = new TargetSection(*m_store, this);
    addSection(u"targetView"_s, tr("Target and view"))->addWidget(m_target);
    fillHeader({}, u"export"_s, {u"exportStrip"_s});
    addTransferHelp(this);
}

void TransferPanel::connectSignals() {
    connect(m_store, &TransferStore::changed, this, &TransferPanel::showState);
    connect(m_networks, &TransferService::stateChanged, this, [this] {
        if (m_networks->state() == TransferService::State::Ready) networksReady();
        showState();
    });
    connect(m_networks, &TransferService::failed, this, [this](const Error& error) { report(error); });
    connect(m_presenter, &TransferPresenter::changed, this, [this] {
        setCommandsEnabled({u"export"_s}, canExport());
        setCommandsEnabled({u"exportStrip"_s}, !m_presenter->strip().empty());
        checkSettledSoon();
    });
    connect(m_stage, &TransferStage::noticePressed, this, [this] { m_networks->open(m_parts.models); });
    bindChoice(m_stage->without(), u"without"_s, &TransferState::without);
    bindChoice(m_stage->nearest(), u"likeness"_s, &TransferState::likeness);
}

void TransferPanel::networksReady() {
    const TransferModelInfo& model = *m_networks->model();
    setModel({tr("%1, %2 networks").arg(toQ(model.name)).arg(model.networks.size()),
              toQ(model.device),
              toQ(model.folder)});
    showTargets();
    chooseFirstTarget();
    m_presenter->networksChanged();
}

void TransferPanel::showTargets() {
    if (!m_networks->model()) return;
    QList<std::pair<QString, QString>> targets;
    for (const std::string& id : m_networks->model()->targets)
        targets.emplace_back(toQ(id), m_presenter->nameOf(toQ(id)));
    m_target->setTargets(targets);
}

/// A chair to begin with; not a step of undo.
void TransferPanel::chooseFirstTarget() {
    const auto& targets = m_networks->model()->targets;
    if (targets.empty() || std::ranges::find(targets, state().target.toStdString()) != targets.end()) return;
    TransferState first = state();
    first.target = toQ(targets.front());
    m_store->reset(first);
}

void TransferPanel::setActive(bool active) {
    if (!active || m_networks->state() != TransferService::State::Empty) return;
    loadFiles();
    m_networks->open(m_parts.models);
}

void TransferPanel::showState() {
    m_presenter->showState();
    setSubtitle(state().target.isEmpty()
                    ? QString()
                    : tr("%1, given: %2")
                          .arg(m_presenter->nameOf(state().target), settingName(state().setting).toLower()));
    setCommandsEnabled({u"export"_s}, canExport());
    setCommandsEnabled({u"exportStrip"_s}, !m_presenter->strip().empty());
    showNetworks();
    checkSettledSoon();
}

void TransferPanel::showNetworks() {
    if (m_networks->state() != TransferService::State::Failed || m_networks->model())
        return m_stage->showPictures();
    const Error& error = m_networks->error();
    m_stage->showNotice(toQ(error.message), tr("Try again"), error.code != ErrorCode::NotFound);
}

bool TransferPanel::canExport() const {
    return result() && m_presenter->isSettled();
}

const TransferResult* TransferPanel::result() const {
    return m_presenter->result();
}

bool TransferPanel::isSettled() const {
    return isOpenOrFailed(*m_networks) && tasks().isIdle() && m_presenter->isSettled();
}

QStringList TransferPanel::diagnostics() const {
    const auto& model = m_networks->model();
    if (!model) return {u"Transfer: no networks"_s};
    return {u"Transfer: %1, %2 px, %3 settings with a network, %4 targets, %5"_s.arg(toQ(model->name))
                .arg(model->size)
                .arg(model->networks.size())
                .arg(model->targets.size())
                .arg(toQ(model->device))};
}

}  // namespace vitrine
