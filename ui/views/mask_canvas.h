// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPolygonF>
#include <optional>

#include "core/base/image.h"
#include "ui/views/zoom_view.h"

namespace vitrine {

enum class CanvasTool {
    Brush,
    Eraser,
    Rectangle,
    HalfPlane,  ///< all that lies beyond where the drag begins, in its direction
    Polygon,    ///< a click sets a corner; the first corner, a double-click or Return close it
    Fill
};

/// What a picture's pixels are said to be. Both as large as the picture.
struct CanvasMarks {
    LabelMap omission;  ///< 1 = hidden from the network
    LabelMap observed;  ///< class that is known; 255 = not known
    bool operator==(const CanvasMarks&) const = default;
};

/// A picture to paint on: an omission is hatched, an observed label has its class's colour. The left button
/// paints, the right one or Ctrl erases, Shift draws a straight line from the last place, Space or the middle
/// button pans, the wheel zooms and with Alt changes the brush. Escape takes back what is being painted,
/// Backspace a polygon's last corner. The pointer brings the keys along, unless they type somewhere.
class MaskCanvas : public ZoomView {
    Q_OBJECT
public:
    static constexpr double kSmallestBrush = 1, kLargestBrush = 64;

    explicit MaskCanvas(QWidget* parent = nullptr);

    void setMarks(const CanvasMarks& marks);
    const CanvasMarks& marks() const { return m_marks; }
    void setTool(CanvasTool tool);
    /// A class to paint as observed; none: paint the omission.
    void setPaintedClass(std::optional<int> label);
    /// How much observed labels cover of the picture.
    void setLabelOpacity(double opacity);
    /// Diameter. Units: pixels of the picture, kSmallestBrush to kLargestBrush.
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
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void startStroke(const QPointF& pixel, Qt::MouseButton button, Qt::KeyboardModifiers keys);
    void paintTo(const QPointF& pixel);
    void strokeTo(const QPointF& pixel);
    /// What the tool makes of the map between the stroke's start and `pixel`.
    void paintShape(LabelMap& map, const QPointF& pixel) const;
    void addCorner(const QPointF& position);
    bool closesPolygon(const QPointF& position) const;
    void finishStroke();
    void takeBack();
    bool hasRing() const { return m_tool == CanvasTool::Brush || m_tool == CanvasTool::Eraser; }
    void paintRing(QPainter& painter) const;
    void paintOutline(QPainter& painter) const;
    LabelMap& paintedMap(CanvasMarks& marks) const;
    std::uint8_t paintedValue() const;
    void updateCursor();
    QPointF toWidget(const QPointF& pixel) const;
    QImage marksImage(const QRectF& picture, qreal ratio) const;

    CanvasMarks m_marks;
    CanvasMarks m_before;  ///< the stroke
    CanvasTool m_tool = CanvasTool::Brush;
    std::optional<int> m_class;
    double m_brushSize = 16;
    double m_labelOpacity = 2.0 / 3;
    bool m_painting = false;
    Qt::MouseButton m_button = Qt::NoButton;  ///< that began the stroke
    bool m_erasing = false;
    bool m_spaceHeld = false;
    QPointF m_last{-1, -1};  ///< pixel of the picture
    QPointF m_start;
    QPolygonF m_corners;        ///< of the open polygon, pixels of the picture
    QPointF m_pointer{-1, -1};  ///< of the widget
    QImage m_overlay;           ///< the marks as they are drawn; null: not drawn since they changed
    QRectF m_overlayPicture;    ///< what it was drawn for
};

}  // namespace vitrine
