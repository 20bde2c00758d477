// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QLabel;
class QHBoxLayout;

namespace vitrine {

class ActionRegistry;

/// All keys that work now, over the window; any key or click closes it. Thread: GUI.
class CheatSheet : public QFrame {
    Q_OBJECT
public:
    CheatSheet(const ActionRegistry& actions, QWidget* window);
    void open();

protected:
    bool event(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

private:
    void fill();
    void place();

    const ActionRegistry& m_actions;
    QHBoxLayout* m_columns = nullptr;
};

}  // namespace vitrine
