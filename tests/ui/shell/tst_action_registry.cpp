// SPDX-License-Identifier: GPL-3.0-or-later
#include <QMenu>
#include <QTest>

#include "tests/support/test_program.h"
#include "ui/shell/action_registry.h"

using namespace Qt::StringLiterals;
using namespace vitrine;

class TestActionRegistry : public QObject {
    Q_OBJECT

private:
    static Command make(const QString& id, const QString& key = {}, const QString& context = {}) {
        Command command;
        command.id = id;
        command.text = id;
        command.context = context;
        if (!key.isEmpty()) command.keys = {QKeySequence(key)};
        return command;
    }

private Q_SLOTS:
    void aCommandRunsItsHandler() {
        ActionRegistry registry;
        int runs = 0;
        Command command = make(u"chairs.reset"_s);
        command.handler = [&runs](bool) { ++runs; };
        QAction* action = registry.add(command);
        action->trigger();
        QCOMPARE(runs, 1);
        QCOMPARE(registry.action(u"chairs.reset"_s), action);
        QCOMPARE(registry.action(u"nothing"_s), nullptr);
        QCOMPARE(action->objectName(), u"chairs.reset"_s);
    }

    void theTipNamesTheKey() {
        ActionRegistry registry;
        Command command = make(u"edit.copy"_s, u"Ctrl+C"_s);
        command.text = u"&Copy picture"_s;
        QCOMPARE(registry.add(command)->toolTip(), u"Copy picture (Ctrl+C)"_s);
    }

    void keysOfTwoCommandsThatMeetClash_data() {
        QTest::addColumn<QString>("firstContext");
        QTest::addColumn<QString>("secondContext");
        QTest::addColumn<bool>("clash");
        QTest::newRow("both everywhere") << u""_s << u""_s << true;
        QTest::newRow("one everywhere") << u""_s << u"chairs"_s << true;
        QTest::newRow("same panel") << u"chairs"_s << u"chairs"_s << true;
        QTest::newRow("two panels") << u"chairs"_s << u"units"_s << false;
    }
    void keysOfTwoCommandsThatMeetClash() {
        QFETCH(QString, firstContext);
        QFETCH(QString, secondContext);
        QFETCH(bool, clash);
        ActionRegistry registry;
        registry.add(make(u"a"_s, u"R"_s, firstContext));
        registry.add(make(u"b"_s, u"R"_s, secondContext));
        registry.add(make(u"c"_s, u"Shift+R"_s));
        QCOMPARE(registry.clashes().size(), clash ? 1 : 0);
        if (clash) QCOMPARE(registry.clashes().first(), u"a and b share the key R"_s);
    }

    void onlyThePanelInFrontHasItsKeys() {
        ActionRegistry registry;
        QAction* chairs = registry.add(make(u"chairs.reset"_s, u"R"_s, u"chairs"_s));
        QAction* units = registry.add(make(u"units.reset"_s, u"R"_s, u"units"_s));
        units->setEnabled(false);
        registry.setContext(u"chairs"_s);
        QVERIFY(chairs->isVisible() && chairs->isEnabled());
        QVERIFY(!units->isVisible());
        registry.setContext(u"units"_s);
        QVERIFY(!chairs->isVisible());
        QVERIFY(units->isVisible());
        QVERIFY2(!units->isEnabled(), "what the panel disabled stays disabled");
    }

    void menusStandInTheUsualOrderWithGroupsApart() {
        ActionRegistry registry;
        const auto add = [&](const QString& id, const QString& menu, const QString& group) {
            Command command = make(id);
            command.menu = menu;
            command.group = group;
            registry.add(command);
        };
        add(u"help"_s, u"Help"_s, {});
        add(u"chairs"_s, u"Chairs"_s, {});
        add(u"quit"_s, u"File"_s, u"quit"_s);
        add(u"open"_s, u"File"_s, u"open"_s);
        add(u"close"_s, u"File"_s, u"open"_s);
        QCOMPARE(registry.menus(), QStringList({u"File"_s, u"Chairs"_s, u"Help"_s}));
        QMenu menu;
        registry.fillMenu(&menu, u"File"_s);
        QStringList texts;
        for (const QAction* action : menu.actions())
            texts << (action->isSeparator() ? u"-"_s : action->text());
        QCOMPARE(texts, QStringList({u"quit"_s, u"-"_s, u"open"_s, u"close"_s}));
    }
};

VITRINE_TEST(TestActionRegistry)
#include "tst_action_registry.moc"
