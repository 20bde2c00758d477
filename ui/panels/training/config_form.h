// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QJsonObject>
#include <QWidget>
#include <functional>
#include <vector>

#include "core/base/result.h"
#include "core/train/training_kind.h"

class QLabel;
class QTabBar;
class QToolButton;
class QVBoxLayout;

namespace vitrine {

class FieldEditor;
class InspectorSection;

/// A form made of a recipe's own fields: groups that fold, the advanced ones folded at first, and the stages
/// behind tabs. It shows a configuration and says what the user makes of it; it keeps none.
class ConfigForm : public QWidget {
    Q_OBJECT
public:
    using AskForFile = std::function<QString(const QString& title)>;
    ConfigForm(const TrainingKindInfo& recipe, AskForFile askForFile, QWidget* parent = nullptr);

    /// Silent.
    void setConfig(const QJsonObject& config);
    const QJsonObject& config() const { return m_config; }
    /// At the field that its message names; what names none stands above all.
    void setError(const Error* error);
    int stage() const;
    void setStage(int stage);
    /// Where the named field is: "stages[1].steps".
    FieldEditor* editor(const QString& name) const;

Q_SIGNALS:
    /// `text` names the change for undo: "Change Batch size".
    void edited(const QJsonObject& config, const QString& text);
    void editFinished();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void buildLayout();
    void addGroups(const std::vector<ConfigField>& fields, bool advanced);
    InspectorSection* addSection(const QString& id, const QString& title);
    FieldEditor* makeEditor(const ConfigField& field, const QString& id);
    void buildStages();
    void addStageFields(QVBoxLayout* layout, bool advanced);
    void fieldEdited(const FieldEditor* editor, const ConfigField& field);
    void stageFieldEdited(const FieldEditor* editor, const ConfigField& field);
    void changeStages(const std::function<void(QJsonArray&, int)>& change,
                      int nextStage,
                      const QString& text);
    void showStages();
    void showStage();
    void showError();

    TrainingKindInfo m_recipe;
    AskForFile m_askForFile;
    QJsonObject m_config;
    QHash<QString, FieldEditor*> m_fields;
    QHash<QString, FieldEditor*> m_stageFields;
    QString m_errorField;
    QString m_errorText;
    QLabel* m_problem = nullptr;
    QVBoxLayout* m_column = nullptr;
    QTabBar* m_tabs = nullptr;
    QToolButton* m_remove = nullptr;
};

}  // namespace vitrine
