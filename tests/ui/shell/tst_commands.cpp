// SPDX-License-Identifier: GPL-3.0-or-later
// The lists of commands: palette, cheat sheet, key editor.
#include <QAction>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMainWindow>
#include <QPointer>
#include <QPushButton>
#include <QTest>
#include <QTreeWidget>

#include "tests/support/accessible_names.h"
#include "tests/support/test_program.h"
#include "ui/shell/action_registry.h"
#include "ui/shell/cheat_sheet.h"
#include "ui/shell/command_list.h"
#include "ui/shell/command_palette.h"
#include "ui/shell/key_editor.h"
#include "ui/shell/settings.h"

using namespace Qt::StringLiterals;
using namespace vitrine;

namespace {

/// Three commands: of everywhere, of the panel in front, of another.
struct Commands {
    Commands() {
        registry.add({.id = u"file.open"_s, .text = u"&Open…"_s, .keys = {QKeySequence(u"Ctrl+O"_s)}});
        registry.add({.id = u"chairs.turn"_s,
                      .text = u"Turn the chair"_s,
                      .keys = {QKeySequence(u"Right"_s)},
                      .context = u"chairs"_s,
                      .menu = u"Chairs"_s});
        registry.add({.id = u"units.open"_s,
                      .text = u"Open a unit"_s,
                      .keys = {QKeySequence(u"U"_s)},
                      .context = u"units"_s,
                      .menu = u"Units"_s});
        registry.setContext(u"chairs"_s);
    }
    ActionRegistry registry;
};

QStringList shownIn(const QListView* list) {
    QStringList texts;
    for (int row = 0; row < list->model()->rowCount(); ++row)
        texts << list->model()->index(row, 0).data().toString();
    return texts;
}

}  // namespace

