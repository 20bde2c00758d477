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

constexpr double kLargestZoom = 32;
constexpr double kKeyZoom = 1.25;
constexpr double kKeyPan = 0.1;          ///< of the widget
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
    m_zoom = std::clamp(zoom, 1.0, kLargestZoom);
    m_center = center;
    keepInside();
    update();
}

void ZoomView::fit() {
    setView(1, {0.5, 0.5});
    Q_EMIT viewChanged(m_zoom, m_center);
}

void ZoomView::changeView() {
    keepInside();
    update();
    Q_EMIT viewChanged(m_zoom, m_center);
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

double ZoomView::fitScale() const {
    if (m_image.isNull()) return 1;
    return std::min(double(width()) / m_image.width(), double(height()) / m_image.height());
}

QRectF ZoomView::pictureRect() const {
    const QSizeF size = QSizeF(m_image.size()) * fitScale() * m_zoom;
    return {
        QPointF(width() / 2.0 - m_center.x() * size.width(), height() / 2.0 - m_center.y() * size.height()),
        size};
}

void ZoomView::zoomBy(double factor, const QPointF& at) {
    if (m_image.isNull()) return;
    const QRectF before = pictureRect();
    const QPointF part((at.x() - before.left()) / before.width(), (at.y() - before.top()) / before.height());
    m_zoom = std::clamp(m_zoom * factor, 1.0, kLargestZoom);
    const QSizeF size = QSizeF(m_image.size()) * fitScale() * m_zoom;
    m_center = {part.x() - (at.x() - width() / 2.0) / size.width(),
                part.y() - (at.y() - height() / 2.0) / size.height()};
    changeView();
}

// The picture fills the widget where it is larger, and stands in the middle where it is not.
void ZoomView::keepInside() {
    const QSizeF size = QSizeF(m_image.size()) * fitScale() * m_zoom;
    const auto keep = [](double center, double whole, double shown) {
        const double half = shown / 2 / std::max(1.0, whole);
        return half >= 0.5 ? 0.5 : std::clamp(center, half, 1 - half);
    };
    m_center = {keep(m_center.x(), size.width(), width()), keep(m_center.y(), size.height(), height())};
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
    zoomBy(std::pow(2.0, event->angleDelta().y() / 480.0), event->position());
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
    const QRectF target = pictureRect();
    m_center -= QPointF(way.x() / target.width(), way.y() / target.height());
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
        const QRectF target = pictureRect();
        m_center +=
            QPointF(right * width() * kKeyPan / target.width(), down * height() * kKeyPan / target.height());
        changeView();
    };
    switch (event->key()) {
        case Qt::Key_Plus:
        case Qt::Key_Equal:
            return zoomBy(kKeyZoom, middle);
        case Qt::Key_Minus:
            return zoomBy(1 / kKeyZoom, middle);
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
    keepInside();
}

void ZoomView::leaveEvent(QEvent*) {
    if (m_hovered == QPoint(-1, -1)) return;
    m_hovered = {-1, -1};
    Q_EMIT hovered(m_hovered);
}

void ViewLink::add(ZoomView* view) {
    m_views << view;
    connect(view, &ZoomView::viewChanged, this, [this, view](double zoom, const QPointF& center) {
        for (ZoomView* other : m_views)
            if (other != view) other->setView(zoom, center);
    });
}

}  // namespace vitrine
