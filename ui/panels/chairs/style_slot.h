// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>
#include <QImage>

namespace vitrine {

/// One of the slots A to D: the chair's picture with its letter and name, or an invitation to fill it. A
/// chair of the gallery, or another slot, can be dropped on it. Press: show it unmixed; Delete: empty it.
class StyleSlot : public QAbstractButton {
    Q_OBJECT
public:
    StyleSlot(int index, QWidget* parent = nullptr);

    int index() const { return m_index; }
    QChar letter() const { return QChar(u'A' + m_index); }
    void setStyle(const QString& name, const QImage& picture);
    void setEmpty();
    /// Edge of the card; the name stands below it unless it is small.
    void setCardSize(int size, bool withName);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    void styleDropped(int slot, const QString& id);
    void slotDropped(int slot, int fromSlot);
    void clearAsked(int slot);

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    QRectF cardRect() const;
    void paintBadge(QPainter& painter, const QRectF& card) const;

    int m_index;
    QString m_name;
    QImage m_picture;
    bool m_filled = false;
    bool m_dropping = false;
    bool m_withName = true;
    int m_size = 72;
};

}  // namespace vitrine