class TestCommands : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void lettersInARowAndAtWordsMatchBest() {
        QVERIFY(matchScore(u"Reset layout"_s, u"xyz"_s) < 0);
        QVERIFY(matchScore(u"Reset layout"_s, u"tr"_s) < 0);  // not in this order
        QVERIFY(matchScore(u"Reset layout"_s, u"RL"_s) > matchScore(u"Curl"_s, u"rl"_s));
        QVERIFY(matchScore(u"Layout"_s, u"lay"_s) > matchScore(u"Lift any yoke"_s, u"lay"_s));
        QCOMPARE(matchScore(u"anything"_s, {}), 0);
    }

    void linesSayWhereACommandWorks() {
        Commands c;
        const auto lines = commandLines(c.registry);
        QCOMPARE(lines.size(), std::size_t(3));
        QCOMPARE(lines[0].text, u"Open"_s);
        QCOMPARE(lines[0].keys, u"Ctrl+O"_s);
        QVERIFY(lines[0].place.isEmpty() && lines[0].isHere);
        QVERIFY(lines[1].place == u"Chairs"_s && lines[1].isHere);
        QVERIFY(!lines[2].isHere);
    }

    void thePaletteFindsAndRuns() {
        Commands c;
        QMainWindow window;
        window.resize(900, 600);
        auto* field = new QLineEdit;
        window.setCentralWidget(field);
        QStringList ran;
        CommandPalette palette(
            c.registry, [&ran](const QString& id) { ran << id; }, &window);
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        field->setFocus();
        palette.open();
        auto* letters = palette.findChild<QLineEdit*>();
        auto* list = palette.findChild<QListView*>();
        QCOMPARE(unnamedWidgets(&palette), QStringList());
        QCOMPARE(list->model()->rowCount(), 3);
        QTest::keyClicks(letters, u"open"_s);
        QCOMPARE(shownIn(list), QStringList({u"Open"_s, u"Open a unit"_s}));  // what works here comes first
        QTest::keyClick(letters, Qt::Key_Down);
        QTest::keyClick(letters, Qt::Key_Return);
        QCOMPARE(ran, QStringList{u"units.open"_s});
        QVERIFY(!palette.isVisible());
        QVERIFY(field->hasFocus());
        palette.open();
        QTest::keyClick(letters, Qt::Key_Escape);
        QVERIFY(!palette.isVisible());
        QCOMPARE(ran.size(), 1);
    }

    void whatIsDisabledDoesNotRun() {
        Commands c;
        c.registry.action(u"chairs.turn"_s)->setEnabled(false);
        QMainWindow window;
        QStringList ran;
        CommandPalette palette(
            c.registry, [&ran](const QString& id) { ran << id; }, &window);
        window.show();
        palette.open();
        auto* letters = palette.findChild<QLineEdit*>();
        QTest::keyClicks(letters, u"turn"_s);
        QTest::keyClick(letters, Qt::Key_Return);
        QVERIFY(ran.isEmpty());
    }

    void theCheatSheetHasTheKeysThatWorkNow() {
        Commands c;
        QMainWindow window;
        window.resize(900, 600);
        CheatSheet sheet(c.registry, &window);
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        sheet.open();
        QStringList texts;
        for (const QLabel* label : sheet.findChildren<QLabel*>()) texts << label->text();
        QVERIFY(texts.contains(u"Turn the chair"_s) && texts.contains(u"Ctrl+O"_s));
        QVERIFY(texts.contains(u"Everywhere"_s));
        QVERIFY(!texts.contains(u"Open a unit"_s));
        QTest::keyClick(&sheet, Qt::Key_Escape);
        QVERIFY(!sheet.isVisible());
    }

    void keysAreChangedRememberedAndReset() {
        Commands c;
        const auto settings = Settings::transient();
        auto* editor = new KeyEditor(c.registry, *settings, nullptr);  // deletes itself
        const QStringList unnamed = unnamedWidgets(editor);
        QVERIFY2(unnamed.isEmpty(), qPrintable(unnamed.join(u"; "_s)));
        auto* list = editor->findChild<QTreeWidget*>();
        auto* key = editor->findChild<QKeySequenceEdit*>();
        const auto press = [&](const char* button) {
            editor->findChild<QPushButton*>(u"keyEditor."_s + QString::fromLatin1(button))->click();
        };
        list->setCurrentItem(list->topLevelItem(1));
        key->setKeySequence(QKeySequence(u"Ctrl+O"_s));
        QVERIFY(editor->findChild<QLabel*>(u"keyEditor.clash"_s)->text().contains(u"Open"_s));
        press("set");
        QCOMPARE(c.registry.action(u"chairs.turn"_s)->shortcut(), QKeySequence(u"Right"_s));
        key->setKeySequence(
            QKeySequence(u"U"_s));  // of a panel that is never in front together with this one
        press("set");
        QCOMPARE(c.registry.action(u"chairs.turn"_s)->shortcut(), QKeySequence(u"U"_s));
        QCOMPARE(list->topLevelItem(1)->text(2), u"U"_s);
        QVERIFY(c.registry.action(u"chairs.turn"_s)->toolTip().contains(u"(U)"_s));
        Commands next;
        restoreKeys(next.registry, *settings);
        QCOMPARE(next.registry.action(u"chairs.turn"_s)->shortcut(), QKeySequence(u"U"_s));
        QCOMPARE(next.registry.clashes(), QStringList());
        press("reset");
        QCOMPARE(c.registry.action(u"chairs.turn"_s)->shortcut(), QKeySequence(u"Right"_s));
        press("clear");
        QVERIFY(c.registry.action(u"chairs.turn"_s)->shortcuts().isEmpty());
        press("resetAll");
        QVERIFY(!settings->value(u"keys/chairs.turn"_s).isValid());
        editor->close();
    }

    void escapeLeavesTheKeyEditor() {
        Commands c;
        const auto settings = Settings::transient();
        const QPointer editor = new KeyEditor(c.registry, *settings, nullptr);
        editor->show();
        auto* key = editor->findChild<QKeySequenceEdit*>();
        const QKeySequence before = key->keySequence();
        key->setFocus();
        QTest::keyClick(key, Qt::Key_Escape);
        QCOMPARE(key->keySequence(), before);
        QVERIFY(editor->isVisible());
        QVERIFY(editor->focusWidget() != key);
        QTest::keyClick(editor, Qt::Key_Escape);
        QVERIFY(!editor || !editor->isVisible());

        const QPointer other = new KeyEditor(c.registry, *settings, nullptr);
        other->show();
        other->findChild<QPushButton*>(u"keyEditor.close"_s)->click();
        QVERIFY(!other || !other->isVisible());
    }
};

VITRINE_TEST(TestCommands)
#include "tst_commands.moc"
