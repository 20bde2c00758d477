// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QJsonObject>
#include <QLockFile>
#include <QObject>
#include <QTimer>
#include <functional>
#include <memory>
#include <optional>

namespace vitrine {

/// What a window that closed unexpectedly left behind.
struct LeftWork {
    QString path;     ///< the state, to be loaded
    QString project;  ///< the project file that it belongs to; empty: none
    QDateTime time;   ///< of its last change
};

/// Keeps what the window shows in a file of a folder, a few seconds after each change, until a clean end. A
/// lock file tells the work of a running window from what one left behind. Thread: GUI.
class Autosave : public QObject {
    Q_OBJECT
public:
    static constexpr int kWaitMs = 5000;

    /// `state` is asked for at each writing. A folder that cannot be written is said once in the log.
    Autosave(const QString& folder, std::function<QJsonObject()> state, QObject* parent = nullptr);
    ~Autosave() override;

    /// Something changed: it is written soon.
    void changed();
    /// Nothing is left to be recovered: saved by the user, or a clean end.
    void drop();
    void writeNow();

    /// The newest work that no running window holds; older pieces wait for the next time. What is damaged is
    /// set aside as NAME.damaged, and named in `damaged`.
    static std::optional<LeftWork> leftWork(const QString& folder, QStringList* damaged = nullptr);
    static void remove(const LeftWork& work);

private:
    QString m_path;
    std::function<QJsonObject()> m_state;
    std::unique_ptr<QLockFile> m_lock;
    QTimer m_timer;
    bool m_hasFailed = false;
};

/// Key of the project file's path in a state.
inline constexpr auto kProjectKey = "project";

}  // namespace vitrine
