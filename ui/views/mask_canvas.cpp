// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/mask_canvas.h"

#include <QAbstractSpinBox>
#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>
#include <cmath>

#include "ui/shell/theme.h"
#include "ui/views/label_colors.h"
#include "ui/views/label_paint.h"

namespace vitrine {
namespace {

constexpr int kHatch = 8;  ///< logical pixels from line to line
constexpr QRgb kVeil = 0xb0202226;
constexpr QRgb kHatchLine = 0xd09aa0aa;
constexpr double kCornerReach = 8;  ///< logical pixels around a polygon's first corner

bool isTypedInto(const QWidget* widget) {
    return qobject_cast<const QLineEdit*>(widget) || qobject_cast<const QAbstractSpinBox*>(widget);
}

}  // namespace

MaskCanvas::MaskCanvas(QWidget* parent) : ZoomView(parent) {
    setAccessibleName(tr("Picture to paint on"));
    updateCursor();
}

void MaskCanvas::setMarks(const CanvasMarks& marks) {
    if (marks == m_marks) return;
    m_painting = m_erasing = false;  // a stroke belongs to the marks that it began on
    m_corners.clear();
    m_marks = marks;
    m_overlay = {};
    const int numHidden = countOf(m_marks.omission, 1);
    const auto numPixels = std::max<std::size_t>(1, m_marks.omission.pixels.size());
    setAccessibleDescription(tr("%1 % hidden").arg(100.0 * numHidden / double(numPixels), 0, 'f', 0));
    update();
}

void MaskCanvas::setTool(CanvasTool tool) {
    finishStroke();
    m_tool = tool;
    updateCursor();
    update();
}

void MaskCanvas::setPaintedClass(std::optional<int> label) {
    m_class = label;
    update();
}

void MaskCanvas::setBrushSize(double pixels) {
    const double size = std::clamp(pixels, kSmallestBrush, kLargestBrush);
    if (size == m_brushSize) return;
    m_brushSize = size;
    update();
    Q_EMIT brushSizeChanged(size);
}

void MaskCanvas::setLabelOpacity(double opacity) {
    m_labelOpacity = opacity;
    m_overlay = {};
    update();
}

LabelMap& MaskCanvas::paintedMap(CanvasMarks& marks) const {
    return m_class ? marks.observed : marks.omission;
}

std::uint8_t MaskCanvas::paintedValue() const {
    const bool erase = m_erasing || m_tool == CanvasTool::Eraser;
    if (m_class) return erase ? kUnknownLabel : std::uint8_t(*m_class);
    return erase ? 0 : 1;
}

void MaskCanvas::updateCursor() {
    const bool rings = hasRing() && !image().isNull();
    setCursor(m_spaceHeld ? Qt::OpenHandCursor : rings ? Qt::BlankCursor : Qt::CrossCursor);
}

void MaskCanvas::startStroke(const QPointF& pixel, Qt::MouseButton button, Qt::KeyboardModifiers keys) {
    m_painting = true;
    m_button = button;
    m_erasing = button == Qt::RightButton || keys.testFlag(Qt::ControlModifier);
    m_before = m_marks;
    const bool continues = keys.testFlag(Qt::ShiftModifier) && m_last.x() >= 0;
    if (!continues) m_last = pixel;
    m_start = pixel;
}

void MaskCanvas::paintTo(const QPointF& pixel) {
    if (hasRing()) {
        strokeTo(pixel);
    } else {
        m_marks = m_before;
        paintShape(paintedMap(m_marks), pixel);
    }
    m_overlay = {};
    update();
    Q_EMIT edited(m_marks);
}

void MaskCanvas::strokeTo(const QPointF& pixel) {
    paintLine(paintedMap(m_marks), m_last, pixel, std::max(0.75, m_brushSize / 2), paintedValue());
    m_last = pixel;
}

void MaskCanvas::paintShape(LabelMap& map, const QPointF& pixel) const {
    const auto whole = [](const QPointF& point) {
        return QPoint(int(std::floor(point.x())), int(std::floor(point.y())));
    };
    const QPoint from = whole(m_start), to = whole(pixel);
    switch (m_tool) {
        case CanvasTool::Rectangle:
            return paintRectangle(map,
                                  QRect(QPoint(std::min(from.x(), to.x()), std::min(from.y(), to.y())),
                                        QPoint(std::max(from.x(), to.x()), std::max(from.y(), to.y()))),
                                  paintedValue());
        case CanvasTool::HalfPlane:
            return paintHalfPlane(map, m_start, pixel, paintedValue());
        case CanvasTool::Polygon:
            return paintPolygon(map, QPolygonF(m_corners) << pixel, paintedValue());
        case CanvasTool::Fill:
            return paintFill(map, from, paintedValue());
        case CanvasTool::Brush:
        case CanvasTool::Eraser:
            return;
    }
}

bool MaskCanvas::closesPolygon(const QPointF& position) const {
    if (m_corners.size() < 3) return false;
    const QPointF apart = toWidget(m_corners.first()) - position;
    return QPointF::dotProduct(apart, apart) <= kCornerReach * kCornerReach;
}

void MaskCanvas::addCorner(const QPointF& position) {
    if (closesPolygon(position)) return finishStroke();
    m_corners << toPicture(position);
    paintTo(m_corners.last());
}

/// Of an open polygon the corners count, not where the pointer stands.
void MaskCanvas::finishStroke() {
    if (!m_painting) return;
    if (m_tool == CanvasTool::Polygon) paintTo(m_corners.last());
    m_corners.clear();
    m_painting = m_erasing = false;
    update();
    Q_EMIT strokeFinished();
}

void MaskCanvas::takeBack() {
    m_painting = m_erasing = false;
    m_corners.clear();
    m_marks = m_before;
    m_overlay = {};
    update();
    Q_EMIT edited(m_marks);
    Q_EMIT strokeFinished();
}

void MaskCanvas::mousePressEvent(QMouseEvent* event) {
    const bool paints = event->button() == Qt::LeftButton || event->button() == Qt::RightButton;
    if (image().isNull() || m_marks.omission.empty()) return;
    if (event->button() == Qt::MiddleButton || (m_spaceHeld && event->button() == Qt::LeftButton))
        return startPanning(event->position());
    const bool isPolygon = m_tool == CanvasTool::Polygon;
    if (!paints || (m_painting && !isPolygon)) return;
    const QPointF pixel = toPicture(event->position());
    if (!m_painting) startStroke(pixel, event->button(), event->modifiers());
    if (isPolygon)
        addCorner(event->position());
    else
        paintTo(pixel);
}

void MaskCanvas::mouseMoveEvent(QMouseEvent* event) {
    m_pointer = event->position();
    ZoomView::mouseMoveEvent(event);
    update();
    if (m_painting && !isPanning()) paintTo(toPicture(event->position()));
}

void MaskCanvas::mouseReleaseEvent(QMouseEvent* event) {
    if (isPanning()) {
        ZoomView::mouseReleaseEvent(event);
        return updateCursor();
    }
    if (event->button() == m_button && m_tool != CanvasTool::Polygon) finishStroke();
}

// The first click of the two has set its corner.
void MaskCanvas::mouseDoubleClickEvent(QMouseEvent* event) {
    if (m_tool == CanvasTool::Polygon && m_painting) return finishStroke();
    mousePressEvent(event);
}

void MaskCanvas::wheelEvent(QWheelEvent* event) {
    const bool sizes = event->modifiers() & (Qt::AltModifier | Qt::ControlModifier);
    if (!sizes) return ZoomView::wheelEvent(event);
    const QPoint delta = event->angleDelta();  // Alt turns the wheel sideways on some systems
    const int turn = delta.y() != 0 ? delta.y() : delta.x();
    setBrushSize(m_brushSize * std::pow(2.0, turn / 480.0));
    event->accept();
}

void MaskCanvas::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Space) {
        m_spaceHeld = true;
        return updateCursor();
    }
    if (m_painting && event->key() == Qt::Key_Escape) return takeBack();
    if (m_painting && m_tool == CanvasTool::Polygon) {
        if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) return finishStroke();
        if (event->key() == Qt::Key_Backspace) {
            m_corners.removeLast();
            return m_corners.isEmpty() ? takeBack() : paintTo(m_corners.last());
        }
    }
    ZoomView::keyPressEvent(event);
}

