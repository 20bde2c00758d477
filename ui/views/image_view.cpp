// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/image_view.h"

#include <QContextMenuEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QStyleOption>
#include <algorithm>
#include <cmath>

#include "ui/shell/theme.h"

namespace vitrine {

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

QRectF ImageView::pictureRect() const {
    const QSizeF source = m_image.isNull() ? QSizeF(1, 1) : QSizeF(m_image.size());
    double scale = std::min(width() / source.width(), height() / source.height());
    if (!m_smooth && !m_image.isNull()) {
        // Whole device pixels a source pixel, so that every one is equally large.
        const double ratio = devicePixelRatioF();
        scale = std::max(1.0, std::floor(scale * ratio)) / ratio;
    }
    const QSizeF size = source * scale;
    QPointF topLeft((width() - size.width()) / 2, (height() - size.height()) / 2);
    if (m_alignment & Qt::AlignTop) topLeft.setY(0);
    if (m_alignment & Qt::AlignLeft) topLeft.setX(0);
    if (m_alignment & Qt::AlignRight) topLeft.setX(width() - size.width());
    return {QPointF(std::round(topLeft.x()), std::round(topLeft.y())), size};
}

void ImageView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHints(QPainter::Antialiasing);
    if (m_image.isNull()) {
        paintEmpty(painter);
        return;
    }
    const QRectF target = pictureRect();
    QPainterPath frame;
    frame.addRoundedRect(target, measure::kRadius, measure::kRadius);
    painter.save();
    painter.setClipPath(frame);
    painter.setRenderHint(QPainter::SmoothPixmapTransform, m_smooth);
    if (m_dimmed) painter.setOpacity(0.35);
    painter.drawImage(target, m_image);
    painter.restore();
    painter.setPen(QPen(Theme::current().line, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(frame);
    if (hasFocus()) {
        painter.setPen(QPen(Theme::current().accent, 2));
        painter.drawRoundedRect(target.adjusted(1, 1, -1, -1), measure::kRadius, measure::kRadius);
    }
    if (!m_announced) {
        m_announced = true;
        QMetaObject::invokeMethod(this, &ImageView::imageShown, Qt::QueuedConnection);
    }
}

void ImageView::paintEmpty(QPainter& painter) const {
    const QRectF target = pictureRect();
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
    if (!m_draggable)
        unsetCursor();
    else
        setCursor(m_dragging ? Qt::ClosedHandCursor : Qt::OpenHandCursor);
}

void ImageView::mousePressEvent(QMouseEvent* event) {
    if (!m_draggable || event->button() != Qt::LeftButton) return QWidget::mousePressEvent(event);
    m_dragging = true;
    m_lastPos = event->position();
    updateCursor();
    Q_EMIT dragStarted();
}

void ImageView::mouseMoveEvent(QMouseEvent* event) {
    if (!m_dragging) return QWidget::mouseMoveEvent(event);
    const QPointF way = event->position() - m_lastPos;
    const double unit = std::max(1.0, pictureRect().width());
    m_lastPos = event->position();
    Q_EMIT dragged(way.x() / unit, way.y() / unit);
}

void ImageView::mouseReleaseEvent(QMouseEvent* event) {
    if (!m_dragging || event->button() != Qt::LeftButton) return QWidget::mouseReleaseEvent(event);
    m_dragging = false;
    updateCursor();
    Q_EMIT dragFinished();
}

void ImageView::contextMenuEvent(QContextMenuEvent* event) {
    Q_EMIT contextMenuAsked(event->globalPos());
}

}  // namespace vitrine
