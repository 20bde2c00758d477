// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/transfer/target_section.h"

#include <QComboBox>
#include <QLabel>
#include <QVBoxLayout>

#include "ui/panel_kit/bindings.h"
#include "ui/shell/controls.h"
#include "ui/shell/theme.h"
#include "ui/views/turntable_controls.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

std::vector<std::pair<QString, int>> settingEntries() {
    std::vector<std::pair<QString, int>> entries;
    for (const TransferSetting setting : kTransferSettings)
        entries.emplace_back(settingName(setting), int(setting));
    return entries;
}

}  // namespace

TargetSection::TargetSection(TransferStore& store, QWidget* parent) : QWidget(parent), m_store(store) {
    buildLayout();
    connectSignals();
    showState();
}

void TargetSection::buildLayout() {
    m_target = makeChoice(u"transfer.target"_s, tr("Target chair"), {}, this);
    m_target->setToolTip(tr("A chair of which the networks were given few views"));
    m_setting = makeChoice(u"transfer.views"_s, tr("Given views"), settingEntries(), this);
    m_setting->setToolTip(tr("The views of the target chairs that the networks were trained on"));
    m_given = new QLabel(this);
    m_given->setObjectName(u"transfer.given"_s);
    m_given->setFont(Theme::font(TextRole::Caption));
    m_given->setProperty("role", u"caption"_s);
    m_given->setWordWrap(true);
    const ChairView first = TransferState{}.view;
    m_view = new TurntableControls(
        u"transfer"_s,
        {tr("Drag to turn the chair. Ticks mark the given views."),
         tr("Rotation of the chair; ticks mark the given azimuths."),
         tr("Elevation of the camera above the seat; ticks mark the given elevations.")},
        double(first.azimuthDeg),
        double(first.elevationDeg),
        this);
    m_view->setSnap(false);
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(measure::kGap);
    rows->addLayout(makeRow(tr("Target"), m_target, this));
    rows->addLayout(makeRow(tr("Given"), m_setting, this));
    rows->addWidget(m_given);
    rows->addWidget(m_view);
}

void TargetSection::connectSignals() {
    connect(&m_store, &TransferStore::changed, this, &TargetSection::showState);
    connect(m_target, &QComboBox::activated, this, [this](int row) {
        chooseTarget(m_target->itemData(row).toString());
    });
    bindControl(m_setting, m_store, u"views"_s, tr("Change the given views"), &TransferState::setting);
    connect(m_view, &TurntableControls::azimuthChanged, this, [this](double degrees) {
        m_store.change(u"azimuth"_s, tr("Turn the chair"), [degrees](TransferState& state) {
            state.view.azimuthDeg = float(degrees);
        });
    });
    connect(m_view, &TurntableControls::elevationChanged, this, [this](double degrees) {
        m_store.change(u"elevation"_s, tr("Change the elevation"), [degrees](TransferState& state) {
            state.view.elevationDeg = float(degrees);
        });
    });
    connect(m_view, &TurntableControls::dragFinished, &m_store, &TransferStore::endGesture);
}

void TargetSection::setTargets(const QList<std::pair<QString, QString>>& targets) {
    m_target->clear();
    for (const auto& [id, name] : targets) m_target->addItem(name, id);
    showState();
}

void TargetSection::chooseTarget(const QString& id) {
    m_store.changeOnce(
        u"target"_s, tr("Choose a target chair"), [&id](TransferState& state) { state.target = id; });
}

void TargetSection::stepTarget(int places) {
    const int count = m_target->count();
    if (count == 0) return;
    chooseTarget(m_target->itemData((m_target->currentIndex() + places + count) % count).toString());
}

void TargetSection::showState() {
    const TransferState& state = m_store.state();
    m_target->setCurrentIndex(m_target->findData(state.target));
    showChoice(m_setting, int(state.setting));
    if (std::exchange(m_shown, state.setting) != state.setting)
        m_view->setTicks(givenAzimuthsDeg(state.setting), givenElevationsDeg(state.setting));
    m_view->setView(double(state.view.azimuthDeg), double(state.view.elevationDeg));
    m_given->setText(isGivenView(state.setting, state.view)
                         ? tr("The networks were given this view.")
                         : tr("The networks were not given this view. Ticks mark those that they were."));
}

}  // namespace vitrine
