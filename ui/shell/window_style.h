// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProxyStyle>

namespace vitrine {

/// Fusion, which underlines the letters of a menu bar only while Alt is held.
class WindowStyle : public QProxyStyle {
    Q_OBJECT
public:
    WindowStyle();
    int styleHint(StyleHint hint,
                  const QStyleOption* option,
                  const QWidget* widget,
                  QStyleHintReturn* data) const override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    bool m_altIsDown = false;
};

}  // namespace vitrine
