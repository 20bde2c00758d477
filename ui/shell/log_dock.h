// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QDockWidget>
#include <deque>

#include "core/base/log.h"

class QComboBox;
class QPlainTextEdit;

namespace vitrine {

/// What the program said since it started, newest last; nothing a message bar showed is lost.
/// It listens to core's log from any thread while it lives. Thread: GUI.
class LogDock : public QDockWidget {
    Q_OBJECT
public:
    explicit LogDock(QWidget* parent = nullptr);
    ~LogDock() override;

    /// As shown, with the level chosen.
    QString text() const;

public Q_SLOTS:
    void copyAll();
    void clear();

private:
    struct Line {
        QDateTime when;
        LogLevel level;
        QString text;
    };
    void buildLayout();
    QWidget* buildTitle();
    void append(LogLevel level, const QString& text);
    void showLine(const Line& line);
    void showAll();
    bool isShown(const Line& line) const;

    static constexpr std::size_t kMaxLines = 5000;
    std::deque<Line> m_lines;
    QComboBox* m_level = nullptr;
    QPlainTextEdit* m_view = nullptr;
};

}  // namespace vitrine
