// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QWidget>
#include <functional>
#include <vector>

#include "core/train/training_kind.h"
#include "ui/panels/training/training_state.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QScrollArea;
class QStackedWidget;

namespace vitrine {

class ConfigForm;
class StateNotice;

/// The stage of a new run: what to train, from which preset, under which name; and all its settings. It
/// shows a draft and says what the user makes of it.
class NewRunPage : public QWidget {
    Q_OBJECT
public:
    using AskForFile = std::function<QString(const QString& title)>;
    NewRunPage(std::vector<TrainingKindInfo> recipes, AskForFile askForFile, QWidget* parent = nullptr);

    void setDraft(const RunDraft& draft);
    /// Of the configuration, or nothing; and of the name.
    void setProblems(const Error* config, const QString& name);
    /// Says so, and offers to render it.
    void setDataMissing(bool missing);
    bool dataIsMissing() const { return m_dataMissing; }
    /// A draft as the recipe proposes it. `recipe` and `templateId` may be empty: the first ones.
    RunDraft proposal(const QString& recipe, const QString& templateId) const;
    const TrainingKindInfo* recipe(const QString& id) const;
    ConfigForm* form() const;

Q_SIGNALS:
    /// `text` names the change for undo.
    void edited(const RunDraft& draft, const QString& text);
    void editFinished();
    void dataWanted();

private:
    void buildLayout();
    QWidget* buildTop();
    void connectSignals();
    void chooseTemplate();
    ConfigForm* formOf(const QString& recipe);

    std::vector<TrainingKindInfo> m_recipes;
    AskForFile m_askForFile;
    RunDraft m_draft;
    bool m_dataMissing = false;
    StateNotice* m_notice = nullptr;
    QComboBox* m_recipe = nullptr;
    QComboBox* m_template = nullptr;
    QLabel* m_summary = nullptr;
    QLineEdit* m_name = nullptr;
    QLabel* m_nameError = nullptr;
    QScrollArea* m_scroll = nullptr;
    QHash<QString, ConfigForm*> m_forms;
    QStackedWidget* m_stack = nullptr;
};

}  // namespace vitrine
