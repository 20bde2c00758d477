// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/vote_bars.h"

#include <QPainter>

#include "ui/shell/theme.h"
#include "ui/views/label_colors.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

constexpr int kHeight = 26, kTextHeight = 18;
constexpr double kVoteBarHeight = 4;
constexpr double kSwatch = 10, kAfterSwatch = 6;
constexpr int kMaxWidth = 148, kVoteGap = 16;

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
    return {200, kHeight};
}

void VoteBars::paintEvent(QPaintEvent*) {
    const ThemeTokens& theme = Theme::current();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(Theme::font(TextRole::Caption));
    const int count = int(std::max<qsizetype>(1, m_names.size()));
    const double cell = std::min<double>(kMaxWidth, double(width() + kVoteGap) / count);
    for (int i = 0; i < m_names.size(); ++i) {
        const QRectF line(i * cell, 0, cell - kVoteGap, kTextHeight);
        const QColor color = i == 0 ? theme.muted : classColor(i);
        painter.setPen(Qt::NoPen);
        painter.setBrush(color);
        painter.drawRoundedRect(QRectF(line.left(), line.center().y() - kSwatch / 2, kSwatch, kSwatch), 2, 2);
        QRectF words = line.adjusted(kSwatch + kAfterSwatch, 0, 0, 0);
        if (i < m_shares.size()) {
            const QString share = u"%1 %"_s.arg(100 * m_shares[i], 0, 'f', 0);
            painter.setPen(theme.text);
            painter.drawText(words, int(Qt::AlignRight | Qt::AlignVCenter), share);
            words.setRight(words.right() - painter.fontMetrics().horizontalAdvance(share) - kAfterSwatch);
            const QRectF track(line.left(), line.bottom() + 2, line.width(), kVoteBarHeight);
            const double filled = track.width() * m_shares[i];
            painter.setPen(Qt::NoPen);
            painter.setBrush(theme.raised);
            painter.drawRoundedRect(track, kVoteBarHeight / 2, kVoteBarHeight / 2);
            painter.setBrush(color);
            if (filled > 0)
                painter.drawRoundedRect(
                    QRectF(track.topLeft(), QSizeF(std::max(kVoteBarHeight, filled), kVoteBarHeight)),
                    kVoteBarHeight / 2,
                    kVoteBarHeight / 2);
        }
        painter.setPen(theme.muted);
        painter.drawText(words,
                         int(Qt::AlignLeft | Qt::AlignVCenter),
                         painter.fontMetrics().elidedText(m_names[i], Qt::ElideRight, int(words.width())));
    }
}

}  // namespace vitrine
