// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>
#include <QIcon>
#include <QObject>
#include <QPalette>
#include <QPixmap>

namespace vitrine {

enum class ThemeChoice { System, Light, Dark };
QString nameOf(ThemeChoice choice);                      ///< "system", "light", "dark"
ThemeChoice themeChoiceFromString(const QString& name);  ///< System for any other word

/// The colours a widget may use. Text tokens reach 4.5:1 on window, surface and raised; handles and
/// meaningful lines 3:1.
struct ThemeTokens {
    bool dark = true;
    QColor window;   ///< behind everything
    QColor surface;  ///< inspector, strip, bars
    QColor raised;   ///< fields, buttons
    QColor hover;    ///< raised, under the pointer
    QColor line;     ///< separators; carries no meaning
    QColor track;    ///< slider tracks, ticks, borders that carry meaning (3:1)
    QColor text;
    QColor muted;
    QColor accent;    ///< selection, primary action, live handle
    QColor onAccent;  ///< text on accent
    QColor good;
    QColor warning;
    QColor bad;
};

/// Sizes of look.md, in logical pixels.
namespace measure {
inline constexpr int kGap = 8;        ///< between controls
inline constexpr int kGroupGap = 16;  ///< between groups
inline constexpr int kStageGap = 24;  ///< around the stage
inline constexpr int kRadius = 6;
inline constexpr int kRow = 28;
inline constexpr int kIcon = 20;
inline constexpr int kRail = 104;  ///< the longest panel's name fits
inline constexpr int kInspector = 320;
inline constexpr int kHeader = 48;
inline constexpr int kFoldMs = 120;
}  // namespace measure

enum class TextRole { Caption, Body, Title };  ///< 9, 10 and 13 pt (semibold)

/// The window's look: Fusion, a palette, a small style sheet. Widgets that paint themselves read current() in
/// paintEvent and need no other care: changed() repaints every window. Thread: GUI.
class Theme : public QObject {
    Q_OBJECT
public:
    static Theme& instance();
    static const ThemeTokens& current() { return instance().m_tokens; }
    static ThemeTokens tokens(bool dark);

    /// Sets style, fonts, palette and style sheet of the whole application.
    void apply(ThemeChoice choice);
    ThemeChoice choice() const { return m_choice; }

    /// All faces have figures of equal width, so that a number that changes doesn't move.
    static QFont font(TextRole role);
    /// A picture of resources/icons/NAME.svg in the palette's text colour (accent when checked, faded when
    /// disabled). It follows a change of theme by itself.
    static QIcon icon(const QString& name);
    static QPixmap pixmap(const QString& name,
                          const QColor& color,
                          int size = measure::kIcon,
                          qreal ratio = 1);

    /// The program's own icon, in its own colours.
    static QIcon appIcon();

    /// WCAG 2 contrast of two opaque colours, 1 to 21.
    static double contrast(const QColor& a, const QColor& b);

Q_SIGNALS:
    void changed();

private:
    Theme();
    ThemeChoice m_choice = ThemeChoice::Dark;
    bool m_systemIsDark = false;
    bool m_hasStyle = false;
    ThemeTokens m_tokens;
};

}  // namespace vitrine
