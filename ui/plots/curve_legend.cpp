// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/curve_legend.h"

#include <QPainter>
#include <algorithm>

#include "ui/plots/curve_readout.h"
#include "ui/plots/series_colors.h"

using namespace Qt::StringLiterals;

namespace vitrine {
namespace {

constexpr int kHeight = 24;
constexpr int kPad = 6;
constexpr int kSwatch = kReadoutSwatch;
constexpr int kTextAt = kPad + kSwatch + 6;
constexpr int kMaxText = 280;
constexpr int kLegendLeft = 56;  ///< where the axes begin below

QString shownLabel(const QFontMetrics& metrics, const QString& label, int width) {
    return metrics.elidedText(label, Qt::ElideMiddle, std::min(kMaxText, width - kTextAt));
}

int widthOf(const QFontMetrics& metrics, const QString& label) {
    return kTextAt + std::min(kMaxText, metrics.horizontalAdvance(label)) + kPad;
}

}  // namespace

CurveKey::CurveKey(QWidget* parent) : QAbstractButton(parent) {
    setCheckable(true);
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
    setAttribute(Qt::WA_Hover);
}

void CurveKey::setSeries(const CurveSeries& series) {
    m_series = series;
    m_series.points.clear();
    setObjectName(u"curveKey_"_s + series.id);
    setChecked(series.isVisible);
    setText(series.label);
    setAccessibleName(tr("Show %1").arg(series.label));
    setToolTip(series.isVisible ? tr("%1: click to hide").arg(series.label)
                                : tr("%1: click to show").arg(series.label));
    updateGeometry();
    update();
}

QSize CurveKey::sizeHint() const {
    return {widthOf(QFontMetrics(Theme::font(TextRole::Caption)), m_series.label), kHeight};
}

int CurveKey::paint(QPainter& painter,
                    const QRect& area,
                    const CurveSeries& series,
                    const ThemeTokens& theme) {
    QFont font = Theme::font(TextRole::Caption);
    font.setStrikeOut(!series.isVisible);
    painter.setFont(font);
    QPen pen = seriesPen(series.colorIndex, series.isDashed, theme.dark, 2.5);
    if (!series.isVisible) pen.setColor(theme.track);
    paintSwatch(painter, QPointF(area.left() + kPad + kSwatch / 2.0, area.center().y() + 1), pen);
    painter.setPen(series.isVisible ? theme.text : theme.muted);
    painter.drawText(area.adjusted(kTextAt, 0, 0, 0),
                     int(Qt::AlignLeft | Qt::AlignVCenter),
                     shownLabel(painter.fontMetrics(), series.label, area.width()));
    return widthOf(painter.fontMetrics(), series.label);
}

void CurveKey::paintEvent(QPaintEvent*) {
    const ThemeTokens& theme = Theme::current();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(hasFocus() ? QPen(theme.accent, 2) : QPen(Qt::NoPen));
    painter.setBrush(underMouse() ? QBrush(theme.raised) : QBrush(Qt::NoBrush));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), measure::kRadius, measure::kRadius);
    paint(painter, rect(), m_series, theme);
}

WrapLayout::~WrapLayout() {
    qDeleteAll(m_items);
}

QLayoutItem* WrapLayout::takeAt(int index) {
    return index >= 0 && index < m_items.size() ? m_items.takeAt(index) : nullptr;
}

QSize WrapLayout::minimumSize() const {
    QSize size;
    for (const QLayoutItem* item : m_items) size = size.expandedTo(item->minimumSize());
    return size;
}

void WrapLayout::setGeometry(const QRect& area) {
    QLayout::setGeometry(area);
    arrange(area, true);
}

int WrapLayout::arrange(const QRect& whole, bool moves) const {
    const QRect area = whole.marginsRemoved(contentsMargins());
    int x = area.left(), y = area.top(), rowHeight = 0;
    for (QLayoutItem* item : m_items) {
        const QSize size(std::min(item->sizeHint().width(), area.width()), item->sizeHint().height());
        if (x > area.left() && x + size.width() > area.left() + area.width()) {
            x = area.left();
            y += rowHeight;
        }
        if (moves) item->setGeometry({QPoint(x, y), size});
        x += size.width() + spacing();
        rowHeight = std::max(rowHeight, size.height());
    }
    return y + rowHeight + contentsMargins().bottom() - whole.top();
}

CurveLegend::CurveLegend(QWidget* parent) : QWidget(parent) {
    auto* layout = new WrapLayout(this);
    layout->setContentsMargins(kLegendLeft - kPad, 4, measure::kGap, 0);
    layout->setSpacing(4);
}

CurveKey* CurveLegend::addKey() {
    auto* key = new CurveKey(this);
    m_keys.append(key);
    layout()->addWidget(key);
    connect(key, &CurveKey::clicked, this, [this, key](bool isChecked) {
        Q_EMIT visibilityRequested(key->seriesId(), isChecked);
    });
    return key;
}

void CurveLegend::setSeries(const QList<CurveSeries>& series) {
    while (m_keys.size() > series.size()) delete m_keys.takeLast();
    while (m_keys.size() < series.size()) addKey();
    for (qsizetype i = 0; i < series.size(); ++i) m_keys[i]->setSeries(series[i]);
    setVisible(!series.isEmpty());
}

}  // namespace vitrine
