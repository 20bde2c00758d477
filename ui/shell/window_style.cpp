// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/window_style.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMenu>

using namespace Qt::StringLiterals;

namespace vitrine {

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

bool WindowStyle::eventFilter(QObject* watched, QEvent* event) {
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
