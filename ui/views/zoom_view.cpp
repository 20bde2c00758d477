// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/zoom_view.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "ui/shell/theme.h"

namespace vitrine {
namespace {

constexpr double kPixelsAreSquares = 3;  ///< device pixels a pixel
constexpr double kPixelsHaveGrid = 12;   ///< logical pixels a pixel
constexpr double kPixelsHaveText = 24;   ///< logical pixels a pixel, where the text fits in
constexpr QRgb kGridLine = 0x50808080;

}  // namespace

ZoomView::ZoomView(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::OpenHandCursor);
    setMouseTracking(true);
    grabGesture(Qt::PinchGesture);
    m_pixelText = [this](const QPoint& pixel) {
        const QColor color = m_image.pixelColor(pixel);
        if (m_image.isGrayscale()) return QString::number(color.red());
        return QStringLiteral("%1\n%2\n%3").arg(color.red()).arg(color.green()).arg(color.blue());
    };
}

void ZoomView::setImage(const QImage& image) {
    if (image.cacheKey() == m_image.cacheKey()) return;
    const bool sameShape = image.width() * m_image.height() == image.height() * m_image.width();
    m_image = image;
    if (!sameShape) setView(1, {0.5, 0.5});
    update();
}

void ZoomView::setPlaceholder(const QString& text) {
    m_placeholder = text;
    update();
}

void ZoomView::setPixelText(PixelText text) {
    m_pixelText = std::move(text);
    update();
}

void ZoomView::setDimmed(bool dimmed) {
    m_dimmed = dimmed;
    update();
}

void ZoomView::setView(double zoom, const QPointF& center) {
    m_zoom.set(zoom, center, zoomFrame());
    update();
}

void ZoomView::fit() {
    setView(1, {0.5, 0.5});
    Q_EMIT viewChanged(zoom(), center());
}

void ZoomView::changeView() {
    update();
    Q_EMIT viewChanged(zoom(), center());
}

QPointF ZoomView::toPicture(const QPointF& position) const {
    const QRectF picture = pictureRect();
    if (m_image.isNull() || picture.isEmpty()) return {};
    return {(position.x() - picture.left()) * m_image.width() / picture.width(),
            (position.y() - picture.top()) * m_image.height() / picture.height()};
}

void ZoomView::hoverAt(const QPointF& position) {
    const QPointF at = toPicture(position);
    const QPoint pixel(int(std::floor(at.x())), int(std::floor(at.y())));
    const QPoint inside = m_image.rect().contains(pixel) ? pixel : QPoint(-1, -1);
    if (inside == m_hovered) return;
    m_hovered = inside;
    Q_EMIT hovered(inside);
}

ZoomFrame ZoomView::zoomFrame() const {
    if (m_image.isNull()) return {QRectF(rect()), {}};
    const double scale = std::min(double(width()) / m_image.width(), double(height()) / m_image.height());
    return {QRectF(rect()), QSizeF(m_image.size()) * scale};
}

QRectF ZoomView::pictureRect() const {
    return m_zoom.place(zoomFrame());
}

void ZoomView::zoomBy(double factor, const QPointF& at) {
    if (m_image.isNull()) return;
    m_zoom.zoomBy(factor, at, zoomFrame());
    changeView();
}

bool ZoomView::event(QEvent* event) {
    const bool isGesture = event->type() == QEvent::NativeGesture || event->type() == QEvent::Gesture;
    const auto gesture = isGesture ? zoomGestureOf(this, event) : std::nullopt;
    if (!gesture) return QWidget::event(event);
    zoomBy(gesture->factor, gesture->at);
    event->accept();
    return true;
}

void ZoomView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_image.isNull()) return paintEmpty(painter);
    const QRectF target = pictureRect();
    QPainterPath frame;
    frame.addRoundedRect(target.intersected(QRectF(rect())), measure::kRadius, measure::kRadius);
    painter.save();
    painter.setClipPath(frame);
    const double devicePixels = target.width() / m_image.width() * devicePixelRatioF();
    painter.setRenderHint(QPainter::SmoothPixmapTransform, devicePixels < kPixelsAreSquares);
    if (m_dimmed) painter.setOpacity(0.35);
    painter.drawImage(target, m_image);
    paintGrid(painter, target);
    paintPixelTexts(painter, target);
    paintOver(painter, target);
    painter.restore();
    painter.setBrush(Qt::NoBrush);
    painter.setPen(hasFocus() ? QPen(Theme::current().accent, 2) : QPen(Theme::current().line, 1));
    painter.drawPath(frame);
}

