// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/vote_bars.h"

#include <QPainter>

#include "ui/shell/theme.h"
#include "ui/views/label_colors.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

constexpr int kRowHeight = 20;
constexpr double kBarHeight = 6;
constexpr double kSwatch = 10;
constexpr int kNameWidth = 92;
constexpr int kNumberWidth = 44;

}  // namespace

VoteBars::VoteBars(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Votes"));
}

void VoteBars::setClasses(const QStringList& names) {
    if (names == m_names) return;
    m_names = names;
    updateGeometry();
    update();
}

void VoteBars::setShares(const QList<double>& shares) {
    m_shares = shares;
    QStringList words;
    for (int i = 0; i < m_names.size() && i < shares.size(); ++i)
        words << u"%1 %2 %"_s.arg(m_names[i]).arg(100 * shares[i], 0, 'f', 0);
    setAccessibleDescription(words.join(u", "_s));
    update();
}

QSize VoteBars::sizeHint() const {
    return {200, int(std::max<qsizetype>(1, m_names.size())) * kRowHeight};
}

void VoteBars::paintEvent(QPaintEvent*) {
    const ThemeTokens& theme = Theme::current();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(Theme::font(TextRole::Caption));
    for (int i = 0; i < m_names.size(); ++i) {
        const QRectF row(0, i * kRowHeight, width(), kRowHeight);
        const QColor color = i == 0 ? theme.muted : classColor(i);
        painter.setPen(Qt::NoPen);
        painter.setBrush(color);
        painter.drawRoundedRect(
            QRectF(row.left(), row.center().y() - kSwatch / 2, kSwatch, kSwatch), 2, 2);
        painter.setPen(theme.muted);
        painter.drawText(row.adjusted(kSwatch + 6, 0, 0, 0), int(Qt::AlignLeft | Qt::AlignVCenter), m_names[i]);
        if (i >= m_shares.size()) continue;
        const QRectF track(kNameWidth, row.center().y() - kBarHeight / 2,
                           width() - kNameWidth - kNumberWidth, kBarHeight);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.raised);
        painter.drawRoundedRect(track, kBarHeight / 2, kBarHeight / 2);
        painter.setBrush(color);
        if (m_shares[i] > 0)
            painter.drawRoundedRect(QRectF(track.topLeft(), QSizeF(std::max(kBarHeight, track.width() * m_shares[i]), kBarHeight)),
                                    kBarHeight / 2, kBarHeight / 2);
        painter.setPen(theme.text);
        painter.drawText(row, int(Qt::AlignRight | Qt::AlignVCenter), u"%1 %"_s.arg(100 * m_shares[i], 0, 'f', 0));
    }
}

}  // namespace vitrine
