// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "core/base/image.h"
#include "ui/views/zoom_view.h"

namespace vitrine {

enum class CanvasTool { Brush, Eraser, Rectangle };

/// What a picture's pixels are said to be. Both as large as the picture.
struct CanvasMarks {
    LabelMap omission;  ///< 1 = hidden from the network
    LabelMap observed;  ///< class that is known; 255 = not known
    bool operator==(const CanvasMarks&) const = default;
};

/// A picture to paint on: an omission is hatched, an observed label has its class's colour. The left button
/// paints, the right one or Ctrl erases, Shift draws a straight line from the last place, Space or the middle
/// button pans, the wheel zooms and with Alt changes the brush.
class MaskCanvas : public ZoomView {
    Q_OBJECT
public:
    explicit MaskCanvas(QWidget* parent = nullptr);

    void setMarks(const CanvasMarks& marks);
    const CanvasMarks& marks() const { return m_marks; }
    void setTool(CanvasTool tool);
    /// A class to paint as observed; none: paint the omission.
    void setPaintedClass(std::optional<int> label);
    /// Diameter. Units: pixels of the picture, 1 to 64.
    void setBrushSize(double pixels);
    double brushSize() const { return m_brushSize; }

Q_SIGNALS:
    /// While painting. The marks of the canvas are those already.
    void edited(const CanvasMarks& marks);
    void strokeFinished();
    void brushSizeChanged(double pixels);

protected:
    void paintOver(QPainter& painter, const QRectF& picture) override;
    void paintEvent(QPaintEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    void strokeTo(const QPointF& pixel);
    void fillTo(const QPointF& pixel);
    LabelMap& paintedMap(CanvasMarks& marks) const;
    std::uint8_t paintedValue() const;
    void updateCursor();
    QImage marksImage(const QRectF& picture, qreal ratio) const;

    CanvasMarks m_marks;
    CanvasMarks m_before;  ///< the stroke
    CanvasTool m_tool = CanvasTool::Brush;
    std::optional<int> m_class;
    double m_brushSize = 16;
    bool m_painting = false;
    bool m_erasing = false;
    bool m_spaceHeld = false;
    QPointF m_last{-1, -1};  ///< pixel of the picture
    QPointF m_start;
    QPointF m_pointer{-1, -1};  ///< of the widget
};

}  // namespace vitrine
