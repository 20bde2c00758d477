// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTimer>

#include "ui/bridge/probe_service.h"
#include "ui/bridge/run_service.h"
#include "ui/bridge/run_watch.h"
#include "ui/panels/training/cost_section.h"
#include "ui/panels/training/new_run_page.h"
#include "ui/panels/training/training_panel.h"
#include "ui/shell/undo.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

QString jsonOf(const RunDraft& draft) {
    return QString::fromUtf8(QJsonDocument(draft.config).toJson(QJsonDocument::Compact));
}

QString presetOf(const RunDraft& draft) {
    const QString preset = draft.config["stages"_L1].toArray().last().toObject()["preset"_L1].toString();
    return !preset.isEmpty() ? preset : !draft.templateId.isEmpty() ? draft.templateId : draft.recipe;
}

}  // namespace

void TrainingPanel::newRun() {
    if (m_state.draft.recipe.isEmpty()) {
        m_state.draft = m_newRunPage->proposal({}, {});
        m_state.draft.name = proposedName(m_state.draft);
    }
    renewTakenName();
    if (m_state.page != TrainingPage::NewRun) {
        // "Start" stands where "New run" stood: a double click must not start a training.
        m_guarded = true;
        QTimer::singleShot(QApplication::doubleClickInterval(), this, [this] {
            m_guarded = false;
            updateCommands();
        });
    }
    m_state.page = TrainingPage::NewRun;
    showDraft();
    showPage();
}

QString TrainingPanel::proposedName(const RunDraft& draft) const {
    for (int number = 1;; ++number) {
        const QString name = u"%1-%2"_s.arg(presetOf(draft)).arg(number);
        if (!m_watch->find(m_parts.runs / name.toStdString())) return name;
    }
}

void TrainingPanel::renewTakenName() {
    const QString name = m_state.draft.name.trimmed();
    if (!name.isEmpty() && m_watch->find(m_parts.runs / name.toStdString()))
        m_state.draft.name = proposedName(m_state.draft);
}

void TrainingPanel::editDraft(const RunDraft& draft, const QString& text) {
    RunDraft after = draft;
    const bool nameIsOurs = m_state.draft.name == proposedName(m_state.draft);
    if (after.name.isEmpty() && after.templateId != m_state.draft.templateId) after.name = m_state.draft.name;
    if (nameIsOurs && after.name == m_state.draft.name) after.name = proposedName(after);
    services().undo.set(
        u"training.draft."_s + text, text, m_state.draft, after, [this](const RunDraft& shown) {
            m_state.draft = shown;
            m_cost->setStale();
            showDraft();
            if (m_state.page != TrainingPage::NewRun) setPage(TrainingPage::NewRun);
            updateCommands();
        });
}

Result<std::string> TrainingPanel::normalisedDraft() const {
    for (std::size_t i = 0; i < m_infos.size(); ++i)
        if (QString::fromStdString(m_infos[i].id) == m_state.draft.recipe)
            return m_parts.recipes[i]->normalise(jsonOf(m_state.draft).toStdString());
    return Error{ErrorCode::NotFound, "Choose what to train."};
}

QString TrainingPanel::nameProblem() const {
    const QString name = m_state.draft.name.trimmed();
    if (name.isEmpty()) return tr("Give the run a name.");
    if (name.contains(u'/') || name.startsWith(u'.'))
        return tr("A name must not contain \"/\" or start with a dot.");
    if (m_watch->find(m_parts.runs / name.toStdString())) return tr("This name is taken; choose another.");
    return {};
}

void TrainingPanel::showDraft() {
    const TrainingKindInfo* recipe = m_newRunPage->recipe(m_state.draft.recipe);
    const bool usesChairs =
        recipe && recipe->usesChairs && m_state.draft.config["data"_L1].toString().isEmpty();
    m_newRunPage->setDataMissing(usesChairs && m_data->isThere() == false);
    if (m_state.draft.recipe.isEmpty()) return;
    m_newRunPage->setDraft(m_state.draft);
    const Result<std::string> normalised = normalisedDraft();
    m_newRunPage->setProblems(normalised ? nullptr : &normalised.error(), nameProblem());
    m_cost->setMayMeasure(normalised.ok() && !m_newRunPage->dataIsMissing());
}

void TrainingPanel::startDraft() {
    const Result<std::string> normalised = normalisedDraft();
    if (!normalised || !nameProblem().isEmpty()) return;
    const QString name = m_state.draft.name.trimmed();
    m_state.runs = {name};
    m_runs->create(
        name, QString::fromStdString(*normalised), [this](const Result<std::filesystem::path>& made) {
            if (!made) return;
            m_state.draft = {};  // the next one is proposed anew
            setPage(TrainingPage::Runs);
            showRuns();
        });
}

void TrainingPanel::measureDraft() {
    const Result<std::string> normalised = normalisedDraft();
    if (!normalised) return;
    m_cost->setMeasuring(true);
    m_probe->measure(QString::fromStdString(*normalised));
}

}  // namespace vitrine
