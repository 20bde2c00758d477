// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <signal.h>

#include <QAbstractButton>
#include <QTableView>
#include <QTemporaryDir>
#include <QtTest>
#include <fstream>

#include "tests/ui/panels/training/toy_training_kind.h"
#include "ui/bridge/run_watch.h"
#include "ui/panels/training/training_panel.h"
#include "ui/shell/action_registry.h"
#include "ui/shell/message_bar.h"
#include "ui/shell/settings.h"
#include "ui/shell/shell_services.h"
#include "ui/shell/status_bar.h"
#include "ui/shell/theme.h"
#include "ui/shell/undo.h"

namespace vitrine {

/// A training panel on a folder of its own, with the fake helper and a toy recipe. What is still being
/// trained at the end is killed.
class TrainingFixture {
public:
    explicit TrainingFixture(bool withData = true) {
        Theme::instance().apply(ThemeChoice::Dark);
        std::filesystem::create_directories(runs());
        if (withData) std::ofstream(at("set.vpack")) << "packed";
        makePanel();
    }
    ~TrainingFixture() {
        panel.reset();
        for (const RunSummary& run : listRuns(runs()))
            if (isLive(run.status.state) && run.status.pid > 0) ::kill(pid_t(run.status.pid), SIGKILL);
    }

    /// Closes the window and opens another.
    void makePanel() {
        panel.reset();
        undo.clear();
        registry = std::make_unique<ActionRegistry>();
        lent = std::make_unique<ShellServices>(
            ShellServices{*registry, undo, *settings, messages, status, dialogs()});
        lent->openInPanel = [this](const QString& id, const QString& path) {
            opened << id + QLatin1Char(':') + path;
        };
        registry->setContext(QStringLiteral("training"));
        TrainingPanelParts parts;
        parts.program = QStringLiteral(VITRINE_FAKE_HELPER);
        parts.runs = runs();
        parts.data = {at("set.vpack"), at("sheet.png")};
        parts.recipes = {&recipe};
        panel = std::make_unique<TrainingPanel>(*lent, parts);
        panel->resize(1280, 800);
        panel->show();
    }

    std::filesystem::path at(const char* name) const {
        return (folder.path() + u'/' + QLatin1String(name)).toStdString();
    }
    std::filesystem::path runs() const { return at("runs"); }
    template <class T = QWidget>
    T* find(const char* name) const {
        T* found = panel->findChild<T*>(QString::fromLatin1(name));
        if (!found) qFatal("no widget named %s", name);
        return found;
    }
    QAction* action(const char* id) const {
        QAction* found = registry->action(QLatin1String("training.") + QLatin1String(id));
        if (!found) qFatal("no action named %s", id);
        return found;
    }
    void run(const char* id) const { action(id)->trigger(); }
    bool can(const char* id) const { return action(id)->isEnabled(); }
    RunPhase phase() const { return panel->currentRun() ? phaseOf(*panel->currentRun()) : RunPhase::New; }
    QString shownState() const { return find<QLabel>("training.header.state")->text(); }

    /// By the form, as a user does. Returns when it is in the table.
    bool startRun(const char* outcome = "no", int steps = 0) {
        run("new");
        if (!QTest::qWaitFor([this] { return can("begin"); }, 5000)) return false;
        if (steps > 0) editField("steps", steps);
        if (QLatin1String(outcome) != QLatin1String("no")) editField("fake", QLatin1String(outcome));
        const auto before = panel->watch().runs().size();
        run("begin");
        return QTest::qWaitFor(
            [this, before] { return panel->watch().runs().size() > before && panel->currentRun(); }, 10000);
    }
    void editField(const char* key, const QVariant& value) const {
        QWidget* control = find((std::string("training.form.") + key).c_str());
        control->setProperty(control->metaObject()->userProperty().name(), value);
    }

    ToyTrainingKind recipe;
    QTemporaryDir folder;
    int choice = -1;     ///< what the user answers
    QStringList asked;   ///< titles of questions
    QStringList opened;  ///< "panel:path"
    QString text;        ///< what the user types; empty: takes the proposal
    UndoHistory undo;
    std::unique_ptr<Settings> settings = Settings::transient();
    MessageBar messages;
    StatusBar status;
    std::unique_ptr<ActionRegistry> registry;
    std::unique_ptr<ShellServices> lent;
    std::unique_ptr<TrainingPanel> panel;

private:
    Dialogs dialogs() {
        Dialogs answers;
        answers.choose = [this](QWidget*, const QString& title, const QString&, const QStringList&) {
            asked << title;
            return choice;
        };
        answers.askText = [this](QWidget*, const QString&, const QString&, const QString& proposal) {
            return text.isEmpty() ? proposal : text;
        };
        return answers;
    }
};

}  // namespace vitrine
