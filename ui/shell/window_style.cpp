// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/window_style.h"

#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QKeyEvent>
#include <QMenu>
#include <QScrollBar>
#include <QTabBar>

using namespace Qt::StringLiterals;

namespace vitrine {
namespace {

bool isChoice(const QObject* object) {
    return qobject_cast<const QComboBox*>(object) || qobject_cast<const QTabBar*>(object);
}

bool isNumber(const QObject* object) {
    return qobject_cast<const QAbstractSpinBox*>(object) ||
           (qobject_cast<const QAbstractSlider*>(object) && !qobject_cast<const QScrollBar*>(object));
}

bool ignoresWheel(const QObject* object) {
    return isChoice(object) || (isNumber(object) && !static_cast<const QWidget*>(object)->hasFocus());
}

}  // namespace

WindowStyle::WindowStyle() : QProxyStyle(u"Fusion"_s) {
    qApp->installEventFilter(this);
}

int WindowStyle::styleHint(StyleHint hint,
                           const QStyleOption* option,
                           const QWidget* widget,
                           QStyleHintReturn* data) const {
    if (hint == SH_UnderlineShortcut) return m_altIsDown || qobject_cast<const QMenu*>(widget);
    return QProxyStyle::styleHint(hint, option, widget, data);
}

void WindowStyle::polish(QWidget* widget) {
    QProxyStyle::polish(widget);
    if ((isChoice(widget) || isNumber(widget)) && widget->focusPolicy() == Qt::WheelFocus)
        widget->setFocusPolicy(Qt::StrongFocus);
}

bool WindowStyle::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Wheel && ignoresWheel(watched)) {
        event->ignore();  // the widget behind it gets it
        return true;
    }
    const bool isKey = event->type() == QEvent::KeyPress || event->type() == QEvent::KeyRelease;
    if (isKey && watched->isWindowType() && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Alt) {
        m_altIsDown = event->type() == QEvent::KeyPress;
        for (QWidget* window : QApplication::topLevelWidgets()) {
            for (QWidget* child : window->findChildren<QWidget*>()) child->update();
        }
    }
    return QProxyStyle::eventFilter(watched, event);
}

}  // namespace vitrine
