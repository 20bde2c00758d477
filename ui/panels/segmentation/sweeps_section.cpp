// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/segmentation/sweeps_section.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include "ui/panel_kit/bindings.h"
#include "ui/panels/segmentation/sweep_curve.h"
#include "ui/shell/action_registry.h"
#include "ui/shell/controls.h"
#include "ui/shell/labeled_slider.h"
#include "ui/shell/theme.h"

namespace vitrine {

using namespace Qt::StringLiterals;

SweepsSection::SweepsSection(SegmentationStore& store, const ActionRegistry& actions, QWidget* parent)
    : QWidget(parent), m_store(store) {
    buildLayout(actions);
    connectSignals();
    showState();
    showProgress({});
    setUse(true, false);
}

void SweepsSection::buildLayout(const ActionRegistry& actions) {
    const auto caption = [this](const QString& id) {
        auto* label = new QLabel(this);
        label->setObjectName(u"segmentation.sweeps."_s + id);
        label->setFont(Theme::font(TextRole::Caption));
        label->setProperty("role", u"caption"_s);
        label->setWordWrap(true);
        return label;
    };
    m_hint = caption(u"hint"_s);
    m_controls = new QWidget(this);
    m_count = new LabeledSlider({.id = u"segmentation.numSweeps"_s,
                                 .label = tr("Sweeps"),
                                 .tip = tr("How many times labels and latent are drawn in turn"),
                                 .minimum = 1,
                                 .maximum = kMaxSweeps,
                                 .reset = 20,
                                 .step = 1,
                                 .decimals = 0},
                                this);
    m_sampling = new QCheckBox(tr("Sample each sweep (not the mean)"), this);
    m_sampling->setObjectName(u"segmentation.samplingSweeps"_s);
    m_sampling->setAccessibleName(m_sampling->text());
    m_sampling->setToolTip(tr("Sampling keeps changing a few pixels; means converge"));
    m_curve = new SweepCurve(this);
    m_curve->setObjectName(u"segmentation.sweeps.curve"_s);
    m_readout = caption(u"readout"_s);

    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(measure::kGap);
    for (const QString& id : {u"sweep"_s, u"sweepToEnd"_s, u"stopSweeps"_s})
        buttons->addWidget(makeActionButton(actions.action(u"segmentation."_s + id), this));
    auto* inner = new QVBoxLayout(m_controls);
    inner->setContentsMargins(0, 0, 0, 0);
    inner->setSpacing(measure::kGap / 2);
    inner->addWidget(m_count);
    inner->addWidget(m_sampling);
    inner->addLayout(buttons);
    inner->addWidget(m_curve);
    inner->addWidget(m_readout);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_hint);
    column->addWidget(m_controls);
}

void SweepsSection::connectSignals() {
    connect(&m_store, &SegmentationStore::changed, this, &SweepsSection::showState);
    bindControl(
        m_count, m_store, u"numSweeps"_s, tr("Change the number of sweeps"), &SegmentationState::numSweeps);
    bindControl(m_sampling,
                m_store,
                u"samplingSweeps"_s,
                tr("Change the sweeps"),
                &SegmentationState::samplingSweeps);
}

void SweepsSection::showProgress(const SweepProgress& progress) {
    const auto& shares = progress.changedShares;
    m_curve->setShares(shares, progress.numSweeps);
    if (shares.empty()) return m_readout->setText(progress.isRunning ? tr("Sweeping…") : QString());
    const bool isWhole = progress.isStepping && !progress.isRunning;
    const QString after = isWhole ? tr("Sweep %1").arg(shares.size())
                                  : tr("Sweep %1 of %2").arg(shares.size()).arg(progress.numSweeps);
    m_readout->setText(after + u": "_s +
                       tr("%1 % of unknown pixels changed").arg(100 * shares.back(), 0, 'f', 1));
}

void SweepsSection::setUse(bool canFollow, bool hasLabels) {
    m_hint->setText(
        canFollow ? tr("Paint known labels (“Known: …” above the picture), and the samples follow them.")
                  : tr("This network cannot follow known labels; choose a CVAE or the hybrid."));
    m_hint->setVisible(!canFollow || !hasLabels);
    m_controls->setVisible(canFollow && hasLabels);
}

void SweepsSection::showState() {
    const SegmentationState& state = m_store.state();
    m_count->setValue(state.numSweeps);
    const QSignalBlocker sampling(m_sampling);
    m_sampling->setChecked(state.samplingSweeps);
}

}  // namespace vitrine
