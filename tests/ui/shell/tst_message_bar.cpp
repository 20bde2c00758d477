// SPDX-License-Identifier: GPL-3.0-or-later
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QTest>
#include <QToolButton>

#include "core/base/log.h"
#include "tests/support/accessible_names.h"
#include "tests/support/test_program.h"
#include "ui/shell/message_bar.h"

using namespace Qt::StringLiterals;
using namespace vitrine;

class TestMessageBar : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anErrorStaysAndItsDetailsCanBeCopied() {
        MessageBar bar;
        bar.showError({ErrorCode::BadFormat,
                       "chairs.safetensors is cut short; download it again.",
                       "header 812 of 900 bytes"});
        QVERIFY(bar.isVisible());
        QCOMPARE(bar.text(), u"chairs.safetensors is cut short; download it again."_s);
        QTest::mouseClick(bar.findChild<QPushButton*>(u"messageBar.copy"_s), Qt::LeftButton);
        QCOMPARE(QGuiApplication::clipboard()->text(),
                 u"chairs.safetensors is cut short; download it again.\nheader 812 of 900 bytes"_s);
        QTest::mouseClick(bar.findChild<QToolButton*>(u"messageBar.dismiss"_s), Qt::LeftButton);
        QVERIFY(!bar.isVisible());
        QVERIFY(bar.text().isEmpty());
    }

    void whatIsShownIsLogged() {
        std::vector<std::pair<LogLevel, std::string>> lines;
        setLogListener(
            [&lines](LogLevel level, const std::string& line) { lines.emplace_back(level, line); });
        MessageBar bar;
        bar.showError({ErrorCode::Io, "The disk is full; free some space.", "ENOSPC"});
        bar.showMessage(MessageKind::Good, u"Saved."_s);
        setLogListener({});
        QCOMPARE(lines.size(), 2U);
        QCOMPARE(lines[0].first, LogLevel::Error);
        QCOMPARE(lines[0].second, std::string("The disk is full; free some space. [ENOSPC]"));
        QCOMPARE(lines[1].first, LogLevel::Info);
    }

    void itsActionRunsOnce() {
        MessageBar bar;
        int runs = 0;
        bar.showMessage(
            MessageKind::Warning, u"Textures are missing."_s, {}, {u"Show them"_s, [&runs] { ++runs; }});
        auto* button = bar.findChild<QPushButton*>(u"messageBar.action"_s);
        QCOMPARE(button->text(), u"Show them"_s);
        QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(runs, 1);
        QVERIFY(!bar.isVisible());
        bar.showMessage(MessageKind::Info, u"Nothing to do."_s);
        QVERIFY(!button->isVisible());
        auto* other = bar.findChild<QPushButton*>(u"messageBar.otherAction"_s);
        QVERIFY(!other->isVisible());
        int otherRuns = 0;
        bar.showMessage(MessageKind::Note,
                        u"No recipe."_s,
                        {},
                        {u"Fit it"_s, [&runs] { ++runs; }},
                        {u"Use it"_s, [&otherRuns] { ++otherRuns; }});
        QTest::mouseClick(other, Qt::LeftButton);
        QCOMPARE(runs, 1);
        QCOMPARE(otherRuns, 1);
        QVERIFY(!bar.isVisible());
    }

    void escapeDismisses() {
        MessageBar bar;
        bar.showMessage(MessageKind::Warning, u"Textures are missing."_s);
        bar.findChild<QToolButton*>(u"messageBar.dismiss"_s)->setFocus();
        QTest::keyClick(bar.findChild<QToolButton*>(u"messageBar.dismiss"_s), Qt::Key_Escape);
        QVERIFY(!bar.isVisible());
    }

    void textIsNeverReadAsMarkup() {
        MessageBar bar;
        bar.showMessage(MessageKind::Error, u"<b>chair</b>.obj has no faces."_s);
        QCOMPARE(bar.findChild<QLabel*>(u"messageBar.text"_s)->textFormat(), Qt::PlainText);
    }

    void everyControlHasAName() {
        MessageBar bar;
        bar.showMessage(MessageKind::Error, u"x"_s, u"y"_s, {u"Retry"_s, [] {}});
        QCOMPARE(unnamedWidgets(&bar), QStringList());
    }
};

VITRINE_TEST(TestMessageBar)
#include "tst_message_bar.moc"
