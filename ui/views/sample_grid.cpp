// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/sample_grid.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>

#include "ui/shell/theme.h"

namespace vitrine {
namespace {

constexpr double kSampleGap = 6;
constexpr double kLargestGapShare = 0.5;  // of a picture's side, between columns
constexpr double kSmallestWithCaption = 56;
constexpr double kDot = 5;  ///< radius of the mark of a pinned tile

}  // namespace

SampleGrid::SampleGrid(QWidget* parent) : QWidget(parent) {
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setMouseTracking(true);
    setAccessibleName(tr("Samples"));
}

void SampleGrid::setTiles(const QList<SampleTile>& tiles) {
    m_tiles = tiles;
    setAccessibleDescription(tiles.size() == 1 ? tr("1 sample")
                                               : tr("%n samples", nullptr, int(tiles.size())));
    update();
}

void SampleGrid::setPlaceholder(const QString& text) {
    m_placeholder = text;
    update();
}

void SampleGrid::setChosen(int sample) {
    m_chosen = sample;
    update();
}

// Of all numbers of columns the one that leaves the pictures largest.
SampleGrid::Layout SampleGrid::layoutFor(const QSizeF& size) const {
    Layout best;
    const int count = std::max(1, int(m_tiles.size()));
    const double caption = QFontMetricsF(Theme::font(TextRole::Caption)).height() + 2;
    for (int columns = 1; columns <= count; ++columns) {
        const int rows = (count + columns - 1) / columns;
        const double across = (size.width() - (columns - 1) * kSampleGap) / columns;
        const double down = (size.height() - (rows - 1) * kSampleGap) / rows;
        const double withCaption = std::min(across, down - caption);
        const bool hasCaption = withCaption >= kSmallestWithCaption;
        const double side = std::floor(hasCaption ? withCaption : std::min(across, down));
        if (side > best.side) best = {columns, side, hasCaption ? caption : 0, kSampleGap};
    }
    // Where the height is the limit, the columns share the width that is left.
    if (best.columns > 1) {
        const double left = size.width() - best.columns * best.side;
        best.columnGap =
            std::max(kSampleGap, std::min(left / (best.columns - 1), best.side * kLargestGapShare));
    }
    return best;
}

QRectF SampleGrid::pictureRect(int place) const {
    const QRectF room = contentsRect();
    const Layout layout = layoutFor(room.size());
    const double column = place % layout.columns, row = double(place / layout.columns);
    return {room.left() + column * (layout.side + layout.columnGap),
            room.top() + row * (layout.side + layout.captionHeight + kSampleGap),
            layout.side,
            layout.side};
}

int SampleGrid::placeAt(const QPointF& position) const {
    for (int place = 0; place < m_tiles.size(); ++place)
        if (pictureRect(place).contains(position)) return place;
    return -1;
}

int SampleGrid::placeOfChosen() const {
    for (int place = 0; place < m_tiles.size(); ++place)
        if (m_tiles[place].sample == m_chosen) return place;
    return -1;
}

void SampleGrid::choose(int place) {
    if (place < 0 || place >= m_tiles.size()) return;
    m_chosen = m_tiles[place].sample;
    update();
    Q_EMIT sampleChosen(m_chosen);
}

void SampleGrid::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(Theme::font(TextRole::Caption));
    if (m_tiles.isEmpty()) {
        painter.setPen(Theme::current().muted);
        painter.drawText(rect(), int(Qt::AlignCenter) | int(Qt::TextWordWrap), m_placeholder);
        return;
    }
    for (int place = 0; place < m_tiles.size(); ++place) paintTile(painter, place);
}

void SampleGrid::paintTile(QPainter& painter, int place) const {
    const SampleTile& tile = m_tiles[place];
    const QRectF area = pictureRect(place);
    const ThemeTokens& theme = Theme::current();
    QPainterPath frame;
    frame.addRoundedRect(area, 4, 4);
    painter.save();
    painter.setClipPath(frame);
    painter.fillRect(area, theme.raised);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    if (!tile.picture.isNull()) painter.drawImage(area, tile.picture);
    painter.restore();
    const bool isChosen = tile.sample == m_chosen;
    painter.setBrush(Qt::NoBrush);
    painter.setPen(isChosen ? QPen(theme.accent, 2) : QPen(theme.line, 1));
    painter.drawPath(frame);
    if (tile.isPinned) {
        painter.setPen(QPen(theme.window, 1.5));
        painter.setBrush(theme.accent);
        painter.drawEllipse(area.topRight() + QPointF(-kDot - 4, kDot + 4), kDot, kDot);
    }
    const double captionHeight = layoutFor(contentsRect().size()).captionHeight;
    if (captionHeight == 0) return;
    painter.setPen(isChosen ? theme.text : theme.muted);
    painter.drawText(QRectF(area.left(), area.bottom() + 2, area.width(), captionHeight - 2),
                     int(Qt::AlignLeft | Qt::AlignVCenter),
                     tile.caption);
}

void SampleGrid::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return QWidget::mousePressEvent(event);
    choose(placeAt(event->position()));
}

void SampleGrid::mouseDoubleClickEvent(QMouseEvent* event) {
    const int place = placeAt(event->position());
    if (place >= 0) Q_EMIT pinToggled(m_tiles[place].sample);
}

void SampleGrid::mouseMoveEvent(QMouseEvent* event) {
    const int place = placeAt(event->position());
    QPoint pixel(-1, -1);
    QSize size;
    if (place >= 0 && !m_tiles[place].picture.isNull()) {
        const QRectF area = pictureRect(place);
        size = m_tiles[place].picture.size();
        const QPointF part = (event->position() - area.topLeft()) / area.width();
        pixel = {std::min(size.width() - 1, int(part.x() * size.width())),
                 std::min(size.height() - 1, int(part.y() * size.height()))};
    }
    if (pixel == m_hovered) return;
    m_hovered = pixel;
    Q_EMIT hovered(pixel, size);
}

void SampleGrid::leaveEvent(QEvent*) {
    m_hovered = {-1, -1};
    Q_EMIT hovered(m_hovered, {});
}

void SampleGrid::keyPressEvent(QKeyEvent* event) {
    const int place = placeOfChosen();
    const int columns = layoutFor(contentsRect().size()).columns;
    switch (event->key()) {
        case Qt::Key_Left:
            return choose(place - 1);
        case Qt::Key_Right:
            return choose(place + 1);
        case Qt::Key_Up:
            return choose(place - columns);
        case Qt::Key_Down:
            return choose(place < 0 ? 0 : place + columns);
        case Qt::Key_P:
            if (place >= 0) Q_EMIT pinToggled(m_chosen);
            return;
        default:
            QWidget::keyPressEvent(event);
    }
}

}  // namespace vitrine
