// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/units/activation_bars.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>
#include <numeric>

#include "ui/shell/theme.h"

namespace vitrine {
namespace {

constexpr double kPitch = 5;  ///< from bar to bar
constexpr double kBar = 3;
constexpr double kTextHeight = 16;

}  // namespace

ActivationBars::ActivationBars(QWidget* parent) : QWidget(parent) {
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setCursor(Qt::PointingHandCursor);
    setAccessibleName(tr("Activations of the chair, the strongest first"));
}

void ActivationBars::setActivations(const LayerActivations& activations) {
    m_values.clear();
    for (int unit = 0; unit < activations.layer.numUnits; ++unit)
        m_values.push_back(activations.meanOf(unit));
    m_order.resize(m_values.size());
    std::iota(m_order.begin(), m_order.end(), 0);
    std::ranges::stable_sort(
        m_order, std::greater{}, [this](int unit) { return std::abs(m_values[std::size_t(unit)]); });
    m_range = m_order.empty() ? 0 : std::abs(m_values[std::size_t(m_order.front())]);
    m_hasNegative = std::ranges::any_of(m_values, [this](double value) { return value < -0.02 * m_range; });
    setChosen(m_chosen);
}

void ActivationBars::setChosen(int unit) {
    m_chosen = unit;
    const bool isThere = unit >= 0 && unit < int(m_values.size());
    setAccessibleDescription(isThere ? tr("Unit %1: %2").arg(unit).arg(m_values[std::size_t(unit)], 0, 'g', 3)
                                     : QString());
    update();
}

int ActivationBars::numShown() const {
    return std::min(int(m_order.size()), int(width() / kPitch));
}

QRectF ActivationBars::barRect(int place) const {
    const double room = height() - kTextHeight;
    const double zero = m_hasNegative ? room / 2 : room;
    const double value = m_range > 0 ? m_values[std::size_t(m_order[std::size_t(place)])] / m_range : 0;
    const double tall = std::max(1.0, std::abs(value) * (zero - 2));
    return {place * kPitch, value < 0 ? zero : zero - tall, kBar, tall};
}

int ActivationBars::placeAt(const QPointF& position) const {
    const int place = int(position.x() / kPitch);
    return place >= 0 && place < numShown() ? place : -1;
}

int ActivationBars::placeOfChosen() const {
    const auto found = std::ranges::find(m_order, m_chosen);
    return found == m_order.end() ? -1 : int(found - m_order.begin());
}

void ActivationBars::choose(int place) {
    if (place < 0 || place >= int(m_order.size())) return;
    setChosen(m_order[std::size_t(place)]);
    Q_EMIT unitChosen(m_chosen);
}

void ActivationBars::paintEvent(QPaintEvent*) {
    const ThemeTokens& theme = Theme::current();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(Theme::font(TextRole::Caption));
    painter.setPen(Qt::NoPen);
    for (int place = 0; place < numShown(); ++place) {
        const bool isChosen = m_order[std::size_t(place)] == m_chosen;
        painter.setBrush(isChosen ? theme.accent : theme.track);
        painter.drawRoundedRect(barRect(place), 1, 1);
    }
    const QRectF foot(0, height() - kTextHeight, width(), kTextHeight);
    painter.setPen(theme.muted);
    painter.drawText(foot,
                     int(Qt::AlignLeft | Qt::AlignBottom),
                     tr("%1 of %2, the strongest first").arg(numShown()).arg(m_order.size()));
    painter.drawText(foot, int(Qt::AlignRight | Qt::AlignBottom), tr("top %1").arg(m_range, 0, 'g', 3));
    if (!hasFocus()) return;
    painter.setPen(QPen(theme.accent, 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), measure::kRadius, measure::kRadius);
}

void ActivationBars::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) choose(placeAt(event->position()));
}

bool ActivationBars::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const int place = placeAt(help->pos());
    const int unit = place < 0 ? -1 : m_order[std::size_t(place)];
    QToolTip::showText(
        help->globalPos(),
        unit < 0 ? QString() : tr("Unit %1: %2").arg(unit).arg(m_values[std::size_t(unit)], 0, 'g', 3),
        this);
    return true;
}

void ActivationBars::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Left) return choose(placeOfChosen() - 1);
    if (event->key() == Qt::Key_Right) return choose(placeOfChosen() + 1);
    QWidget::keyPressEvent(event);
}

}  // namespace vitrine
