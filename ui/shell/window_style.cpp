// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/window_style.h"

#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QKeyEvent>
#include <QMenu>
#include <QScrollBar>
#include <QStyleOptionComboBox>
#include <QStylePainter>
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

/// Lends what a combo box keeps to its subclasses.
struct OpenComboBox : QComboBox {
    using QComboBox::initStyleOption;
};

/// A combo box whose text does not fit: as Qt paints it, with an ellipsis. False: it fits.
bool paintElided(QComboBox* box) {
    if (box->isEditable()) return false;
    QStyleOptionComboBox option;
    (box->*(&OpenComboBox::initStyleOption))(&option);
    const QRect field =
        box->style()->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxEditField, box);
    constexpr int kGaps = 4;  // that styles leave at the ends of the text, and behind the icon
    const int icon = option.currentIcon.isNull() ? 0 : option.iconSize.width() + kGaps;
    const QString shown =
        option.fontMetrics.elidedText(option.currentText, Qt::ElideRight, field.width() - icon - kGaps);
    if (shown == option.currentText) return false;
    option.currentText = shown;
    QStylePainter painter(box);
    painter.drawComplexControl(QStyle::CC_ComboBox, option);
    painter.drawControl(QStyle::CE_ComboBoxLabel, option);
    return true;
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
    if (event->type() == QEvent::Paint)
        if (auto* box = qobject_cast<QComboBox*>(watched)) return paintElided(box);
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
