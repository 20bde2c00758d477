// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/chairs/style_gallery_view.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QPainterPath>
#include <QStyledItemDelegate>

#include "ui/panels/chairs/style_gallery_model.h"
#include "ui/shell/theme.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

constexpr int kCard = 92;
constexpr int kCaptionHeight = 18;
constexpr int kGap = 8;

/// A white card with the chair, its name below, and the letters of the slots it is in.
class CardDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override {
        return {kCard + kGap, kCard + kCaptionHeight + kGap};
    }

    void paint(QPainter* painter,
               const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        const ThemeTokens& theme = Theme::current();
        painter->save();
        painter->setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
        const QRectF card(option.rect.left() + kGap / 2.0, option.rect.top() + kGap / 2.0, kCard, kCard);
        paintCard(painter, card, index);
        paintFrame(painter, card, option, index);
        painter->setFont(Theme::font(TextRole::Caption));
        painter->setPen(option.state & QStyle::State_MouseOver ? theme.text : theme.muted);
        const QString name =
            painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, kCard + kGap - 2);
        painter->drawText(QRectF(option.rect.left() + 1, card.bottom() + 1, kCard + kGap - 2, kCaptionHeight),
                          int(Qt::AlignCenter),
                          name);
        painter->restore();
    }

private:
    static void paintCard(QPainter* painter, const QRectF& card, const QModelIndex& index) {
        const ThemeTokens& theme = Theme::current();
        const QImage picture = index.data(Qt::DecorationRole).value<QImage>();
        QPainterPath shape;
        shape.addRoundedRect(card, measure::kRadius, measure::kRadius);
        painter->fillPath(shape, picture.isNull() ? theme.raised : QColor(Qt::white));
        if (picture.isNull()) return;
        painter->setClipPath(shape);
        // A chair that the model doesn't know is there to be looked at, but stands back.
        if (index.data(StyleGalleryModel::UnknownRole).toBool()) painter->setOpacity(0.45);
        painter->drawImage(card, picture);
        painter->setOpacity(1);
        painter->setClipping(false);
    }

    static void paintFrame(QPainter* painter,
                           const QRectF& card,
                           const QStyleOptionViewItem& option,
                           const QModelIndex& index) {
        const ThemeTokens& theme = Theme::current();
        const QString letters = index.data(StyleGalleryModel::SlotsRole).toString();
        const bool focused = (option.state & QStyle::State_HasFocus) != 0;
        const bool hovered = (option.state & QStyle::State_MouseOver) != 0;
        painter->setBrush(Qt::NoBrush);
        painter->setPen(QPen(!letters.isEmpty() || focused ? theme.accent
                             : hovered                     ? theme.track
                                                           : theme.line,
                             !letters.isEmpty() || focused ? 2 : 1));
        painter->drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), measure::kRadius, measure::kRadius);
        QRectF badge(card.left() + 5, card.top() + 5, 18, 18);
        QFont font = Theme::font(TextRole::Caption);
        font.setBold(true);
        painter->setFont(font);
        for (QChar letter : letters) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(theme.accent);
            painter->drawRoundedRect(badge, 4, 4);
            painter->setPen(theme.onAccent);
            painter->drawText(badge, int(Qt::AlignCenter), QString(letter));
            badge.translate(20, 0);
        }
    }
};

}  // namespace

StyleGalleryView::StyleGalleryView(QWidget* parent) : QListView(parent) {
    setViewMode(QListView::IconMode);
    setMovement(QListView::Static);
    setResizeMode(QListView::Adjust);
    setUniformItemSizes(true);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setDragEnabled(true);
    setDragDropMode(QAbstractItemView::DragOnly);
    setMouseTracking(true);
    setFrameShape(QFrame::NoFrame);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setIconSize({kCard, kCard});
    setItemDelegate(new CardDelegate(this));
    setObjectName(u"chairs.gallery"_s);
    setAccessibleName(tr("Styles"));
    connect(this, &QListView::clicked, this, [this](const QModelIndex& index) {
        choose(index, slotOf(QApplication::keyboardModifiers()));
    });
}

int StyleGalleryView::slotOf(Qt::KeyboardModifiers modifiers) {
    return (modifiers & Qt::ControlModifier ? 2 : 0) + (modifiers & Qt::ShiftModifier ? 1 : 0);
}

void StyleGalleryView::choose(const QModelIndex& index, int slot) {
    if (index.isValid()) Q_EMIT styleChosen(index.data(StyleGalleryModel::IdRole).toString(), slot);
}

QStringList StyleGalleryView::visibleIds() const {
    QStringList ids;
    for (int row = 0; model() && row < model()->rowCount(); ++row) {
        const QModelIndex index = model()->index(row, 0);
        if (visualRect(index).intersects(viewport()->rect()))
            ids << index.data(StyleGalleryModel::IdRole).toString();
    }
    return ids;
}

void StyleGalleryView::setPlaceholder(const QString& text) {
    m_placeholder = text;
    viewport()->update();
}

void StyleGalleryView::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        choose(currentIndex(), slotOf(event->modifiers()));
        return;
    }
    QListView::keyPressEvent(event);
}

void StyleGalleryView::contextMenuEvent(QContextMenuEvent* event) {
    const QModelIndex index = indexAt(event->pos());
    if (!index.isValid()) return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (int slot = 0; slot < 4; ++slot) {
        QAction* action = menu->addAction(tr("Use as %1").arg(QChar(u'A' + slot)));
        connect(action, &QAction::triggered, this, [this, persistent = QPersistentModelIndex(index), slot] {
            choose(persistent, slot);
        });
    }
    menu->popup(event->globalPos());
}

void StyleGalleryView::paintEvent(QPaintEvent* event) {
    QListView::paintEvent(event);
    if (m_placeholder.isEmpty() || (model() && model()->rowCount() > 0)) return;
    QPainter painter(viewport());
    painter.setPen(Theme::current().muted);
    painter.setFont(Theme::font(TextRole::Body));
    painter.drawText(viewport()->rect().adjusted(24, 0, -24, 0),
                     int(Qt::AlignCenter) | int(Qt::TextWordWrap),
                     m_placeholder);
}

void StyleGalleryView::resizeEvent(QResizeEvent* event) {
    QListView::resizeEvent(event);
    Q_EMIT visibleChanged();
}

void StyleGalleryView::scrollContentsBy(int dx, int dy) {
    QListView::scrollContentsBy(dx, dy);
    Q_EMIT visibleChanged();
}

}  // namespace vitrine
