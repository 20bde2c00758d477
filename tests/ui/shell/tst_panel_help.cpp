// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAction>
#include <QTest>
#include <QToolButton>
#include <QVBoxLayout>

#include "tests/support/test_program.h"
#include "ui/shell/panel_help.h"

using namespace Qt::StringLiterals;
using namespace vitrine;

class TestPanelHelp : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theNearestNameWins() {
        QWidget panel;
        panel.setObjectName(u"chairs"_s);
        auto* inside = new QWidget(&panel);
        inside->setObjectName(u"chairs.theta.zoom"_s);
        auto* other = new QWidget(&panel);
        other->setObjectName(u"chairs.thetas"_s);
        QAction action;
        auto* button = new QToolButton(&panel);
        button->setDefaultAction(&action);
        button->setObjectName(u"chairs.play"_s);
        addHelp(&panel,
                u"Authors 2015"_s,
                {{{}, u"A <panel>."_s, u"section 4"_s},
                 {u"theta"_s, u"Transformations."_s},
                 {u"theta.zoom"_s, u"Larger."_s, u"training"_s},
                 {u"play"_s, u"Moves."_s}});
        QVERIFY(panel.whatsThis().contains(u"A &lt;panel&gt;."_s));
        QVERIFY(panel.whatsThis().contains(u"Authors 2015, section 4."_s));
        QVERIFY(inside->whatsThis().contains(u"Larger."_s) && inside->whatsThis().contains(u"training"_s));
        QVERIFY(other->whatsThis().isEmpty());
        QVERIFY(action.whatsThis().contains(u"Not described"_s));
    }

    void withoutAPaperThereIsNoSource() {
        QWidget panel;
        addHelp(&panel, {}, {{{}, u"Trains."_s}});
        QCOMPARE(panel.whatsThis(), u"<p>Trains.</p>"_s);
    }
};

VITRINE_TEST(TestPanelHelp)
#include "tst_panel_help.moc"
