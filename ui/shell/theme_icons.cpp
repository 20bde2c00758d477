// SPDX-License-Identifier: GPL-3.0-or-later
// Icons are drawn when they are painted, in the colours of that moment: a change of theme needs no
// bookkeeping.
#include <QFile>
#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>
#include <cmath>

#include "ui/shell/theme.h"

using namespace Qt::StringLiterals;

namespace vitrine {
namespace {

QByteArray svgSource(const QString& name) {
    QFile file(u":/icons/%1.svg"_s.arg(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QPixmap render(const QString& name, const QColor& color, QSize pixels) {
    const QString key = u"vitrine/%1/%2/%3"_s.arg(name, color.name(QColor::HexArgb)).arg(pixels.width());
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap)) return pixmap;
    QByteArray source = svgSource(name);
    source.replace("currentColor", color.name().toLatin1());
    pixmap = QPixmap(pixels);
    pixmap.fill(Qt::transparent);
    if (QSvgRenderer svg(source); svg.isValid()) {
        QPainter painter(&pixmap);
        painter.setOpacity(color.alphaF());
        svg.render(&painter, QRectF(QPointF(), pixels));
    }
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

QColor colorFor(QIcon::Mode mode, QIcon::State state) {
    const ThemeTokens& tokens = Theme::current();
    if (mode == QIcon::Disabled) {
        QColor faded = tokens.muted;
        faded.setAlphaF(0.5F);
        return faded;
    }
    if (mode == QIcon::Selected) return tokens.text;
    return state == QIcon::On ? tokens.accent : tokens.text;
}

class TintedIconEngine final : public QIconEngine {
public:
    explicit TintedIconEngine(QString name) : m_name(std::move(name)) {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override {
        const qreal ratio = painter->device()->devicePixelRatioF();
        painter->drawPixmap(rect, render(m_name, colorFor(mode, state), rect.size() * ratio));
    }
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
        return render(m_name, colorFor(mode, state), size);
    }
    QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State state, qreal) override {
        return render(m_name, colorFor(mode, state), size);  // size is in device pixels already
    }
    QIconEngine* clone() const override { return new TintedIconEngine(m_name); }
    QString iconName() override { return m_name; }
    bool isNull() override { return !QFile::exists(u":/icons/%1.svg"_s.arg(m_name)); }

private:
    QString m_name;
};

}  // namespace

QIcon Theme::icon(const QString& name) {
    instance();  // its resources
    return QIcon(new TintedIconEngine(name));
}

QIcon Theme::appIcon() {
    QIcon icon;
    for (const int size : {16, 24, 32, 48, 64, 128, 256})
        icon.addPixmap(pixmap(u"app/vitrine"_s, Qt::black, size));
    return icon;
}

QPixmap Theme::pixmap(const QString& name, const QColor& color, int size, qreal ratio) {
    instance();
    const int pixels = int(std::lround(size * ratio));
    QPixmap pixmap = render(name, color, QSize(pixels, pixels));
    pixmap.setDevicePixelRatio(ratio);
    return pixmap;
}

}  // namespace vitrine
