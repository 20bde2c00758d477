// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/units/network_map.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>

#include "ui/shell/theme.h"

namespace vitrine {

using namespace Qt::StringLiterals;

namespace {

constexpr double kLabelHeight = 18;
constexpr double kPadding = 4;
constexpr double kUnitWidth = 8;  ///< of a fully connected layer
constexpr double kBranchHeight = 26;
constexpr double kTrunkHeight = 80;
constexpr int kNumBranches = 3;

/// What stands under a column.
QString labelOf(const ChairLayer& layer) {
    const QString name = QString::fromStdString(layer.name).section(u' ', 0, 0);
    if (name == u"output"_s) return u"out"_s;
    return name.startsWith(u"uconv"_s) ? u"u-"_s + name.section(u'-', 1) : name;
}

/// The row of several that stand over each other.
int rowOf(const ChairLayer& layer) {
    return layer.isBranch() ? int(layer.subnet) : layer.subnet == ChairSubnet::Mask ? 1 : 0;
}

}  // namespace

QString describeLayer(const ChairLayer& layer) {
    const QString name = QString::fromStdString(layer.name);
    if (!layer.isMap()) return NetworkMap::tr("%1, %2 units").arg(name).arg(layer.numUnits);
    return NetworkMap::tr("%1, %2 maps of %3 × %3").arg(name).arg(layer.numUnits).arg(layer.side);
}

NetworkMap::NetworkMap(QWidget* parent) : QWidget(parent) {
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Layers of the network"));
}

void NetworkMap::setLayers(const std::vector<ChairLayer>& layers) {
    m_layers = layers;
    m_chosen = m_hovered = -1;
    update();
}

void NetworkMap::setChosen(const std::string& name) {
    const auto found = std::ranges::find(m_layers, name, &ChairLayer::name);
    m_chosen = found == m_layers.end() ? -1 : int(found - m_layers.begin());
    setAccessibleDescription(m_chosen < 0 ? QString() : describeLayer(*found));
    update();
}

int NetworkMap::numDepths() const {
    int depth = 1;
    for (const ChairLayer& layer : m_layers) depth = std::max(depth, layer.depth);
    return depth;
}

QRectF NetworkMap::rectAt(int index) const {
    const ChairLayer& layer = m_layers[std::size_t(index)];
    const double column = double(width()) / numDepths();
    const double centreX = (layer.depth - 0.5) * column;
    const double room = height() - kLabelHeight;
    const bool twoStreams = m_layers.back().subnet == ChairSubnet::Mask;
    const int numRows = layer.isBranch() ? kNumBranches : layer.isMap() && twoStreams ? 2 : 1;
    const double centreY = room * (rowOf(layer) + 0.5) / numRows;
    if (!layer.isMap()) {
        const double tall = layer.isBranch() ? kBranchHeight : kTrunkHeight;
        return {centreX - kUnitWidth / 2, centreY - tall / 2, kUnitWidth, tall};
    }
    // The larger its maps, the larger a layer: by a fifth a doubling.
    const double side =
        std::min(column - kPadding, (column - kPadding) * (0.4 + 0.15 * (std::log2(layer.side) - 3)));
    return {centreX - side / 2, centreY - side / 2, side, side};
}

QRectF NetworkMap::rectOf(const std::string& name) const {
    const auto found = std::ranges::find(m_layers, name, &ChairLayer::name);
    return found == m_layers.end() ? QRectF() : rectAt(int(found - m_layers.begin()));
}

int NetworkMap::indexAt(const QPointF& position) const {
    int nearest = -1;
    double least = double(width()) / numDepths();
    for (int i = 0; i < int(m_layers.size()); ++i) {
        const QRectF area = rectAt(i);
        const QPointF off = position - area.center();
        const double distance = std::hypot(std::max(0.0, std::abs(off.x()) - area.width() / 2),
                                           std::max(0.0, std::abs(off.y()) - area.height() / 2));
        if (distance < least) least = distance, nearest = i;
    }
    return nearest;
}

int NetworkMap::neighbour(int columns, int rows) const {
    if (m_chosen < 0) return m_layers.empty() ? -1 : 0;
    const QPointF from = rectAt(m_chosen).center();
    const int depth = m_layers[std::size_t(m_chosen)].depth + columns;
    int nearest = -1;
    double least = HUGE_VAL;
    for (int i = 0; i < int(m_layers.size()); ++i) {
        const double down = rectAt(i).center().y() - from.y();
        if (m_layers[std::size_t(i)].depth != depth || i == m_chosen || (rows != 0 && down * rows <= 0))
            continue;
        if (std::abs(down) < least) least = std::abs(down), nearest = i;
    }
    return nearest;
}

void NetworkMap::choose(int index) {
    if (index < 0 || index == m_chosen) return;
    setChosen(m_layers[std::size_t(index)].name);
    Q_EMIT layerChosen(nameAt(index));
}

void NetworkMap::paintEvent(QPaintEvent*) {
    const ThemeTokens& theme = Theme::current();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(Theme::font(TextRole::Caption));
    if (m_layers.empty()) {
        painter.setPen(theme.muted);
        painter.drawText(rect(), int(Qt::AlignCenter), tr("No network"));
        return;
    }
    paintWires(painter);
    for (int i = 0; i < int(m_layers.size()); ++i) paintLayer(painter, i);
    const double column = double(width()) / numDepths();
    int labelled = 0;
    for (const ChairLayer& layer : m_layers) {
        if (layer.depth <= labelled) continue;
        labelled = layer.depth;
        const bool isChosen = m_chosen >= 0 && m_layers[std::size_t(m_chosen)].depth == layer.depth;
        painter.setPen(isChosen ? theme.text : theme.muted);
        painter.drawText(
            QRectF((layer.depth - 1) * column - 4, height() - kLabelHeight, column + 8, kLabelHeight),
            int(Qt::AlignHCenter | Qt::AlignBottom),
            labelOf(layer));
    }
    if (hasFocus()) {
        painter.setPen(QPen(theme.accent, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), measure::kRadius, measure::kRadius);
    }
}

void NetworkMap::paintWires(QPainter& painter) const {
    painter.setPen(QPen(Theme::current().line, 1));
    for (int a = 0; a < int(m_layers.size()); ++a) {
        for (int b = 0; b < int(m_layers.size()); ++b) {
            const ChairLayer& from = m_layers[std::size_t(a)];
            const ChairLayer& to = m_layers[std::size_t(b)];
            if (to.depth != from.depth + 1 ||
                (from.subnet != to.subnet && from.isBranch() == to.isBranch() && from.isMap() == to.isMap()))
                continue;
            const QRectF left = rectAt(a), right = rectAt(b);
            painter.drawLine(QPointF(left.right(), left.center().y()),
                             QPointF(right.left(), right.center().y()));
        }
    }
}

void NetworkMap::paintLayer(QPainter& painter, int index) const {
    const ThemeTokens& theme = Theme::current();
    const bool isChosen = index == m_chosen;
    painter.setBrush(isChosen ? theme.accent : index == m_hovered ? theme.hover : theme.raised);
    painter.setPen(QPen(isChosen ? theme.accent : theme.track, 1));
    painter.drawRoundedRect(rectAt(index).adjusted(0.5, 0.5, -0.5, -0.5), 2, 2);
}

void NetworkMap::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) choose(indexAt(event->position()));
}

void NetworkMap::mouseMoveEvent(QMouseEvent* event) {
    const int index = indexAt(event->position());
    if (index == m_hovered) return;
    m_hovered = index;
    setCursor(index >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
    update();
}

void NetworkMap::leaveEvent(QEvent*) {
    m_hovered = -1;
    update();
}

bool NetworkMap::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const int index = indexAt(help->pos());
    QToolTip::showText(
        help->globalPos(), index < 0 ? QString() : describeLayer(m_layers[std::size_t(index)]), this);
    return true;
}

void NetworkMap::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
        case Qt::Key_Left:
            return choose(neighbour(-1, 0));
        case Qt::Key_Right:
            return choose(neighbour(1, 0));
        case Qt::Key_Up:
            return choose(neighbour(0, -1));
        case Qt::Key_Down:
            return choose(neighbour(0, 1));
        default:
            QWidget::keyPressEvent(event);
    }
}

}  // namespace vitrine
