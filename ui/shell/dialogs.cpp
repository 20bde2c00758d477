// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/dialogs.h"

#include <QFileDialog>
#include <QInputDialog>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>

namespace vitrine {
namespace {

int chooseByBox(QWidget* parent, const QString& title, const QString& text, const QStringList& buttons) {
    QMessageBox box(QMessageBox::Question, title, text, QMessageBox::NoButton, parent);
    QList<QPushButton*> made;
    for (const QString& button : buttons) made << box.addButton(button, QMessageBox::ActionRole);
    QPushButton* none = box.addButton(QMessageBox::Cancel);
    box.setEscapeButton(none);
    if (!made.isEmpty()) box.setDefaultButton(made.first());
    box.exec();
    return int(made.indexOf(box.clickedButton()));
}

}  // namespace

Dialogs Dialogs::ofQt() {
    return {
        [](QWidget* parent, const QString& title, const QString& folder, const QString& filter) {
            return QFileDialog::getOpenFileName(parent, title, folder, filter);
        },
        [](QWidget* parent, const QString& title, const QString& path, const QString& filter) {
            return QFileDialog::getSaveFileName(parent, title, path, filter);
        },
        [](QWidget* parent, const QString& title, const QString& folder) {
            return QFileDialog::getExistingDirectory(parent, title, folder);
        },
        chooseByBox,
        [](QWidget* parent, const QString& title, const QString& label, const QString& proposal) {
            return QInputDialog::getText(parent, title, label, QLineEdit::Normal, proposal);
        },
    };
}

}  // namespace vitrine
