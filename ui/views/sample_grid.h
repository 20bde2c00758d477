// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QList>
#include <QWidget>

namespace vitrine {

struct SampleTile {
    int sample = 0;  ///< number of the sample, whatever place it stands at
    QImage picture;  ///< null: still to come
    QString caption;
    bool isPinned = false;
};

/// Many pictures of one size, as large as all of them fit. Arrow keys walk, Return or a click chooses, P
/// pins.
class SampleGrid : public QWidget {
    Q_OBJECT
public:
    explicit SampleGrid(QWidget* parent = nullptr);

    void setTiles(const QList<SampleTile>& tiles);
    const QList<SampleTile>& tiles() const { return m_tiles; }
    /// A line of text shown where there are no pictures.
    void setPlaceholder(const QString& text);
    /// By number of the sample; -1: none.
    void setChosen(int sample);
    int chosen() const { return m_chosen; }
    /// Of a tile's picture, logical pixels of the widget.
    QRectF pictureRect(int place) const;

    QSize sizeHint() const override { return {640, 200}; }
    QSize minimumSizeHint() const override { return {160, 96}; }

Q_SIGNALS:
    /// By number of the sample.
    void sampleChosen(int sample);
    void pinToggled(int sample);
    /// The pixel under the pointer and the size of its picture, of whatever sample; (-1, -1): none.
    void hovered(const QPoint& pixel, const QSize& size);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    struct Layout {
        int columns = 1;
        double side = 0;  ///< of a picture, logical pixels
        double captionHeight = 0;
        double columnGap = 0;
    };
    Layout layoutFor(const QSizeF& size) const;
    int placeAt(const QPointF& position) const;
    int placeOfChosen() const;
    void choose(int place);
    void paintTile(QPainter& painter, int place) const;

    QList<SampleTile> m_tiles;
    QString m_placeholder;
    int m_chosen = -1;
    QPoint m_hovered{-1, -1};
};

}  // namespace vitrine
