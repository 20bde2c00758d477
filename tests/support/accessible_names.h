// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSlider>
#include <QAbstractSpinBox>
#include <QAccessible>
#include <QComboBox>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QStringList>
#include <QTableView>
#include <QTextEdit>

namespace vitrine {

inline bool isPartOfAnother(const QWidget* widget) {
    const QWidget* parent = widget->parentWidget();
    return qobject_cast<const QScrollBar*>(widget) || qobject_cast<const QAbstractSpinBox*>(parent) ||
           qobject_cast<const QComboBox*>(parent) || qobject_cast<const QTableView*>(parent) ||
           widget->objectName().startsWith(QLatin1String("qt_")) ||
           (parent && parent->inherits("QComboBoxPrivateContainer"));
}

/// A widget that a key or the mouse can act on: the known kinds, and whatever takes the focus by Tab.
inline bool isInteractive(const QWidget* widget) {
    if (isPartOfAnother(widget) || qobject_cast<const QMenu*>(widget)) return false;
    return qobject_cast<const QAbstractButton*>(widget) || qobject_cast<const QAbstractSlider*>(widget) ||
           qobject_cast<const QAbstractSpinBox*>(widget) || qobject_cast<const QComboBox*>(widget) ||
           qobject_cast<const QLineEdit*>(widget) || qobject_cast<const QAbstractItemView*>(widget) ||
           qobject_cast<const QTextEdit*>(widget) || qobject_cast<const QPlainTextEdit*>(widget) ||
           (widget->focusPolicy() & Qt::TabFocus);
}

/// One line per interactive widget under `root` that a screen reader couldn't name, and per one without an
/// objectName.
inline QStringList unnamedWidgets(QWidget* root) {
    QStringList lines;
    for (QWidget* widget : root->findChildren<QWidget*>()) {
        if (!isInteractive(widget) || widget->focusProxy()) continue;
        QAccessibleInterface* face = QAccessible::queryAccessibleInterface(widget);
        const QString name = face ? face->text(QAccessible::Name) : QString();
        if (!name.isEmpty() && !widget->objectName().isEmpty()) continue;
        QString path;
        for (const QWidget* up = widget; up && up != root; up = up->parentWidget()) {
            path.prepend(QLatin1Char('/') + QLatin1String(up->metaObject()->className()) + QLatin1Char('#') +
                         up->objectName());
        }
        lines << path + (name.isEmpty() ? QLatin1String(": no accessible name")
                                        : QLatin1String(": no objectName"));
    }
    return lines;
}

}  // namespace vitrine
