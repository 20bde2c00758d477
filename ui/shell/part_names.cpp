// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/part_names.h"

#include <QAbstractButton>
#include <QHeaderView>
#include <QLineEdit>
#include <QTableView>
#include <QToolButton>

#include "ui/shell/text.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

void name(QWidget* part, const QString& id, const QString& text) {
    part->setObjectName(id);
    part->setAccessibleName(text);
}

}  // namespace

void nameParts(QTableView* table) {
    name(table->horizontalHeader(), table->objectName() + ".columns"_L1, tr("Columns"));
    name(table->verticalHeader(), table->objectName() + ".rows"_L1, tr("Rows"));
    if (auto* corner = table->findChild<QAbstractButton*>({}, Qt::FindDirectChildrenOnly))
        name(corner, table->objectName() + ".corner"_L1, tr("Select all"));
}

void nameButtons(QLineEdit* line) {
    const QList<QToolButton*> buttons = line->findChildren<QToolButton*>();
    for (int i = 0; i < buttons.size(); ++i)
        name(buttons[i], u"%1.button%2"_s.arg(line->objectName()).arg(i), i == 0 ? tr("Clear") : tr("Find"));
}

}  // namespace vitrine
