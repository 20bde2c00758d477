// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/image_view.h"

#include <QContextMenuEvent>
#include <QFocusEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>
#include <utility>

#include "ui/shell/theme.h"

namespace vitrine {
namespace {

constexpr int kLabelOpacity = 215;  ///< of the zoom's ground, of 255

/// Where an arrow key leads, in steps; none for another key.
QPointF stepOf(int key) {
    switch (key) {
        case Qt::Key_Left:
            return {-1, 0};
        case Qt::Key_Right:
            return {1, 0};
        case Qt::Key_Up:
            return {0, -1};
        case Qt::Key_Down:
            return {0, 1};
        default:
            return {};
    }
}

}  // namespace

ImageView::ImageView(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void ImageView::setImage(const QImage& image) {
    if (image.cacheKey() == m_image.cacheKey()) return;
    m_image = image;
    m_announced = false;
    update();
}

void ImageView::setPlaceholder(const QString& text) {
    if (m_placeholder == text) return;
    m_placeholder = text;
    update();
}

void ImageView::setSmooth(bool smooth) {
    m_smooth = smooth;
    update();
}

void ImageView::setDimmed(bool dimmed) {
    m_dimmed = dimmed;
    update();
}

void ImageView::setDraggable(bool draggable) {
    m_draggable = draggable;
    setFocusPolicy(draggable ? Qt::StrongFocus : Qt::NoFocus);
    updateCursor();
}

void ImageView::setAlignment(Qt::Alignment alignment) {
    m_alignment = alignment;
    update();
}

void ImageView::setZoomable(bool zoomable) {
    m_zoomable = zoomable;
    if (zoomable) grabGesture(Qt::PinchGesture);
}

void ImageView::setZoomShown(bool shown) {
    m_zoomShown = shown;
    update();
}

void ImageView::setView(double zoom, const QPointF& center) {
    m_zoom.set(zoom, center, zoomFrame());
    updateCursor();
    update();
}

void ImageView::zoomBy(double factor, const QPointF& at) {
    if (m_image.isNull()) return;
    m_zoom.zoomBy(factor, at, zoomFrame());
    changeView();
}

void ImageView::zoomBy(double factor) {
    zoomBy(factor, frameRect().center());
}

void ImageView::fit() {
    m_zoom = {};
    changeView();
}

void ImageView::changeView() {
    updateCursor();
    update();
    Q_EMIT viewChanged(m_zoom.zoom(), m_zoom.center());
}

/// Logical pixels of the widget a pixel of the picture.
double ImageView::fitScale() const {
    const QSizeF source = m_image.isNull() ? QSizeF(1, 1) : QSizeF(m_image.size());
    const double scale = std::min(width() / source.width(), height() / source.height());
    if (m_smooth || m_image.isNull()) return scale;
    // Whole device pixels a source pixel, so that every one is equally large.
    const double ratio = devicePixelRatioF();
    return std::max(1.0, std::floor(scale * ratio)) / ratio;
}

QRectF ImageView::frameRect() const {
    const QSizeF size = (m_image.isNull() ? QSizeF(1, 1) : QSizeF(m_image.size())) * fitScale();
    QPointF topLeft((width() - size.width()) / 2, (height() - size.height()) / 2);
    if (m_alignment & Qt::AlignTop) topLeft.setY(0);
    if (m_alignment & Qt::AlignLeft) topLeft.setX(0);
    if (m_alignment & Qt::AlignRight) topLeft.setX(width() - size.width());
    return {QPointF(std::round(topLeft.x()), std::round(topLeft.y())), size};
}

ZoomFrame ImageView::zoomFrame() const {
    const QRectF frame = frameRect();
    return {frame, frame.size(), m_smooth ? 0 : 1 / (fitScale() * devicePixelRatioF())};
}

QRectF ImageView::pictureRect() const {
    return m_zoom.isFit() ? frameRect() : m_zoom.place(zoomFrame());
}

bool ImageView::event(QEvent* event) {
    const bool isGesture = event->type() == QEvent::NativeGesture || event->type() == QEvent::Gesture;
    const auto gesture = m_zoomable && isGesture ? zoomGestureOf(this, event) : std::nullopt;
    if (!gesture) return QWidget::event(event);
    zoomBy(gesture->factor, gesture->at);
    event->accept();
    return true;
}

void ImageView::wheelEvent(QWheelEvent* event) {
    if (!m_zoomable) return QWidget::wheelEvent(event);
    const auto gesture = zoomGestureOf(this, event);
    zoomBy(gesture->factor, gesture->at);
    event->accept();
}

void ImageView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHints(QPainter::Antialiasing);
    if (m_image.isNull()) {
        paintEmpty(painter);
        return;
    }
    const QRectF shown = frameRect();
    QPainterPath frame;
    frame.addRoundedRect(shown, measure::kRadius, measure::kRadius);
    painter.save();
    painter.setClipPath(frame);
    painter.setRenderHint(QPainter::SmoothPixmapTransform, m_smooth);
    if (m_dimmed) painter.setOpacity(0.35);
    if (m_image.hasAlphaChannel()) paintCheckerboard(painter, shown);
    painter.drawImage(pictureRect(), m_image);
    painter.restore();
    painter.setPen(QPen(Theme::current().line, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(frame);
    if (hasFocus()) {
        painter.setPen(QPen(Theme::current().accent, 2));
        painter.drawRoundedRect(shown.adjusted(1, 1, -1, -1), measure::kRadius, measure::kRadius);
    }
    if (m_zoomShown && !m_zoom.isFit()) paintZoom(painter);
    if (!m_announced) {
        m_announced = true;
        QMetaObject::invokeMethod(this, &ImageView::imageShown, Qt::QueuedConnection);
    }
}

/// What shows through is neither black nor white, in both themes, so that nothing of the picture vanishes.
void ImageView::paintCheckerboard(QPainter& painter, const QRectF& area) const {
    constexpr int kSquare = 8;
    QPixmap tile(2 * kSquare, 2 * kSquare);
    tile.fill(QColor(0xC8C8C8));
    QPainter squares(&tile);
    for (const QPoint corner : {QPoint(0, 0), QPoint(kSquare, kSquare)})
        squares.fillRect(QRect(corner, QSize(kSquare, kSquare)), QColor(0xE6E6E6));
    squares.end();
    painter.drawTiledPixmap(area, tile);
}

/// "2.4×" in the lower right corner.
void ImageView::paintZoom(QPainter& painter) const {
    const QString text = QLocale().toString(m_zoom.drawnZoom(zoomFrame()), 'f', 1) + u'×';
    painter.setFont(Theme::font(TextRole::Caption));
    QRectF label({},
                 QSizeF(painter.fontMetrics().horizontalAdvance(text) + 2 * measure::kGap,
                        painter.fontMetrics().height() + measure::kGap / 2));
    label.moveBottomRight(frameRect().bottomRight() - QPointF(measure::kGap, measure::kGap));
    QColor ground = Theme::current().surface;
    ground.setAlpha(kLabelOpacity);
    painter.setPen(Qt::NoPen);
    painter.setBrush(ground);
    painter.drawRoundedRect(label, measure::kRadius / 2.0, measure::kRadius / 2.0);
    painter.setPen(Theme::current().text);
    painter.drawText(label, int(Qt::AlignCenter), text);
}

void ImageView::paintEmpty(QPainter& painter) const {
    const QRectF target = frameRect();
    painter.setPen(Qt::NoPen);
    painter.setBrush(Theme::current().surface);
    painter.drawRoundedRect(target, measure::kRadius, measure::kRadius);
    if (m_placeholder.isEmpty()) return;
    painter.setPen(Theme::current().muted);
    painter.setFont(Theme::font(TextRole::Body));
    painter.drawText(
        target.adjusted(16, 16, -16, -16), int(Qt::AlignCenter) | int(Qt::TextWordWrap), m_placeholder);
}

void ImageView::updateCursor() {
    const bool pans = !m_zoom.isFit() && (m_spaceHeld || !m_draggable);
    if (m_panning || m_dragging)
        setCursor(Qt::ClosedHandCursor);
    else if (pans)
        setCursor(m_draggable ? Qt::SizeAllCursor : Qt::OpenHandCursor);
    else if (m_draggable)
        setCursor(Qt::OpenHandCursor);
    else
        unsetCursor();
}

bool ImageView::startsPan(const QMouseEvent& event) const {
    if (!m_zoomable || m_zoom.isFit()) return false;
    return event.button() == Qt::MiddleButton ||
           (event.button() == Qt::LeftButton && (m_spaceHeld || !m_draggable));
}

void ImageView::mousePressEvent(QMouseEvent* event) {
    if (m_dragging || m_panning) return;  // another button
    m_panning = startsPan(*event);
    m_dragging = !m_panning && m_draggable && event->button() == Qt::LeftButton;
    if (!m_panning && !m_dragging) return QWidget::mousePressEvent(event);
    m_lastPos = event->position();
    updateCursor();
    if (m_dragging) Q_EMIT dragStarted();
}

void ImageView::mouseMoveEvent(QMouseEvent* event) {
    if (!m_dragging && !m_panning) return QWidget::mouseMoveEvent(event);
    const QPointF way = event->position() - m_lastPos;
    m_lastPos = event->position();
    if (m_panning) {
        m_zoom.panBy(way, zoomFrame());
        return changeView();
    }
    const double unit = std::max(1.0, pictureRect().width());
    Q_EMIT dragged(way.x() / unit, way.y() / unit);
}

void ImageView::mouseReleaseEvent(QMouseEvent* event) {
    if (!m_dragging && !m_panning) return QWidget::mouseReleaseEvent(event);
    const bool wasDragging = std::exchange(m_dragging, false);
    m_panning = false;
    updateCursor();
    if (wasDragging) Q_EMIT dragFinished();
}

void ImageView::mouseDoubleClickEvent(QMouseEvent* event) {
    if (m_zoomable && !m_zoom.isFit() && event->button() == Qt::LeftButton) return fit();
    QWidget::mouseDoubleClickEvent(event);
}

void ImageView::holdSpace(bool held) {
    m_spaceHeld = held;
    updateCursor();
}

void ImageView::keyPressEvent(QKeyEvent* event) {
    if (!m_zoomable) return QWidget::keyPressEvent(event);
    const QPointF step = stepOf(event->key());
    if (event->key() == Qt::Key_Space) {
        holdSpace(true);
    } else if (!step.isNull() && event->modifiers() & Qt::ShiftModifier) {
        m_zoom.panBy(-PictureZoom::kKeyPan * frameRect().width() * step, zoomFrame());
        changeView();
    } else {
        QWidget::keyPressEvent(event);
    }
}

void ImageView::keyReleaseEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Space && !event->isAutoRepeat()) holdSpace(false);
    QWidget::keyReleaseEvent(event);
}

void ImageView::focusOutEvent(QFocusEvent* event) {
    holdSpace(false);
    QWidget::focusOutEvent(event);
}

void ImageView::contextMenuEvent(QContextMenuEvent* event) {
    Q_EMIT contextMenuAsked(event->globalPos());
}

}  // namespace vitrine
