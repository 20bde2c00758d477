// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QImage>
#include <QList>
#include <QPixmap>
#include <QSet>
#include <QWidget>
#include <optional>

namespace vitrine {

/// Styles on a plane, as cards where there is room and as dots elsewhere; the axes are stretched to fill the
/// view. A click chooses the nearest style, a drag with the left button moves over the plane, as the arrow
/// keys do. The wheel and + - zoom at the pointer; the middle button and Ctrl+arrow keys pan; 0 or a
/// double-click shows everything. Return chooses the style nearest to the current place.
class StyleMapView : public QWidget {
    Q_OBJECT
public:
    /// Earlier ones have their card first.
    struct Item {
        QString id;
        QString name;
        QPointF place;
        bool isStrong = false;  ///< its dot stands out
        bool operator==(const Item&) const = default;
    };
    /// A lettered place. Where it is a style's, `id` names it, and its card is always shown.
    struct Mark {
        QString letter;
        QPointF place;
        QString id;
        bool operator==(const Mark&) const = default;
    };

    explicit StyleMapView(QWidget* parent = nullptr);

    void setItems(const QList<Item>& items);
    void setPicture(const QString& id, const QImage& picture);
    /// `path`: places joined by lines, with `current` somewhere between them.
    void setMarks(const QList<Mark>& marks, const QList<QPointF>& path, std::optional<QPointF> current);
    /// A line of text below, or in the middle where there are no styles.
    void setCaption(const QString& text);

    /// Those that are drawn as cards, on screen.
    QStringList visibleIds() const;
    double zoom() const { return m_zoom; }
    void zoomBy(double factor, const QPointF& at);
    void fit();
    QPointF positionOf(const QPointF& place) const;
    QPointF placeOf(const QPointF& position) const;

    QSize sizeHint() const override { return {640, 240}; }
    QSize minimumSizeHint() const override { return {160, 96}; }

Q_SIGNALS:
    void styleChosen(const QString& id, Qt::KeyboardModifiers modifiers);
    void dragged(const QPointF& place);
    void dragFinished();
    /// Other styles have cards.
    void visibleChanged();

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;

private:
    void layOut();
    void changeView();
    QRectF fitRect() const;
    QRectF cardAt(const QPointF& position) const;
    const Item* nearest(const QPointF& position, double within) const;
    bool panByKey(int key);
    bool moveByKey(int key);
    void paintDots(QPainter& painter) const;
    void paintCards(QPainter& painter) const;
    void paintPath(QPainter& painter) const;
    void paintMarks(QPainter& painter) const;
    void paintCaption(QPainter& painter) const;
    QSet<QString> markedIds() const;

    QList<Item> m_items;
    QRectF m_bounds;  ///< of all places
    QHash<QString, QPixmap> m_pictures;
    QList<Mark> m_marks;
    QList<QPointF> m_path;
    std::optional<QPointF> m_current;
    QString m_caption;
    QList<qsizetype> m_cards;  ///< items that have one
    double m_zoom = 1;
    QPointF m_center{0.5, 0.5};  ///< in parts of the bounds
    QPointF m_pressed, m_last;
    enum class Gesture { None, Press, Drag, Pan };
    Gesture m_gesture = Gesture::None;
};

}  // namespace vitrine
