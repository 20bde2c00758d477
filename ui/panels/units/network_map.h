// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <vector>

#include "core/nets/chair_layer.h"

namespace vitrine {

/// A drawing of the generator, from the inputs on the left to the picture on the right; a click or the arrow
/// keys choose a layer.
class NetworkMap : public QWidget {
    Q_OBJECT
public:
    explicit NetworkMap(QWidget* parent = nullptr);

    void setLayers(const std::vector<ChairLayer>& layers);
    /// Emits nothing.
    void setChosen(const std::string& name);
    QString chosen() const { return m_chosen < 0 ? QString() : nameAt(m_chosen); }
    /// Where a layer stands, logical pixels; empty: it isn't there.
    QRectF rectOf(const std::string& name) const;

    QSize sizeHint() const override { return {280, 132}; }
    QSize minimumSizeHint() const override { return {200, 132}; }

Q_SIGNALS:
    void layerChosen(const QString& name);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QString nameAt(int index) const { return QString::fromStdString(m_layers[std::size_t(index)].name); }
    QRectF rectAt(int index) const;
    int indexAt(const QPointF& position) const;
    int numDepths() const;
    /// The nearest layer one column or row further; -1: none.
    int neighbour(int columns, int rows) const;
    void choose(int index);
    void paintWires(QPainter& painter) const;
    void paintLayer(QPainter& painter, int index) const;

    std::vector<ChairLayer> m_layers;
    int m_chosen = -1;
    int m_hovered = -1;
};

/// "FC-4, 1024 units"; "uconv-1, 128 maps of 16 x 16".
QString describeLayer(const ChairLayer& layer);

}  // namespace vitrine
