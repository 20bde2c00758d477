// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProxyStyle>

namespace vitrine {

/// Fusion, which underlines the letters of a menu bar only while Alt is held. The wheel scrolls the page and
/// changes no value on its way: combo boxes and tab bars never take it, sliders and spin boxes only with the
/// focus, which the wheel does not give them. Combo boxes end a text that is too long for them with an
/// ellipsis.
class WindowStyle : public QProxyStyle {
    Q_OBJECT
public:
    WindowStyle();
    int styleHint(StyleHint hint,
                  const QStyleOption* option,
                  const QWidget* widget,
                  QStyleHintReturn* data) const override;
    void polish(QWidget* widget) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

protected:
    using QProxyStyle::polish;

private:
    bool m_altIsDown = false;
};

}  // namespace vitrine
