// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/theme.h"

#include <QApplication>
#include <QFile>
#include <QFontDatabase>
#include <QPixmapCache>
#include <QToolTip>
#include <QWidget>
#include <cmath>

#include "core/base/log.h"
#include "ui/shell/window_style.h"

using namespace Qt::StringLiterals;

static void loadResources() {
    Q_INIT_RESOURCE(resources);
}  // must stand outside a namespace

namespace vitrine {
namespace {

ThemeTokens darkTokens() {
    return {.dark = true,
            .window = QColor(0x15171B),
            .surface = QColor(0x1C1F25),
            .raised = QColor(0x262A32),
            .hover = QColor(0x2F343D),
            .line = QColor(0x333842),
            .track = QColor(0x6F7887),
            .text = QColor(0xE7E9ED),
            .muted = QColor(0x99A1AE),
            .accent = QColor(0xE9A23B),
            .onAccent = QColor(0x15171B),
            .good = QColor(0x5BB98C),
            .warning = QColor(0xE2B93B),
            .bad = QColor(0xEE7F78)};
}

ThemeTokens lightTokens() {
    return {.dark = false,
            .window = QColor(0xF5F6F8),
            .surface = QColor(0xFFFFFF),
            .raised = QColor(0xECEEF2),
            .hover = QColor(0xE1E4EA),
            .line = QColor(0xD8DCE3),
            .track = QColor(0x7D8694),
            .text = QColor(0x1A1D23),
            .muted = QColor(0x5C6573),
            .accent = QColor(0x985700),
            .onAccent = QColor(0xFFFFFF),
            .good = QColor(0x1F7A4D),
            .warning = QColor(0x8A6100),
            .bad = QColor(0xB3261E)};
}

QPalette paletteOf(const ThemeTokens& t) {
    QPalette palette;
    palette.setColor(QPalette::Window, t.window);
    palette.setColor(QPalette::WindowText, t.text);
    palette.setColor(QPalette::Base, t.surface);
    palette.setColor(QPalette::AlternateBase, t.raised);
    palette.setColor(QPalette::Text, t.text);
    palette.setColor(QPalette::PlaceholderText, t.muted);
    palette.setColor(QPalette::Button, t.raised);
    palette.setColor(QPalette::ButtonText, t.text);
    palette.setColor(QPalette::BrightText, t.bad);
    palette.setColor(QPalette::ToolTipBase, t.raised);
    palette.setColor(QPalette::ToolTipText, t.text);
    palette.setColor(QPalette::Highlight, t.accent);
    palette.setColor(QPalette::HighlightedText, t.onAccent);
    palette.setColor(QPalette::Link, t.accent);
    palette.setColor(QPalette::Light, t.hover);
    palette.setColor(QPalette::Midlight, t.raised);
    palette.setColor(QPalette::Mid, t.line);
    palette.setColor(QPalette::Dark, t.line);
    palette.setColor(QPalette::Shadow, t.window);
    QColor faded = t.muted;
    faded.setAlphaF(0.55F);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
        palette.setColor(QPalette::Disabled, role, faded);
    }
    return palette;
}

QString hex(const QColor& color) {
    return color.name();
}

QString rgba(const QColor& color, double alpha) {
    return u"rgba(%1, %2, %3, %4)"_s.arg(color.red()).arg(color.green()).arg(color.blue()).arg(alpha);
}

QString styleSheetOf(const ThemeTokens& t) {
    QFile file(u":/window.qss"_s);
    if (!file.open(QIODevice::ReadOnly)) logWarning("The style sheet in the program can't be read.");
    QString sheet = QString::fromUtf8(file.readAll());
    const QList<std::pair<QLatin1StringView, QString>> values = {
        {"@accentHover"_L1, hex(t.dark ? t.accent.lighter(112) : t.accent.darker(112))},
        {"@onAccent"_L1, hex(t.onAccent)},
        {"@accent"_L1, hex(t.accent)},
        {"@surface"_L1, hex(t.surface)},
        {"@raised"_L1, hex(t.raised)},
        {"@hover"_L1, hex(t.hover)},
        {"@line"_L1, hex(t.line)},
        {"@bad"_L1, hex(t.bad)},
        {"@muted"_L1, hex(t.muted)},
        {"@text"_L1, hex(t.text)},
        {"@faded"_L1, rgba(t.muted, 0.55)},
        {"@scroll"_L1, rgba(t.muted, 0.4)},
        {"@track"_L1, hex(t.track)},
        {"@check"_L1, t.dark ? u":/icons/theme/check-dark.svg"_s : u":/icons/theme/check-light.svg"_s},
        {"@chevron"_L1,
         t.dark ? u":/icons/theme/chevron-down-dark.svg"_s : u":/icons/theme/chevron-down-light.svg"_s},
    };
    for (const auto& [token, value] : values) sheet.replace(token, value);
    return sheet;
}

void loadFonts() {
    for (const QString& face : {u"Regular"_s, u"SemiBold"_s}) {
        if (QFontDatabase::addApplicationFont(u":/fonts/VitrineSans-%1.otf"_s.arg(face)) < 0) {
            logWarning("A font in the program can't be used; DejaVu Sans is used instead.");
        }
    }
}

double luminance(const QColor& color) {
    const auto linear = [](double channel) {
        return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

}  // namespace

QString nameOf(ThemeChoice choice) {
    switch (choice) {
        case ThemeChoice::Light:
            return u"light"_s;
        case ThemeChoice::Dark:
            return u"dark"_s;
        case ThemeChoice::System:
            break;
    }
    return u"system"_s;
}

ThemeChoice themeChoiceFromString(const QString& name) {
    if (name == "light"_L1) return ThemeChoice::Light;
    if (name == "dark"_L1) return ThemeChoice::Dark;
    return ThemeChoice::System;
}

Theme& Theme::instance() {
    static Theme theme;
    return theme;
}

Theme::Theme() : m_tokens(darkTokens()) {
    loadResources();
    loadFonts();
    // Qt 6.4 knows no colour scheme: what the desktop gave as palette before ours tells dark from light.
    m_systemIsDark = QGuiApplication::palette().color(QPalette::Window).lightness() < 128;
}

ThemeTokens Theme::tokens(bool dark) {
    return dark ? darkTokens() : lightTokens();
}

void Theme::apply(ThemeChoice choice) {
    m_choice = choice;
    m_tokens = tokens(choice == ThemeChoice::Dark || (choice == ThemeChoice::System && m_systemIsDark));
    if (!m_hasStyle)
        QApplication::setStyle(new WindowStyle);  // once: a new style lays out every widget again
    m_hasStyle = true;
    QApplication::setFont(font(TextRole::Body));
    const QPalette palette = paletteOf(m_tokens);
    QApplication::setPalette(palette);
    QToolTip::setPalette(palette);
    qApp->setStyleSheet(styleSheetOf(m_tokens));
    for (QWidget* window : QApplication::topLevelWidgets()) window->update();
    Q_EMIT changed();
}

QFont Theme::font(TextRole role) {
    QFont font;
    font.setFamilies({u"Vitrine Sans"_s, u"Inter"_s, u"DejaVu Sans"_s});
    switch (role) {
        case TextRole::Caption:
            font.setPointSizeF(9);
            break;
        case TextRole::Body:
            font.setPointSizeF(10);
            break;
        case TextRole::Title:
            font.setPointSizeF(13);
            font.setWeight(QFont::DemiBold);
            break;
    }
    return font;
}

double Theme::contrast(const QColor& a, const QColor& b) {
    const double first = luminance(a);
    const double second = luminance(b);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

}  // namespace vitrine