void MaskCanvas::keyReleaseEvent(QKeyEvent* event) {
    if (event->key() != Qt::Key_Space || event->isAutoRepeat()) return ZoomView::keyReleaseEvent(event);
    m_spaceHeld = false;
    updateCursor();
}

void MaskCanvas::enterEvent(QEnterEvent* event) {
    if (!isTypedInto(QApplication::focusWidget())) setFocus(Qt::MouseFocusReason);
    ZoomView::enterEvent(event);
}

void MaskCanvas::focusOutEvent(QFocusEvent* event) {
    m_spaceHeld = false;
    updateCursor();
    ZoomView::focusOutEvent(event);
}

void MaskCanvas::leaveEvent(QEvent* event) {
    m_pointer = {-1, -1};
    ZoomView::leaveEvent(event);
    update();
}

QPointF MaskCanvas::toWidget(const QPointF& pixel) const {
    const QRectF picture = pictureRect();
    return {picture.left() + pixel.x() * picture.width() / image().width(),
            picture.top() + pixel.y() * picture.height() / image().height()};
}

// At the screen's own resolution, so that the hatch is fine whatever the picture's pixels are.
QImage MaskCanvas::marksImage(const QRectF& picture, qreal ratio) const {
    const QSize size = (QSizeF(this->size()) * ratio).toSize();
    QImage out(size, QImage::Format_ARGB32_Premultiplied);
    out.fill(Qt::transparent);
    const QRgb veil = qPremultiply(kVeil), line = qPremultiply(kHatchLine);
    const LabelMap& omission = m_marks.omission;
    const int period = std::max(2, int(kHatch * ratio)), stroke = std::max(1, int(1.25 * ratio));
    const auto columnOf = [&](int x) {
        return int(std::floor((x / ratio - picture.left()) * omission.width / picture.width()));
    };
    for (int y = 0; y < size.height(); ++y) {
        const int row = int(std::floor((y / ratio - picture.top()) * omission.height / picture.height()));
        if (row < 0 || row >= omission.height) continue;
        auto* pixels = reinterpret_cast<QRgb*>(out.scanLine(y));
        for (int x = 0; x < size.width(); ++x) {
            const int column = columnOf(x);
            if (column < 0 || column >= omission.width) continue;
            if (omission.at(row, column) != 0) pixels[x] = (x + y) % period < stroke ? line : veil;
            const int label = m_marks.observed.at(row, column);
            if (label == kUnknownLabel) continue;
            QColor color = label == 0 ? QColor(Qt::white) : classColor(label);
            color.setAlphaF(float(m_labelOpacity));
            pixels[x] = qPremultiply(color.rgba());
        }
    }
    out.setDevicePixelRatio(ratio);
    return out;
}