void ZoomView::paintGrid(QPainter& painter, const QRectF& picture) const {
    const double side = picture.width() / m_image.width();
    if (side < kPixelsHaveGrid) return;
    painter.setPen(QPen(QColor::fromRgba(kGridLine), 1));
    for (double x = picture.left() + side; x < picture.right() - side / 2; x += side)
        if (x >= 0 && x <= width()) painter.drawLine(QPointF(x, 0), QPointF(x, height()));
    for (double y = picture.top() + side; y < picture.bottom() - side / 2; y += side)
        if (y >= 0 && y <= height()) painter.drawLine(QPointF(0, y), QPointF(width(), y));
}

void ZoomView::paintPixelTexts(QPainter& painter, const QRectF& picture) const {
    const double side = picture.width() / m_image.width();
    if (side < kPixelsHaveText || !m_pixelText) return;
    painter.setFont(Theme::font(TextRole::Caption));
    const QRect shown =
        QRect(QPoint(int(std::floor(toPicture({0, 0}).x())), int(std::floor(toPicture({0, 0}).y()))),
              toPicture(QPointF(width(), height())).toPoint())
            .intersected(m_image.rect());
    for (int y = shown.top(); y <= shown.bottom(); ++y)
        for (int x = shown.left(); x <= shown.right(); ++x) {
            const QString text = m_pixelText({x, y});
            const QSize needed = painter.fontMetrics().size(0, text);
            if (needed.width() > side || needed.height() > side) continue;
            painter.setPen(m_image.pixelColor(x, y).lightness() < 128 ? Qt::white : Qt::black);
            painter.drawText(QRectF(picture.left() + x * side, picture.top() + y * side, side, side),
                             int(Qt::AlignCenter),
                             text);
        }
}

void ZoomView::paintEmpty(QPainter& painter) const {
    const QRectF area = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.setPen(hasFocus() ? QPen(Theme::current().accent, 2) : QPen(Qt::NoPen));
    painter.setBrush(Theme::current().surface);
    painter.drawRoundedRect(area, measure::kRadius, measure::kRadius);
    painter.setPen(Theme::current().muted);
    painter.setFont(Theme::font(TextRole::Body));
    painter.drawText(
        area.adjusted(16, 16, -16, -16), int(Qt::AlignCenter) | int(Qt::TextWordWrap), m_placeholder);
}

void ZoomView::wheelEvent(QWheelEvent* event) {
    const auto gesture = zoomGestureOf(this, event);
    zoomBy(gesture->factor, gesture->at);
    event->accept();
}

void ZoomView::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton && event->button() != Qt::MiddleButton)
        return QWidget::mousePressEvent(event);
    startPanning(event->position());
}

void ZoomView::startPanning(const QPointF& position) {
    m_panning = true;
    m_lastPos = position;
    setCursor(Qt::ClosedHandCursor);
}

void ZoomView::mouseMoveEvent(QMouseEvent* event) {
    hoverAt(event->position());
    if (!m_panning || m_image.isNull()) return;
    const QPointF way = event->position() - m_lastPos;
    m_lastPos = event->position();
    m_zoom.panBy(way, zoomFrame());
    changeView();
}

void ZoomView::mouseReleaseEvent(QMouseEvent*) {
    m_panning = false;
    setCursor(Qt::OpenHandCursor);
}

void ZoomView::mouseDoubleClickEvent(QMouseEvent*) {
    fit();
}

void ZoomView::keyPressEvent(QKeyEvent* event) {
    const QPointF middle(width() / 2.0, height() / 2.0);
    const auto pan = [this](double right, double down) {
        m_zoom.panBy(-PictureZoom::kKeyPan * QPointF(right * width(), down * height()), zoomFrame());
        changeView();
    };
    switch (event->key()) {
        case Qt::Key_Plus:
        case Qt::Key_Equal:
            return zoomBy(PictureZoom::kKeyFactor, middle);
        case Qt::Key_Minus:
            return zoomBy(1 / PictureZoom::kKeyFactor, middle);
        case Qt::Key_0:
        case Qt::Key_F:
            return fit();
        case Qt::Key_Left:
            return pan(-1, 0);
        case Qt::Key_Right:
            return pan(1, 0);
        case Qt::Key_Up:
            return pan(0, -1);
        case Qt::Key_Down:
            return pan(0, 1);
        default:
            QWidget::keyPressEvent(event);
    }
}

void ZoomView::resizeEvent(QResizeEvent*) {
    m_zoom.keepInside(zoomFrame());
}

void ZoomView::leaveEvent(QEvent*) {
    if (m_hovered == QPoint(-1, -1)) return;
    m_hovered = {-1, -1};
    Q_EMIT hovered(m_hovered);
}

}  // namespace vitrine
