// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/mask_canvas.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>
#include <cmath>

#include "ui/shell/theme.h"
#include "ui/views/label_colors.h"
#include "ui/views/label_paint.h"

namespace vitrine {
namespace {

constexpr double kSmallestBrush = 1;
constexpr double kLargestBrush = 64;
constexpr int kHatch = 8;              ///< logical pixels from line to line
constexpr QRgb kVeil = 0xb0202226;
constexpr QRgb kHatchLine = 0xd09aa0aa;
constexpr int kObservedAlpha = 170;

}  // namespace

MaskCanvas::MaskCanvas(QWidget* parent) : ZoomView(parent) {
    setAccessibleName(tr("Picture to paint on"));
    updateCursor();
}

void MaskCanvas::setMarks(const CanvasMarks& marks) {
    if (marks == m_marks) return;
    m_marks = marks;
    const int numHidden = countOf(m_marks.omission, 1);
    const auto numPixels = std::max<std::size_t>(1, m_marks.omission.pixels.size());
    setAccessibleDescription(tr("%1 % hidden").arg(100.0 * numHidden / double(numPixels), 0, 'f', 0));
    update();
}

void MaskCanvas::setTool(CanvasTool tool) {
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

LabelMap& MaskCanvas::paintedMap(CanvasMarks& marks) const {
    return m_class ? marks.observed : marks.omission;
}

std::uint8_t MaskCanvas::paintedValue() const {
    const bool erase = m_erasing || m_tool == CanvasTool::Eraser;
    if (m_class) return erase ? kUnknownLabel : std::uint8_t(*m_class);
    return erase ? 0 : 1;
}

void MaskCanvas::updateCursor() {
    const bool rings = m_tool != CanvasTool::Rectangle && !image().isNull();
    setCursor(m_spaceHeld ? Qt::OpenHandCursor : rings ? Qt::BlankCursor : Qt::CrossCursor);
}

void MaskCanvas::strokeTo(const QPointF& pixel) {
    paintLine(paintedMap(m_marks), m_last, pixel, std::max(0.75, m_brushSize / 2), paintedValue());
    m_last = pixel;
    update();
    Q_EMIT edited(m_marks);
}

void MaskCanvas::fillTo(const QPointF& pixel) {
    m_marks = m_before;
    const QPoint from(int(std::floor(m_start.x())), int(std::floor(m_start.y())));
    const QPoint to(int(std::floor(pixel.x())), int(std::floor(pixel.y())));
    const QRect area(QPoint(std::min(from.x(), to.x()), std::min(from.y(), to.y())),
                     QPoint(std::max(from.x(), to.x()), std::max(from.y(), to.y())));
    paintRectangle(paintedMap(m_marks), area, paintedValue());
    update();
    Q_EMIT edited(m_marks);
}

void MaskCanvas::mousePressEvent(QMouseEvent* event) {
    const bool paints = event->button() == Qt::LeftButton || event->button() == Qt::RightButton;
    if (image().isNull() || m_marks.omission.empty()) return;
    if (event->button() == Qt::MiddleButton || (m_spaceHeld && event->button() == Qt::LeftButton))
        return startPanning(event->position());
    if (!paints) return;
    const QPointF pixel = toPicture(event->position());
    m_painting = true;
    m_erasing = event->button() == Qt::RightButton || event->modifiers().testFlag(Qt::ControlModifier);
    m_before = m_marks;
    const bool goesOn = event->modifiers().testFlag(Qt::ShiftModifier) && m_last.x() >= 0;
    if (!goesOn) m_last = pixel;
    m_start = pixel;
    if (m_tool == CanvasTool::Rectangle)
        fillTo(pixel);
    else
        strokeTo(pixel);
}

void MaskCanvas::mouseMoveEvent(QMouseEvent* event) {
    m_pointer = event->position();
    ZoomView::mouseMoveEvent(event);
    update();
    if (!m_painting) return;
    if (m_tool == CanvasTool::Rectangle)
        fillTo(toPicture(event->position()));
    else
        strokeTo(toPicture(event->position()));
}

void MaskCanvas::mouseReleaseEvent(QMouseEvent* event) {
    if (isPanning()) {
        ZoomView::mouseReleaseEvent(event);
        return updateCursor();
    }
    if (!m_painting) return;
    m_painting = m_erasing = false;
    Q_EMIT strokeFinished();
}

void MaskCanvas::mouseDoubleClickEvent(QMouseEvent* event) {
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
    if (event->key() == Qt::Key_Escape && m_painting) {
        m_painting = m_erasing = false;
        m_marks = m_before;
        update();
        Q_EMIT edited(m_marks);
        Q_EMIT strokeFinished();
        return;
    }
    ZoomView::keyPressEvent(event);
}

void MaskCanvas::keyReleaseEvent(QKeyEvent* event) {
    if (event->key() != Qt::Key_Space || event->isAutoRepeat()) return ZoomView::keyReleaseEvent(event);
    m_spaceHeld = false;
    updateCursor();
}

void MaskCanvas::leaveEvent(QEvent* event) {
    m_pointer = {-1, -1};
    ZoomView::leaveEvent(event);
    update();
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
            color.setAlpha(kObservedAlpha);
            pixels[x] = qPremultiply(color.rgba());
        }
    }
    out.setDevicePixelRatio(ratio);
    return out;
}

void MaskCanvas::paintOver(QPainter& painter, const QRectF& picture) {
    const QSize size(m_marks.omission.width, m_marks.omission.height);
    if (size != image().size()) return;
    painter.drawImage(QPointF(0, 0), marksImage(picture, devicePixelRatioF()));
}

void MaskCanvas::paintEvent(QPaintEvent* event) {
    ZoomView::paintEvent(event);
    if (m_pointer.x() < 0 || image().isNull() || m_tool == CanvasTool::Rectangle || m_spaceHeld) return;
    const double radius = m_brushSize / 2 * pictureRect().width() / image().width();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(Qt::black, 3));
    painter.drawEllipse(m_pointer, radius, radius);
    painter.setPen(QPen(m_class && *m_class > 0 ? classColor(*m_class) : QColor(Qt::white), 1.5));
    painter.drawEllipse(m_pointer, radius, radius);
}

}  // namespace vitrine
