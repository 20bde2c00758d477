// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/style_map_view.h"

#include <QApplication>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>
#include <algorithm>
#include <cmath>
#include <limits>

#include "ui/shell/theme.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

constexpr double kCard = 44;
constexpr double kMapGap = 4;
constexpr double kMapDot = 2.5;
constexpr double kBadge = 16;
constexpr double kCaptionHeight = 20;
constexpr double kMaxZoom = 40;
constexpr double kStep = 0.02;      ///< of an arrow key, in parts of the view
constexpr double kWheelStep = 1.2;  ///< for a notch
constexpr double kReach = 28;       ///< a click further away from all styles chooses none

double distance(const QPointF& a, const QPointF& b) {
    return std::hypot(a.x() - b.x(), a.y() - b.y());
}

}  // namespace

StyleMapView::StyleMapView(QWidget* parent) : QWidget(parent) {
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAccessibleName(tr("Map of styles"));
}

void StyleMapView::setItems(const QList<Item>& items) {
    if (items == m_items) return;
    m_items = items;
    m_bounds = {};
    for (const Item& item : items) {
        // A rectangle without an area would be passed over by united().
        const QRectF around(item.place - QPointF(1e-6, 1e-6), QSizeF(2e-6, 2e-6));
        m_bounds = m_bounds.isNull() ? around : m_bounds.united(around);
    }
    changeView();
}

void StyleMapView::setPicture(const QString& id, const QImage& picture) {
    update();
    if (picture.isNull()) {
        m_pictures.remove(id);
        return;
    }
    const double ratio = devicePixelRatioF();
    const int side = int(std::lround(kCard * ratio));
    QPixmap small =
        QPixmap::fromImage(picture.scaled(side, side, Qt::KeepAspectRatio, Qt::SmoothTransformation));
    small.setDevicePixelRatio(ratio);
    m_pictures.insert(id, small);
}

QSet<QString> StyleMapView::markedIds() const {
    QSet<QString> ids;
    for (const Mark& mark : m_marks)
        if (!mark.id.isEmpty()) ids.insert(mark.id);
    return ids;
}

void StyleMapView::setMarks(const QList<Mark>& marks,
                            const QList<QPointF>& path,
                            std::optional<QPointF> current) {
    const QSet<QString> before = markedIds();
    m_marks = marks;
    m_path = path;
    m_current = current;
    QStringList letters;
    for (const Mark& mark : marks) letters << mark.letter;
    setAccessibleDescription(letters.isEmpty() ? QString() : tr("Marked: %1").arg(letters.join(u", "_s)));
    if (markedIds() != before) layOut();
    update();
}

void StyleMapView::setCaption(const QString& text) {
    m_caption = text;
    update();
}

QRectF StyleMapView::fitRect() const {
    constexpr double kMargin = kCard / 2 + kMapGap;
    return QRectF(rect()).adjusted(kMargin, kMargin, -kMargin, -kMargin - kCaptionHeight);
}

QPointF StyleMapView::positionOf(const QPointF& place) const {
    const QRectF fit = fitRect();
    const QPointF part((place.x() - m_bounds.left()) / std::max(m_bounds.width(), 1e-12),
                       (place.y() - m_bounds.top()) / std::max(m_bounds.height(), 1e-12));
    const QPointF offset = part - m_center;
    return fit.center() + QPointF(offset.x() * fit.width() * m_zoom, offset.y() * fit.height() * m_zoom);
}

QPointF StyleMapView::placeOf(const QPointF& position) const {
    const QRectF fit = fitRect();
    const QPointF offset = position - fit.center();
    const QPointF part = m_center + QPointF(offset.x() / (std::max(fit.width(), 1.0) * m_zoom),
                                            offset.y() / (std::max(fit.height(), 1.0) * m_zoom));
    return {m_bounds.left() + part.x() * m_bounds.width(), m_bounds.top() + part.y() * m_bounds.height()};
}

QRectF StyleMapView::cardAt(const QPointF& position) const {
    return {position.x() - kCard / 2, position.y() - kCard / 2, kCard, kCard};
}

/// A card for each style that leaves the earlier cards free; the marked ones come first.
void StyleMapView::layOut() {
    const QStringList before = visibleIds();
    const QSet<QString> marked = markedIds();
    QList<QRectF> taken;
    m_cards.clear();
    for (const bool markedTurn : {true, false}) {
        for (qsizetype i = 0; i < m_items.size(); ++i) {
            if (marked.contains(m_items[i].id) != markedTurn) continue;
            const QRectF card = cardAt(positionOf(m_items[i].place));
            if (!card.intersects(QRectF(rect()))) continue;
            const QRectF room = card.adjusted(-kMapGap, -kMapGap, kMapGap, kMapGap);
            const bool isFree =
                std::ranges::none_of(taken, [&room](const QRectF& other) { return room.intersects(other); });
            if (!markedTurn && !isFree) continue;
            taken.append(card);
            m_cards.append(i);
        }
    }
    update();
    if (visibleIds() != before) Q_EMIT visibleChanged();
}

