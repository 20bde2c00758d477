// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QListView>

namespace vitrine {

/// Chairs as cards in rows that wrap. Click or Enter: slot A; Shift: B; Ctrl+Enter: C; Ctrl+Shift+Enter: D;
/// the menu has all four.
class StyleGalleryView : public QListView {
    Q_OBJECT
public:
    explicit StyleGalleryView(QWidget* parent = nullptr);
    /// Ids of the cards that can be seen, top left first.
    QStringList visibleIds() const;
    /// The slot that a click or a key means with these modifiers: none A, Shift B, Ctrl C, both D.
    static int slotOf(Qt::KeyboardModifiers modifiers);
    void setPlaceholder(const QString& text);

Q_SIGNALS:
    void styleChosen(const QString& id, int slot);
    void visibleChanged();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;

private:
    void choose(const QModelIndex& index, int slot);

    QString m_placeholder;
};

}  // namespace vitrine
