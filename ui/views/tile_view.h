// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>
#include <QImage>
#include <QListView>

namespace vitrine {

/// A picture with a number of its own and a line under it.
struct Tile {
    int number = 0;
    QImage picture;  ///< null: still being made
    QString caption;
    QString tip = {};
    bool marked = false;  ///< pinned, or taken part of
};

/// Tiles in an order of the owner's.
class TileModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role { MarkedRole = Qt::UserRole + 1 };
    using QAbstractListModel::QAbstractListModel;

    /// The same numbers in the same order are changed in place: what is chosen and where it stands stays.
    void setTiles(const QList<Tile>& tiles);
    const QList<Tile>& tiles() const { return m_tiles; }
    int rowOf(int number) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    QList<Tile> m_tiles;
};

/// Many small pictures to walk through: arrow keys and clicks choose, P marks.
class TileView : public QListView {
    Q_OBJECT
public:
    /// `side`: pixels of a picture.
    TileView(const QString& id, const QString& name, int side, QWidget* parent = nullptr);

    /// What is chosen, and how far it is scrolled, stays.
    void setTiles(const QList<Tile>& tiles);
    const QList<Tile>& tiles() const { return m_model->tiles(); }
    /// Emits nothing; -1: none.
    void setChosen(int number);
    int chosen() const;
    /// A caption's lines are broken where it says so; all tiles are as high.
    void setCaptionLines(int lines);
    /// What is said where there are no tiles.
    void setPlaceholder(const QString& text);

Q_SIGNALS:
    void tileChosen(int number);
    void markToggled(int number);

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;

private:
    TileModel* m_model = nullptr;
    class TileDelegate* m_delegate = nullptr;
    QString m_placeholder;
    bool m_silent = false;
};

}  // namespace vitrine