QStringList StyleMapView::visibleIds() const {
    QStringList ids;
    for (qsizetype i : m_cards)
        if (i < m_items.size()) ids << m_items[i].id;
    return ids;
}

void StyleMapView::changeView() {
    const double half = 0.5 / m_zoom;
    m_center = {std::clamp(m_center.x(), half, 1 - half), std::clamp(m_center.y(), half, 1 - half)};
    layOut();
}

void StyleMapView::zoomBy(double factor, const QPointF& at) {
    const QPointF place = placeOf(at);
    m_zoom = std::clamp(m_zoom * factor, 1.0, kMaxZoom);
    const QRectF fit = fitRect();
    const QPointF moved = positionOf(place) - at;
    m_center += QPointF(moved.x() / (fit.width() * m_zoom), moved.y() / (fit.height() * m_zoom));
    changeView();
}

void StyleMapView::fit() {
    m_zoom = 1;
    changeView();
}

const StyleMapView::Item* StyleMapView::nearest(const QPointF& position, double within) const {
    // A card covers the dots below it.
    for (qsizetype i : m_cards)
        if (cardAt(positionOf(m_items[i].place)).contains(position)) return &m_items[i];
    const Item* found = nullptr;
    double least = within;
    for (const Item& item : m_items) {
        const double away = distance(positionOf(item.place), position);
        if (away >= least) continue;
        least = away;
        found = &item;
    }
    return found;
}

bool StyleMapView::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const Item* item = nearest(help->pos(), kReach / 2);
    if (item)
        QToolTip::showText(help->globalPos(), item->name, this);
    else
        QToolTip::hideText();
    return true;
}

void StyleMapView::paintDots(QPainter& painter) const {
    const ThemeTokens& theme = Theme::current();
    painter.setPen(Qt::NoPen);
    for (const Item& item : m_items) {
        painter.setBrush(item.isStrong ? theme.text : theme.track);
        painter.drawEllipse(positionOf(item.place), kMapDot, kMapDot);
    }
}

void StyleMapView::paintCards(QPainter& painter) const {
    const ThemeTokens& theme = Theme::current();
    const QSet<QString> marked = markedIds();
    for (auto it = m_cards.crbegin(); it != m_cards.crend(); ++it) {  // the marked ones last, on top
        const Item& item = m_items[*it];
        const QRectF card = cardAt(positionOf(item.place));
        const QPixmap picture = m_pictures.value(item.id);
        QPainterPath shape;
        shape.addRoundedRect(card, measure::kRadius, measure::kRadius);
        painter.fillPath(shape, picture.isNull() ? theme.raised : QColor(Qt::white));
        painter.setClipPath(shape);
        if (!picture.isNull()) painter.drawPixmap(card.topLeft(), picture);
        painter.setClipping(false);
        const bool isMarked = marked.contains(item.id);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(isMarked ? theme.accent : theme.line, isMarked ? 2 : 1));
        painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), measure::kRadius, measure::kRadius);
    }
}

void StyleMapView::paintPath(QPainter& painter) const {
    if (m_path.size() < 2) return;
    QPolygonF line;
    for (const QPointF& place : m_path) line << positionOf(place);
    painter.setBrush(Qt::NoBrush);
    for (const auto& [color, width] :
         {std::pair{Theme::current().window, 5.0}, std::pair{Theme::current().accent, 2.0}}) {
        painter.setPen(QPen(color, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPolyline(line);
    }
}

void StyleMapView::paintMarks(QPainter& painter) const {
    const ThemeTokens& theme = Theme::current();
    QFont font = Theme::font(TextRole::Caption);
    font.setBold(true);
    painter.setFont(font);
    for (const Mark& mark : m_marks) {
        const QPointF position = positionOf(mark.place);
        QRectF badge(0, 0, kBadge, kBadge);
        badge.moveCenter(mark.id.isEmpty() ? position : cardAt(position).topLeft() + QPointF(2, 2));
        painter.setPen(QPen(theme.window, 2));
        painter.setBrush(theme.accent);
        painter.drawRoundedRect(badge, 4, 4);
        painter.setPen(theme.onAccent);
        painter.drawText(badge, int(Qt::AlignCenter), mark.letter);
    }
    if (!m_current) return;
    painter.setPen(QPen(theme.window, 3));
    painter.setBrush(theme.accent);
    painter.drawEllipse(positionOf(*m_current), 6, 6);
}

void StyleMapView::paintCaption(QPainter& painter) const {
    const bool isEmpty = m_items.isEmpty();
    painter.setPen(Theme::current().muted);
    painter.setFont(Theme::font(isEmpty ? TextRole::Body : TextRole::Caption));
    if (isEmpty)
        return painter.drawText(
            rect().adjusted(24, 0, -24, 0), int(Qt::AlignCenter) | int(Qt::TextWordWrap), m_caption);
    const QRectF line(0, height() - kCaptionHeight, width(), kCaptionHeight);
    painter.fillRect(line, Theme::current().surface);
    painter.drawText(line.adjusted(4, 0, -4, 0),
                     int(Qt::AlignVCenter | Qt::AlignLeft),
                     painter.fontMetrics().elidedText(m_caption, Qt::ElideRight, int(line.width()) - 8));
}

void StyleMapView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    if (!m_items.isEmpty()) {
        paintDots(painter);
        paintCards(painter);
        paintPath(painter);
        paintMarks(painter);
    }
    paintCaption(painter);
    if (!hasFocus()) return;
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(Theme::current().accent, 2));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), measure::kRadius, measure::kRadius);
}

