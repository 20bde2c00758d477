// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <functional>

class QWidget;

namespace vitrine {

/// The questions only the user can answer. A seam: tests put answers in; the window puts Qt's dialogs in.
/// Empty = cancelled.
struct Dialogs {
    std::function<QString(
        QWidget* parent, const QString& title, const QString& folder, const QString& filter)>
        openFile;
    std::function<QString(QWidget* parent, const QString& title, const QString& path, const QString& filter)>
        saveFile;
    std::function<QString(QWidget* parent, const QString& title, const QString& folder)> chooseFolder;
    /// A decision: the index of the chosen button, or -1 for none of them. The first is the safe one.
    std::function<int(QWidget* parent, const QString& title, const QString& text, const QStringList& buttons)>
        choose = {};
    std::function<QString(
        QWidget* parent, const QString& title, const QString& label, const QString& proposal)>
        askText = {};

    static Dialogs ofQt();
};

}  // namespace vitrine
