// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QAction;
class QVBoxLayout;

namespace vitrine {

/// The bar at the left edge: one entry per panel, a few window commands at its foot.
class Rail : public QWidget {
    Q_OBJECT
public:
    explicit Rail(QWidget* parent = nullptr);
    /// `action` is checkable and exclusive with the other panels' ones.
    void addPanelAction(QAction* action);
    void addFootAction(QAction* action);
    /// The panel's action whose entry is at a place of the rail; nullptr: none.
    QAction* panelActionAt(const QPoint& position) const;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QVBoxLayout* m_panels = nullptr;
    QVBoxLayout* m_foot = nullptr;
};

}  // namespace vitrine
