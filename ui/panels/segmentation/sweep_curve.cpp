// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/segmentation/sweep_curve.h"

#include <QPainter>
#include <algorithm>
#include <array>

#include "ui/shell/theme.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

constexpr double kDot = 2.5;
/// What the upper end of the scale may be.
constexpr std::array kScales{0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0};

double scaleFor(const std::vector<double>& shares) {
    const double most = shares.empty() ? 0 : *std::ranges::max_element(shares);
    const auto scale = std::ranges::lower_bound(kScales, most);
    return scale == kScales.end() ? 1.0 : *scale;
}

}  // namespace

SweepCurve::SweepCurve(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Change from sweep to sweep"));
}

void SweepCurve::setShares(const std::vector<double>& changedShares, int numSweeps) {
    m_shares = changedShares;
    m_numSweeps = std::max(numSweeps, int(changedShares.size()));
    setAccessibleDescription(m_shares.empty() ? QString()
                                              : tr("%1 % of the unknown pixels changed in sweep %2")
                                                    .arg(100 * m_shares.back(), 0, 'f', 1)
                                                    .arg(m_shares.size()));
    update();
}

QPointF SweepCurve::pointAt(const QRectF& plot, std::size_t sweep, double most) const {
    const double across = m_numSweeps > 1 ? double(sweep) / (m_numSweeps - 1) : 0;
    return {plot.left() + across * plot.width(), plot.bottom() - m_shares[sweep] / most * plot.height()};
}

void SweepCurve::paintEvent(QPaintEvent*) {
    const ThemeTokens& theme = Theme::current();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(Theme::font(TextRole::Caption));
    const QFontMetricsF metrics(painter.font());
    const double most = scaleFor(m_shares);
    const QString top = u"%1 %"_s.arg(100 * most);
    const double left = metrics.horizontalAdvance(u"100 %"_s) + 6, line = metrics.height();
    const QRectF plot(left, line / 2, width() - left - kDot - 1, height() - 1.5 * line - 4);

    painter.setPen(QPen(theme.line, 1));
    painter.drawLine(plot.topLeft(), plot.topRight());
    painter.setPen(QPen(theme.track, 1));
    painter.drawLine(plot.bottomLeft(), plot.bottomRight());
    painter.setPen(theme.muted);
    const QRectF labels(0, 0, left - 6, line);
    painter.drawText(labels, int(Qt::AlignRight | Qt::AlignVCenter), top);
    painter.drawText(labels.translated(0, plot.height()), int(Qt::AlignRight | Qt::AlignVCenter), u"0"_s);
    const QRectF below(plot.left(), plot.bottom() + 4, plot.width(), line);
    painter.drawText(below, int(Qt::AlignLeft), u"1"_s);
    painter.drawText(below, int(Qt::AlignHCenter), tr("sweep"));
    painter.drawText(below, int(Qt::AlignRight), QString::number(m_numSweeps));
    if (m_shares.empty()) return;

    QPolygonF curve;
    for (std::size_t sweep = 0; sweep < m_shares.size(); ++sweep) curve << pointAt(plot, sweep, most);
    painter.setPen(QPen(theme.accent, 1.5));
    painter.drawPolyline(curve);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.accent);
    painter.drawEllipse(curve.last(), kDot, kDot);
}

}  // namespace vitrine
