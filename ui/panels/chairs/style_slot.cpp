// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/chairs/style_slot.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QDrag>
#include <QKeyEvent>
#include <QMenu>
#include <QMimeData>
#include <QPainter>
#include <QPainterPath>

#include "ui/panels/chairs/style_gallery_model.h"
#include "ui/shell/chair_drag.h"
#include "ui/shell/theme.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

constexpr int kNameHeight = 18;
const QString kSlotMimeType = u"application/x-vitrine-slot"_s;

}  // namespace

StyleSlot::StyleSlot(int index, QWidget* parent) : QAbstractButton(parent), m_index(index) {
    setObjectName(u"chairs.slot"_s + letter());
    setFocusPolicy(Qt::StrongFocus);
    setAcceptDrops(true);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setEmpty();
}

void StyleSlot::setStyle(const QString& name, const QImage& picture) {
    if (m_filled && m_name == name && m_picture.cacheKey() == picture.cacheKey()) return;
    m_filled = true;
    m_name = name;
    m_picture = picture;
    setAccessibleName(tr("Style %1: %2").arg(letter()).arg(name));
    setToolTip(tr("%1: %2. Press to show it unmixed, Delete to empty the slot.").arg(letter()).arg(name));
    update();
}

void StyleSlot::setEmpty() {
    m_filled = false;
    m_name.clear();
    m_picture = {};
    setAccessibleName(tr("Style %1: empty").arg(letter()));
    setToolTip(tr("Drop a chair here to fill slot %1.").arg(letter()));
    update();
}

void StyleSlot::setCardSize(int size, bool withName) {
    m_size = size;
    m_withName = withName;
    updateGeometry();
    update();
}

QSize StyleSlot::sizeHint() const {
    return {m_withName ? std::max(m_size, 88) : m_size, m_size + (m_withName ? kNameHeight : 0)};
}

QRectF StyleSlot::cardRect() const {
    return {(width() - m_size) / 2.0, 0, double(m_size), double(m_size)};
}

void StyleSlot::paintEvent(QPaintEvent*) {
    const ThemeTokens& theme = Theme::current();
    QPainter painter(this);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    const QRectF card = cardRect();
    QPainterPath shape;
    shape.addRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), measure::kRadius, measure::kRadius);
    painter.fillPath(shape, m_filled && !m_picture.isNull() ? QColor(Qt::white) : theme.raised);
    if (!m_picture.isNull()) {
        painter.save();
        painter.setClipPath(shape);
        painter.drawImage(card, m_picture);
        painter.restore();
    }
    QPen frame(m_dropping || hasFocus() ? theme.accent
               : underMouse()           ? theme.track
                                        : theme.line,
               m_dropping || hasFocus() ? 2 : 1);
    if (!m_filled && !m_dropping) frame.setStyle(Qt::DashLine);
    painter.setPen(frame);
    painter.drawPath(shape);
    paintBadge(painter, card);
    if (!m_withName) return;
    painter.setPen(theme.muted);
    painter.setFont(Theme::font(TextRole::Caption));
    painter.drawText(QRectF(0, card.bottom() + 1, width(), kNameHeight),
                     int(Qt::AlignCenter),
                     painter.fontMetrics().elidedText(m_name, Qt::ElideRight, width()));
}

void StyleSlot::paintBadge(QPainter& painter, const QRectF& card) const {
    const ThemeTokens& theme = Theme::current();
    // On a small card the letter must leave the chair to be seen.
    const bool small = m_size < 60;
    QFont font = Theme::font(TextRole::Caption);
    font.setBold(true);
    if (small && m_filled) font.setPointSizeF(font.pointSizeF() * 0.75);
    painter.setFont(font);
    if (!m_filled) {
        painter.setPen(theme.muted);
        painter.drawText(card, int(Qt::AlignCenter), QString(letter()));
        return;
    }
    const double edge = small ? 11 : 17;
    const QRectF badge(card.left() + (small ? 1 : 4), card.top() + (small ? 1 : 4), edge, edge);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.accent);
    painter.drawRoundedRect(badge, edge / 4, edge / 4);
    painter.setPen(theme.onAccent);
    painter.drawText(badge, int(Qt::AlignCenter), QString(letter()));
}

void StyleSlot::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Delete || event->key() == Qt::Key_Backspace) {
        Q_EMIT clearAsked(m_index);
    } else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        click();
    } else {
        QAbstractButton::keyPressEvent(event);
    }
}

void StyleSlot::contextMenuEvent(QContextMenuEvent* event) {
    if (!m_filled) return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    connect(menu->addAction(tr("Show unmixed")), &QAction::triggered, this, &QAbstractButton::click);
    connect(menu->addAction(tr("Empty the slot")), &QAction::triggered, this, [this] {
        Q_EMIT clearAsked(m_index);
    });
    menu->popup(event->globalPos());
}

void StyleSlot::mouseMoveEvent(QMouseEvent* event) {
    QAbstractButton::mouseMoveEvent(event);
    if (!m_filled || !(event->buttons() & Qt::LeftButton) || rect().contains(event->position().toPoint()))
        return;
    setDown(false);
    auto* mime = new QMimeData;
    mime->setData(kSlotMimeType, QByteArray::number(m_index));
    addToDrag(*mime, {m_name, m_picture});
    auto* drag = new QDrag(this);
    drag->setMimeData(mime);
    drag->setPixmap(
        QPixmap::fromImage(m_picture.scaled(48, 48, Qt::KeepAspectRatio, Qt::SmoothTransformation)));
    drag->exec(Qt::CopyAction | Qt::MoveAction, Qt::MoveAction);
}

void StyleSlot::dragEnterEvent(QDragEnterEvent* event) {
    const QMimeData* mime = event->mimeData();
    if (!mime->hasFormat(QString::fromLatin1(kStyleMimeType)) && !mime->hasFormat(kSlotMimeType)) return;
    event->acceptProposedAction();
    m_dropping = true;
    update();
}

void StyleSlot::dragLeaveEvent(QDragLeaveEvent*) {
    m_dropping = false;
    update();
}

void StyleSlot::dropEvent(QDropEvent* event) {
    m_dropping = false;
    update();
    const QMimeData* mime = event->mimeData();
    event->acceptProposedAction();
    if (mime->hasFormat(kSlotMimeType))
        Q_EMIT slotDropped(m_index, mime->data(kSlotMimeType).toInt());
    else
        Q_EMIT styleDropped(m_index, QString::fromUtf8(mime->data(QString::fromLatin1(kStyleMimeType))));
}

}  // namespace vitrine
