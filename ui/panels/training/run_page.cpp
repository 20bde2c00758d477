// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/training/run_page.h"

#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "ui/panels/training/curves_pane.h"
#include "ui/panels/training/run_header.h"
#include "ui/panels/training/texts.h"
#include "ui/shell/state_notice.h"
#include "ui/shell/theme.h"
#include "ui/views/picture_film.h"
#include "ui/views/zoom_view.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

}  // namespace

RunPage::RunPage(QWidget* parent) : QWidget(parent) {
    buildLayout();
    connect(m_empty, &StateNotice::buttonPressed, this, &RunPage::noticePressed);
    connect(m_problem, &StateNotice::buttonPressed, this, &RunPage::problemPressed);
    showNotice(Notice::Loading);
}

void RunPage::buildLayout() {
    m_empty = new StateNotice(u"training.notice"_s, false, this);
    m_content = new QWidget(this);
    m_header = new RunHeader(m_content);
    m_problem = new StateNotice(u"training.problem"_s, true, m_content);
    m_problem->hide();
    m_curves = new CurvesPane(m_content);
    m_film = new PictureFilm(u"training.film"_s, m_content);
    m_film->view()->setAccessibleName(tr("Preview: the network's pictures beside the real ones"));
    m_halves = new QSplitter(Qt::Horizontal, m_content);
    m_halves->setObjectName(u"training.halves"_s);
    m_halves->setHandleWidth(measure::kGroupGap);
    m_halves->setProperty("gap", true);
    m_halves->setChildrenCollapsible(false);
    m_halves->addWidget(m_curves);
    m_halves->addWidget(m_film);
    m_halves->setSizes({1000, 1000});
    auto* column = new QVBoxLayout(m_content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(measure::kGroupGap);
    column->addWidget(m_header);
    column->addWidget(m_problem);
    column->addWidget(m_halves, 1);
    m_stack = new QStackedWidget(this);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_content);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(m_stack);
}

void RunPage::showNotice(Notice notice) {
    const auto show = [this](const QString& icon, const QString& text, const QString& button) {
        m_empty->show(StateNotice::Kind::Empty, icon, text, button);
        m_stack->setCurrentWidget(m_empty);
    };
    switch (notice) {
        case Notice::None:
            m_stack->setCurrentWidget(m_content);
            break;
        case Notice::Loading:
            show(u"training"_s, tr("Looking for runs."), {});
            break;
        case Notice::NoRuns:
            show(u"training"_s,
                 tr("No network has been trained yet. A run starts with sensible settings and shows its "
                    "curves and previews during training."),
                 tr("New run"));
            break;
        case Notice::NoSelection:
            show(u"training"_s,
                 tr("Choose a run in the table below, or several to compare their curves."),
                 {});
            break;
    }
}

void RunPage::showRun(const RunInfo& run, const QString& qualityMetric, const QString& qualityUnit) {
    showNotice(Notice::None);
    m_header->setRun(&run, qualityMetric, qualityUnit);
    showProblem(run);
    const RunPhase phase = phaseOf(run);
    m_film->setDimmed(phase == RunPhase::Failed || phase == RunPhase::Broken);
}

void RunPage::showProblem(const RunInfo& run) {
    const RunPhase phase = phaseOf(run);
    QString text = QString::fromStdString(run.summary.problem.empty() ? run.summary.status.message
                                                                      : run.summary.problem);
    if (text.isEmpty()) text = explain(phase);
    switch (phase) {
        case RunPhase::Failed:
            return m_problem->show(StateNotice::Kind::Failed, u"error"_s, text, tr("Start again"));
        case RunPhase::Broken:
            return m_problem->show(StateNotice::Kind::Failed, u"error"_s, text, {});
        case RunPhase::Interrupted:
            return m_problem->show(StateNotice::Kind::Warning, u"warning"_s, text, tr("Resume"));
        case RunPhase::NoSpace:
            return m_problem->show(StateNotice::Kind::Warning, u"warning"_s, text, {});
        default:
            m_problem->hide();
    }
}

void RunPage::showCurves(const std::vector<CurveSet>& curves, bool loaded) {
    m_curves->setCurves(curves, loaded);
}

void RunPage::showPreviewSteps(const std::vector<std::int64_t>& steps, bool loaded) {
    QStringList labels;
    for (const std::int64_t step : steps) labels << tr("step %1").arg(groupedNumber(step));
    m_film->setPlaceholder(
        loaded
            ? tr("The first preview appears after some steps: the network's pictures beside the real ones.")
            : QString());
    m_film->setMoments(labels);
}

void RunPage::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    const bool narrow = width() < 400;
    m_halves->setOrientation(narrow ? Qt::Vertical : Qt::Horizontal);
}

}  // namespace vitrine
