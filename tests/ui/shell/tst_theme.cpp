// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QDir>
#include <QFontInfo>
#include <QFontMetricsF>
#include <QSignalSpy>
#include <QTest>
#include <algorithm>
#include <cstdlib>

#include "tests/support/test_program.h"
#include "ui/shell/theme.h"

using namespace Qt::StringLiterals;
using namespace vitrine;

class TestTheme : public QObject {
    Q_OBJECT

private:
    static void verifyContrast(const char* what, const QColor& front, const QColor& back, double least) {
        const double found = Theme::contrast(front, back);
        QVERIFY2(
            found >= least,
            qPrintable(u"%1 %2 on %3: %4"_s.arg(QLatin1String(what), front.name(), back.name()).arg(found)));
    }

private Q_SLOTS:
    void contrastIsTheOneOfWcag() {
        QVERIFY(qAbs(Theme::contrast(Qt::white, Qt::black) - 21) < 1e-9);
        QVERIFY(qAbs(Theme::contrast(QColor(0x77, 0x77, 0x77), Qt::white) - 4.478) < 1e-3);
    }

    void textIsLegible_data() {
        QTest::addColumn<bool>("dark");
        QTest::newRow("dark") << true;
        QTest::newRow("light") << false;
    }
    void textIsLegible() {
        QFETCH(bool, dark);
        const ThemeTokens t = Theme::tokens(dark);
        QCOMPARE(t.dark, dark);
        for (const QColor& back : {t.window, t.surface, t.raised}) {
            verifyContrast("text", t.text, back, 4.5);
            verifyContrast("muted", t.muted, back, 4.5);
            verifyContrast("accent", t.accent, back, 4.5);
            verifyContrast("good", t.good, back, 4.5);
            verifyContrast("warning", t.warning, back, 4.5);
            verifyContrast("bad", t.bad, back, 4.5);
            verifyContrast("track", t.track, back, 3);
        }
        verifyContrast("onAccent", t.onAccent, t.accent, 4.5);
        verifyContrast("text under the pointer", t.text, t.hover, 4.5);
    }

    void aChangeOfThemeReachesTheApplication() {
        QSignalSpy spy(&Theme::instance(), &Theme::changed);
        Theme::instance().apply(ThemeChoice::Light);
        QCOMPARE(QApplication::palette().color(QPalette::Window), Theme::tokens(false).window);
        Theme::instance().apply(ThemeChoice::Dark);
        QCOMPARE(QApplication::palette().color(QPalette::Window), Theme::tokens(true).window);
        QCOMPARE(Theme::current().dark, true);
        QCOMPARE(spy.count(), 2);
        QVERIFY2(!qApp->styleSheet().contains(u'@'), "a colour of the style sheet has no value");
    }

    void namesOfChoicesGoRound() {
        for (const auto choice : {ThemeChoice::System, ThemeChoice::Light, ThemeChoice::Dark}) {
            QCOMPARE(themeChoiceFromString(nameOf(choice)), choice);
        }
        QCOMPARE(themeChoiceFromString(u"pink"_s), ThemeChoice::System);
    }

    void figuresAreOfOneWidth() {
        for (const auto role : {TextRole::Caption, TextRole::Body, TextRole::Title}) {
            const QFont font = Theme::font(role);
            QCOMPARE(QFontInfo(font).family(), u"Vitrine Sans"_s);
            const QFontMetricsF metrics(font);
            for (char16_t digit = u'1'; digit <= u'9'; ++digit) {
                QVERIFY(qAbs(metrics.horizontalAdvance(QChar(digit)) - metrics.horizontalAdvance(u'0')) <
                        0.02);
            }
        }
    }

    void everyIconIsDrawnInTheColourAskedFor() {
        const QStringList files = QDir(u":/icons"_s).entryList({u"*.svg"_s});
        QVERIFY(files.size() > 40);
        for (const QString& file : files) {
            const QImage drawn = Theme::pixmap(file.chopped(4), QColor(0xE9A23B), 20, 2).toImage();
            QCOMPARE(drawn.size(), QSize(40, 40));
            int inked = 0;
            for (int y = 0; y < 40; ++y) {
                for (int x = 0; x < 40; ++x) {
                    const QColor color = drawn.pixelColor(x, y);
                    if (color.alpha() < 250) continue;
                    ++inked;
                    const int away = std::max({std::abs(color.red() - 0xE9),
                                               std::abs(color.green() - 0xA2),
                                               std::abs(color.blue() - 0x3B)});
                    QVERIFY2(away <= 2, qPrintable(file));  // not quite opaque pixels lose a bit
                }
            }
            QVERIFY2(inked > 4, qPrintable(file + u" is empty"_s));
        }
    }

    void anIconFollowsTheTheme() {
        const QIcon icon = Theme::icon(u"close"_s);
        const auto center = [&icon] { return icon.pixmap(40, 40).toImage().pixelColor(20, 20); };
        Theme::instance().apply(ThemeChoice::Dark);
        QCOMPARE(center(), Theme::tokens(true).text);
        Theme::instance().apply(ThemeChoice::Light);
        QCOMPARE(center(), Theme::tokens(false).text);
    }
};

VITRINE_TEST(TestTheme)
#include "tst_theme.moc"
