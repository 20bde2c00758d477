// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/morph_strip.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>

#include "ui/shell/theme.h"

namespace vitrine {
namespace {

constexpr double kCurveShare = 0.38;  // of the height
constexpr double kAxisWidth = 56;     // for the curve's numbers
constexpr double kNameHeight = 16;

/// 1, 2 or 5 times a power of ten, not below the value.
double roundedUp(double value) {
    const double power = std::pow(10, std::floor(std::log10(std::max(value, 1e-6))));
    for (const double factor : {1.0, 2.0, 5.0, 10.0})
        if (value <= factor * power) return factor * power;
    return 10 * power;
}

}  // namespace

MorphStrip::MorphStrip(QWidget* parent) : QWidget(parent) {
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void MorphStrip::setFrames(const QList<QImage>& frames) {
    m_frames = frames;
    m_current = std::clamp(m_current, 0, std::max(0, numFrames() - 1));
    update();
}

void MorphStrip::setCurve(const QList<double>& values, const QString& name, const QString& unit) {
    m_values = values;
    m_name = name;
    m_unit = unit;
    update();
}

void MorphStrip::setCurrent(int frame) {
    m_current = std::clamp(frame, 0, std::max(0, numFrames() - 1));
    update();
}

void MorphStrip::setPlaceholder(const QString& text) {
    m_placeholder = text;
    update();
}

QRectF MorphStrip::filmRect() const {
    const QRectF inside = QRectF(contentsRect()).adjusted(kAxisWidth, 0, 0, 0);
    return inside.adjusted(0, 0, 0, -inside.height() * kCurveShare - kNameHeight);
}

QRectF MorphStrip::curveRect() const {
    const QRectF inside = QRectF(contentsRect()).adjusted(kAxisWidth, 0, 0, 0);
    return inside.adjusted(0, inside.height() * (1 - kCurveShare), 0, -4);
}

double MorphStrip::xOf(int frame) const {
    const QRectF film = filmRect();
    return numFrames() < 2 ? film.center().x() : film.left() + film.width() * (frame + 0.5) / numFrames();
}

void MorphStrip::choose(double x) {
    if (m_frames.isEmpty()) return;
    const QRectF film = filmRect();
    const int frame = std::clamp(int((x - film.left()) / film.width() * numFrames()), 0, numFrames() - 1);
    if (frame == m_current) return;
    setCurrent(frame);
    Q_EMIT frameChosen(frame);
}

void MorphStrip::mousePressEvent(QMouseEvent* event) {
    choose(event->position().x());
}

void MorphStrip::mouseMoveEvent(QMouseEvent* event) {
    if (event->buttons().testFlag(Qt::LeftButton)) choose(event->position().x());
}

void MorphStrip::keyPressEvent(QKeyEvent* event) {
    const int step = event->key() == Qt::Key_Left ? -1 : event->key() == Qt::Key_Right ? 1 : 0;
    const int frame = event->key() == Qt::Key_Home ? 0
                      : event->key() == Qt::Key_End
                          ? numFrames() - 1
                          : std::clamp(m_current + step, 0, std::max(0, numFrames() - 1));
    if (frame == m_current || m_frames.isEmpty()) return QWidget::keyPressEvent(event);
    setCurrent(frame);
    Q_EMIT frameChosen(frame);
}

void MorphStrip::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    if (m_frames.isEmpty()) {
        painter.setPen(Theme::current().muted);
        painter.drawText(contentsRect(), int(Qt::AlignCenter | Qt::TextWordWrap), m_placeholder);
        return;
    }
    paintFilm(painter);
    if (m_values.size() == m_frames.size()) paintCurve(painter);
    const double x = xOf(m_current);
    painter.setPen(QPen(Theme::current().accent, 2));
    painter.drawLine(QPointF(x, filmRect().top()), QPointF(x, curveRect().bottom()));
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), measure::kRadius, measure::kRadius);
    }
}

void MorphStrip::paintFilm(QPainter& painter) const {
    const QRectF film = filmRect();
    const double side = std::min(film.height(), film.width());
    const int count = std::clamp(int(film.width() / side), 1, numFrames());
    for (int i = 0; i < count; ++i) {
        const int frame =
            count == 1 ? m_current : int(std::lround(double(i) * (numFrames() - 1) / (count - 1)));
        const double left = count == 1 ? film.left() : film.left() + (film.width() - side) * i / (count - 1);
        const QRectF cell = QRectF(left, film.top(), side, side).adjusted(1, 0, -1, 0);
        QPainterPath shape;
        shape.addRoundedRect(cell, 4, 4);
        painter.save();
        painter.setClipPath(shape);
        painter.drawImage(cell, m_frames[frame]);
        painter.restore();
        painter.setPen(QPen(Theme::current().line, 1));
        painter.drawPath(shape);
    }
}

void MorphStrip::paintCurve(QPainter& painter) const {
    const ThemeTokens& theme = Theme::current();
    const QRectF area = curveRect();
    const double top = roundedUp(*std::ranges::max_element(m_values));
    const auto yOf = [&](double value) { return area.bottom() - area.height() * value / top; };
    painter.setFont(Theme::font(TextRole::Caption));
    painter.setPen(theme.muted);
    painter.drawText(QRectF(area.left(), area.top() - kNameHeight, area.width(), kNameHeight),
                     int(Qt::AlignLeft | Qt::AlignVCenter),
                     m_name);
    for (const double value : {0.0, top}) {
        const double y = yOf(value);
        const QString text = QStringLiteral("%1 %2").arg(value, 0, 'g', 3).arg(m_unit);
        const QRectF label(
            area.left() - kAxisWidth, value == 0 ? y - kNameHeight : y - 2, kAxisWidth - 6, kNameHeight);
        painter.setPen(theme.muted);
        painter.drawText(label, int(Qt::AlignRight | Qt::AlignVCenter), text);
        painter.setPen(QPen(theme.line, 1));
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y));
    }
    QPolygonF curve;
    for (int i = 0; i < m_values.size(); ++i) curve << QPointF(xOf(i), yOf(m_values[i]));
    painter.setPen(QPen(theme.text, 1.5));
    painter.setBrush(Qt::NoBrush);
    painter.drawPolyline(curve);
}

}  // namespace vitrine
