// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTemporaryDir>
#include <QtTest>
#include <filesystem>
#include <memory>
#include <string>

#include "ui/shell/action_registry.h"
#include "ui/shell/message_bar.h"
#include "ui/shell/settings.h"
#include "ui/shell/shell_services.h"
#include "ui/shell/status_bar.h"
#include "ui/shell/theme.h"
#include "ui/shell/undo.h"

namespace vitrine {

/// A panel with what the window would lend it and a folder of its own. The fixture of a panel with a toy
/// network derives from it, opens the panel on the toy and ends it before the toy goes.
template <class Panel>
class PanelFixture {
public:
    /// Shows the panel with `parts`; `id`: the panel's.
    template <class Parts>
    PanelFixture(const QString& id, Parts parts) : PanelFixture(id) {
        show(std::move(parts));
    }
    bool settle() {
        return QTest::qWaitFor([this] { return panel->isSettled(); }, 20'000);
    }
    /// By its name without the panel's.
    template <class T = QWidget>
    T* find(const char* name) const {
        T* found = panel->template findChild<T*>(nameOf(name));
        if (!found) qFatal("no widget named %s", qPrintable(nameOf(name)));
        return found;
    }
    QAction* action(const char* command) const {
        QAction* found = registry.action(nameOf(command));
        if (!found) qFatal("no action named %s", qPrintable(nameOf(command)));
        return found;
    }
    void run(const char* command) const { action(command)->trigger(); }
    bool can(const char* command) const { return action(command)->isEnabled(); }
    std::filesystem::path at(const std::string& name) const {
        return std::filesystem::path(folder.path().toStdString()) / name;
    }
    QString pathOf(const std::string& name) const { return QString::fromStdString(at(name).string()); }

    QTemporaryDir folder;
    ActionRegistry registry;
    UndoHistory undo;
    std::unique_ptr<Settings> settings = Settings::transient();
    MessageBar messages;
    StatusBar status;
    QString answer;  ///< of every dialog for a file or a folder
    ShellServices services{
        registry,
        undo,
        *settings,
        messages,
        status,
        {.openFile = [this](QWidget*, const QString&, const QString&, const QString&) { return answer; },
         .saveFile = [this](QWidget*, const QString&, const QString&, const QString&) { return answer; },
         .chooseFolder = [this](QWidget*, const QString&, const QString&) { return answer; }}};
    std::unique_ptr<Panel> panel;

protected:
    /// `id`: the panel's.
    explicit PanelFixture(const QString& id) : m_prefix(id + u'.') {
        Theme::instance().apply(ThemeChoice::Dark);
        registry.setContext(id);
    }

    template <class Parts>
    Panel& show(Parts parts) {
        panel = std::make_unique<Panel>(services, std::move(parts));
        panel->resize(1280, 800);
        panel->show();
        panel->setActive(true);
        return *panel;
    }

private:
    QString nameOf(const char* name) const { return m_prefix + QLatin1String(name); }

    QString m_prefix;
};

}  // namespace vitrine
