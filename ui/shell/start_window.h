// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QVBoxLayout;

namespace vitrine {

struct Lesson;

/// Where to begin: the projects used last and the lessons. Thread: GUI.
class StartWindow : public QDialog {
    Q_OBJECT
public:
    explicit StartWindow(QWidget* parent = nullptr);

    /// The newest first; those that are gone are left out.
    void setProjects(const QStringList& paths);

Q_SIGNALS:
    void projectChosen(const QString& path);
    void lessonChosen(const vitrine::Lesson& lesson);
    void tourChosen();

private:
    void addLesson(const Lesson& lesson, QVBoxLayout* column);

    QVBoxLayout* m_projects = nullptr;
};

}  // namespace vitrine
