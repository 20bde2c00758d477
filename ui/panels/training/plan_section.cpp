// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/training/plan_section.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include "ui/panels/training/number_box.h"
#include "ui/panels/training/texts.h"
#include "ui/shell/theme.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

constexpr double kMaxSteps = 1e9;

/// Half as much again, at most two digits long.
qint64 proposal(qint64 planned) {
    qint64 unit = 1;
    while (unit * 100 <= planned) unit *= 10;
    return (planned + planned / 2 + unit - 1) / unit * unit;
}

}  // namespace

PlanSection::PlanSection(QWidget* parent) : QWidget(parent) {
    m_text = new QLabel(this);
    m_text->setObjectName(u"training.plan.text"_s);
    m_text->setProperty("role", u"caption"_s);
    m_text->setFont(Theme::font(TextRole::Caption));
    m_text->setWordWrap(true);
    m_steps = new NumberBox(true, this);
    m_steps->setObjectName(u"training.plan.steps"_s);
    m_steps->setAccessibleName(tr("Step to extend the training to"));
    m_steps->setSuffix(tr(" steps"));
    m_steps->setRange(1, kMaxSteps);
    m_extend = new QPushButton(tr("Extend"), this);
    m_extend->setObjectName(u"training.plan.extend"_s);
    m_extend->setToolTip(tr("Train beyond the planned end, continuing the last stage"));
    connect(
        m_extend, &QPushButton::clicked, this, [this] { Q_EMIT extendRequested(qint64(m_steps->value())); });
    auto* row = new QHBoxLayout;
    row->setSpacing(measure::kGap);
    row->addWidget(m_steps, 1);
    row->addWidget(m_extend);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(measure::kGap / 2);
    column->addWidget(m_text);
    column->addLayout(row);
    setRun(nullptr);
}

void PlanSection::setRun(const RunInfo* run) {
    const std::filesystem::path path = run ? run->path() : std::filesystem::path();
    const qint64 planned =
        run ? std::max<qint64>(run->summary.status.totalSteps, run->control.totalSteps) : 0;
    const bool may = run && allows(*run, RunAction::Extend);
    m_steps->setEnabled(may);
    m_extend->setEnabled(may);
    if (path == m_run && planned == m_planned) return;
    m_run = path;
    m_planned = planned;
    m_text->setText(run ? tr("Planned: %1 steps. Extend to:").arg(groupedNumber(planned))
                        : tr("Choose a run."));
    const QSignalBlocker quiet(m_steps);
    m_steps->setRange(double(planned + 1), kMaxSteps);
    m_steps->setValue(double(proposal(planned)));
}

void PlanSection::edit() {
    m_steps->setFocus(Qt::ShortcutFocusReason);
    m_steps->selectAll();
}

}  // namespace vitrine
