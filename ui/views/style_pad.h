// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointF>
#include <QWidget>

namespace vitrine {

/// The plane between four styles: A top left, B top right, C bottom left, D bottom right. It may be wider
/// than high. The rim outside the inner line extrapolates. Arrow keys: 0.02, Home: A, End: D; double-click:
/// the middle.
class StylePad : public QWidget {
    Q_OBJECT
public:
    explicit StylePad(QWidget* parent = nullptr);

    QPointF value() const { return m_value; }
    /// Emits nothing. (0, 0) = A, (1, 1) = D.
    void setValue(const QPointF& value);
    QPointF positionOf(const QPointF& value) const;

    QSize sizeHint() const override { return {320, 104}; }
    QSize minimumSizeHint() const override { return {120, 80}; }

Q_SIGNALS:
    void valueChanged(const QPointF& value);
    void dragFinished();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;

private:
    QRectF unitRect() const;
    void moveTo(const QPointF& position, bool free);
    void set(const QPointF& value);

    QPointF m_value;
    bool m_dragging = false;
};

}  // namespace vitrine