void StyleMapView::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    changeView();
}

void StyleMapView::wheelEvent(QWheelEvent* event) {
    zoomBy(std::pow(kWheelStep, event->angleDelta().y() / 120.0), event->position());
    event->accept();
}

void StyleMapView::mousePressEvent(QMouseEvent* event) {
    if (m_items.isEmpty() || m_gesture != Gesture::None) return;
    if (event->button() == Qt::LeftButton)
        m_gesture = Gesture::Press;
    else if (event->button() == Qt::MiddleButton)
        m_gesture = Gesture::Pan;
    m_pressed = m_last = event->position();
}

void StyleMapView::mouseMoveEvent(QMouseEvent* event) {
    const QPointF position = event->position();
    if (m_gesture == Gesture::Press && distance(position, m_pressed) >= QApplication::startDragDistance())
        m_gesture = Gesture::Drag;
    if (m_gesture == Gesture::Drag) Q_EMIT dragged(placeOf(position));
    if (m_gesture == Gesture::Pan) {
        const QRectF fit = fitRect();
        const QPointF moved = position - m_last;
        m_center -= QPointF(moved.x() / (fit.width() * m_zoom), moved.y() / (fit.height() * m_zoom));
        changeView();
    }
    m_last = position;
}

void StyleMapView::mouseReleaseEvent(QMouseEvent* event) {
    const Gesture gesture = std::exchange(m_gesture, Gesture::None);
    if (gesture == Gesture::Drag) Q_EMIT dragFinished();
    if (gesture != Gesture::Press) return;
    if (const Item* item = nearest(event->position(), kReach))
        Q_EMIT styleChosen(item->id, event->modifiers());
}

void StyleMapView::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton && !nearest(event->position(), kReach)) fit();
}

bool StyleMapView::panByKey(int key) {
    constexpr double kPan = 0.1;
    const QPointF way(key == Qt::Key_Right  ? 1
                      : key == Qt::Key_Left ? -1
                                            : 0,
                      key == Qt::Key_Down ? 1
                      : key == Qt::Key_Up ? -1
                                          : 0);
    if (way.isNull()) return false;
    m_center += way * (kPan / m_zoom);
    changeView();
    return true;
}

bool StyleMapView::moveByKey(int key) {
    const QPointF way(key == Qt::Key_Right  ? 1
                      : key == Qt::Key_Left ? -1
                                            : 0,
                      key == Qt::Key_Down ? 1
                      : key == Qt::Key_Up ? -1
                                          : 0);
    if (way.isNull() || !m_current) return false;
    const double step = kStep / m_zoom;
    Q_EMIT dragged(*m_current +
                   QPointF(way.x() * step * m_bounds.width(), way.y() * step * m_bounds.height()));
    return true;
}

void StyleMapView::keyPressEvent(QKeyEvent* event) {
    const bool isControl = event->modifiers() & Qt::ControlModifier;
    if (isControl ? panByKey(event->key()) : moveByKey(event->key())) return;
    switch (event->key()) {
        case Qt::Key_Plus:
        case Qt::Key_Equal:
            return zoomBy(kWheelStep, QRectF(rect()).center());
        case Qt::Key_Minus:
            return zoomBy(1 / kWheelStep, QRectF(rect()).center());
        case Qt::Key_0:
            return fit();
        case Qt::Key_Return:
        case Qt::Key_Enter:
            if (m_current)
                if (const Item* item = nearest(positionOf(*m_current), std::numeric_limits<double>::max()))
                    Q_EMIT styleChosen(item->id, event->modifiers() & ~Qt::KeypadModifier);
            return;
        default:
            QWidget::keyPressEvent(event);
    }
}

void StyleMapView::keyReleaseEvent(QKeyEvent* event) {
    if (!event->isAutoRepeat()) Q_EMIT dragFinished();
    QWidget::keyReleaseEvent(event);
}

}  // namespace vitrine
