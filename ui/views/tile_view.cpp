// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/tile_view.h"

#include <QKeyEvent>
#include <QPainter>
#include <QPainterPath>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QStyledItemDelegate>
#include <algorithm>
#include <utility>

#include "ui/shell/theme.h"

namespace vitrine {
namespace {

constexpr int kCaption = 16;
constexpr int kTileGap = 8;
constexpr double kTileDot = 4;

}  // namespace

class TileDelegate : public QStyledItemDelegate {
public:
    TileDelegate(int side, QObject* parent) : QStyledItemDelegate(parent), m_side(side) {}

    /// Whether they are others than before.
    bool setLines(int lines) { return std::exchange(m_lines, lines) != lines; }

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override {
        return {m_side + kTileGap, m_side + m_lines * kCaption + kTileGap};
    }

    void paint(QPainter* painter,
               const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        const ThemeTokens& theme = Theme::current();
        const QRectF area(
            option.rect.left() + kTileGap / 2.0, option.rect.top() + kTileGap / 2.0, m_side, m_side);
        const bool isChosen = option.state & QStyle::State_Selected;
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        QPainterPath frame;
        frame.addRoundedRect(area, 4, 4);
        painter->setClipPath(frame);
        painter->fillRect(area, theme.raised);
        const QImage picture = index.data(Qt::DecorationRole).value<QImage>();
        if (!picture.isNull()) painter->drawImage(area, picture);
        painter->setClipping(false);
        painter->setBrush(Qt::NoBrush);
        const bool isHovered = option.state & QStyle::State_MouseOver;
        painter->setPen(isChosen ? QPen(theme.accent, 2) : QPen(isHovered ? theme.track : theme.line, 1));
        painter->drawPath(frame);
        if (index.data(TileModel::MarkedRole).toBool()) {
            painter->setPen(QPen(theme.window, 1.5));
            painter->setBrush(theme.accent);
            painter->drawEllipse(area.topRight() + QPointF(-kTileDot - 4, kTileDot + 4), kTileDot, kTileDot);
        }
        painter->setFont(Theme::font(TextRole::Caption));
        painter->setPen(isChosen ? theme.text : theme.muted);
        double top = area.bottom() + 2;
        for (const QString& line : index.data().toString().split(QLatin1Char('\n'))) {
            painter->drawText(QRectF(area.left(), top, m_side, kCaption - 2),
                              int(Qt::AlignLeft | Qt::AlignVCenter),
                              painter->fontMetrics().elidedText(line, Qt::ElideMiddle, m_side));
            top += kCaption;
        }
        painter->restore();
    }

private:
    int m_side;
    int m_lines = 1;
};

namespace {

bool sameNumbers(const QList<Tile>& a, const QList<Tile>& b) {
    return std::ranges::equal(a, b, {}, &Tile::number, &Tile::number);
}

}  // namespace

void TileModel::setTiles(const QList<Tile>& tiles) {
    if (sameNumbers(m_tiles, tiles)) {
        m_tiles = tiles;
        if (!tiles.isEmpty()) Q_EMIT dataChanged(index(0), index(int(tiles.size()) - 1));
        return;
    }
    beginResetModel();
    m_tiles = tiles;
    endResetModel();
}

int TileModel::rowOf(int number) const {
    const auto found = std::ranges::find(m_tiles, number, &Tile::number);
    return found == m_tiles.end() ? -1 : int(found - m_tiles.begin());
}

int TileModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(m_tiles.size());
}

QVariant TileModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= m_tiles.size()) return {};
    const Tile& tile = m_tiles[index.row()];
    switch (role) {
        case Qt::DisplayRole:
            return tile.caption;
        case Qt::AccessibleTextRole:
        case Qt::ToolTipRole:
            return tile.tip.isEmpty() ? tile.caption : tile.tip;
        case Qt::DecorationRole:
            return tile.picture;
        case MarkedRole:
            return tile.marked;
        default:
            return {};
    }
}

TileView::TileView(const QString& id, const QString& name, int side, QWidget* parent)
    : QListView(parent), m_model(new TileModel(this)) {
    setObjectName(id);
    setAccessibleName(name);
    setModel(m_model);
    m_delegate = new TileDelegate(side, this);
    setItemDelegate(m_delegate);
    setViewMode(QListView::IconMode);
    setMovement(QListView::Static);
    setResizeMode(QListView::Adjust);
    setUniformItemSizes(true);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setMouseTracking(true);
    setFrameShape(QFrame::NoFrame);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
}

void TileView::setTiles(const QList<Tile>& tiles) {
    const int kept = chosen();
    const int place = verticalScrollBar()->value();
    const QScopedValueRollback silence(m_silent, true);
    m_model->setTiles(tiles);
    doItemsLayout();
    setChosen(kept);
    verticalScrollBar()->setValue(place);
}

void TileView::setCaptionLines(int lines) {
    if (m_delegate->setLines(lines)) doItemsLayout();
}

void TileView::setChosen(int number) {
    if (number == chosen()) return;
    const QScopedValueRollback silence(m_silent, true);
    const int row = m_model->rowOf(number);
    setCurrentIndex(row < 0 ? QModelIndex() : m_model->index(row));
}

int TileView::chosen() const {
    return currentIndex().isValid() ? tiles()[currentIndex().row()].number : -1;
}

void TileView::setPlaceholder(const QString& text) {
    m_placeholder = text;
    viewport()->update();
}

void TileView::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
    QListView::currentChanged(current, previous);
    if (current.isValid() && !m_silent) Q_EMIT tileChosen(tiles()[current.row()].number);
}

void TileView::paintEvent(QPaintEvent* event) {
    if (!tiles().isEmpty()) return QListView::paintEvent(event);
    QPainter painter(viewport());
    painter.setFont(Theme::font(TextRole::Caption));
    painter.setPen(Theme::current().muted);
    painter.drawText(viewport()->rect().adjusted(kTileGap, kTileGap, -kTileGap, -kTileGap),
                     int(Qt::AlignCenter) | int(Qt::TextWordWrap),
                     m_placeholder);
}

void TileView::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_P && event->modifiers() == Qt::NoModifier && chosen() >= 0)
        Q_EMIT markToggled(chosen());
    else
        QListView::keyPressEvent(event);
}

}  // namespace vitrine