void MaskCanvas::paintOver(QPainter& painter, const QRectF& picture) {
    const QSize size(m_marks.omission.width, m_marks.omission.height);
    if (size != image().size()) return;
    const qreal ratio = devicePixelRatioF();
    const bool fits =
        m_overlayPicture == picture && m_overlay.size() == (QSizeF(this->size()) * ratio).toSize();
    if (!fits) m_overlay = marksImage(picture, ratio);
    m_overlayPicture = picture;
    painter.drawImage(QPointF(0, 0), m_overlay);
}

void MaskCanvas::paintEvent(QPaintEvent* event) {
    ZoomView::paintEvent(event);
    if (image().isNull()) return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_pointer.x() >= 0 && hasRing() && !m_spaceHeld) paintRing(painter);
    if (!m_corners.isEmpty()) paintOutline(painter);
}

void MaskCanvas::paintRing(QPainter& painter) const {
    const double radius = m_brushSize / 2 * pictureRect().width() / image().width();
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(Qt::black, 3));
    painter.drawEllipse(m_pointer, radius, radius);
    painter.setPen(QPen(m_class && *m_class > 0 ? classColor(*m_class) : QColor(Qt::white), 1.5));
    painter.drawEllipse(m_pointer, radius, radius);
}

void MaskCanvas::paintOutline(QPainter& painter) const {
    QPolygonF outline;
    for (const QPointF& corner : m_corners) outline << toWidget(corner);
    const bool closes = closesPolygon(m_pointer);
    if (m_pointer.x() >= 0) outline << (closes ? outline.first() : m_pointer);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(Qt::black, 3));
    painter.drawPolyline(outline);
    painter.setPen(QPen(Qt::white, 1.5));
    painter.drawPolyline(outline);
    painter.setBrush(closes ? Theme::current().accent : QColor(Qt::white));
    painter.drawEllipse(outline.first(), kCornerReach / 2, kCornerReach / 2);
}

}  // namespace vitrine
