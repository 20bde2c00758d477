// SPDX-License-Identifier: GPL-3.0-or-later
#include <QClipboard>
#include <QFile>
#include <QGuiApplication>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

#include "tests/support/accessible_names.h"
#include "tests/support/test_program.h"
#include "ui/shell/action_registry.h"
#include "ui/shell/citation_window.h"
#include "ui/shell/main_window.h"
#include "ui/shell/message_bar.h"
#include "ui/shell/settings.h"

using namespace Qt::StringLiterals;
using namespace vitrine;

class TestCitation : public QObject {
    Q_OBJECT

    /// All values of some keys of CITATION.cff, the keys joined by "|".
    static QStringList factsOf(const QString& keys) {
        QFile file(QStringLiteral(VITRINE_CITATION));
        if (!file.open(QIODevice::ReadOnly)) return {};
        const QRegularExpression line(u"^ *(?:- )?(?:%1): \"?(.+?)\"?$"_s.arg(keys),
                                      QRegularExpression::MultilineOption);
        QStringList values;
        for (auto each = line.globalMatch(QString::fromUtf8(file.readAll())); each.hasNext();)
            values << each.next().captured(1);
        return values;
    }

private Q_SLOTS:
    void bibtexSaysWhatTheCitationFileSays() {
        const QString bibtex = citationBibtex(factsOf(u"version"_s).value(0)).remove(u'{').remove(u'}');
        const QStringList facts =
            factsOf(u"title|version|license|name|family-names|given-names|year|collection-title"_s);
        QCOMPARE(facts.size(), 22);
        for (const QString& fact : facts) QVERIFY2(bibtex.contains(fact), qPrintable(fact));
        for (QString fact : factsOf(u"value"_s)) {
            QVERIFY2(bibtex.contains(fact.remove(u"arXiv:"_s)), qPrintable(fact));
        }
    }

    void theWindowCopiesThem() {
        CitationWindow window;
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        QCOMPARE(unnamedWidgets(&window), QStringList());
        const auto* text = window.findChild<QPlainTextEdit*>(u"citation.text"_s);
        QSignalSpy copied(&window, &CitationWindow::copied);
        QTest::keyClick(&window, Qt::Key_Return);
        QCOMPARE(copied.size(), 1);
        QCOMPARE(QGuiApplication::clipboard()->text(), text->toPlainText());
        QTest::keyClick(&window, Qt::Key_Escape);
        QVERIFY(!window.isVisible());
    }

    void helpHasTheCommand() {
        MainWindow window(Settings::transient());
        window.finish();
        window.show();
        const Command* command = window.services().actions.command(u"help.cite"_s);
        QVERIFY(command);
        QCOMPARE(command->menu, u"Help"_s);
        window.runCommand(u"help.cite"_s);
        window.runCommand(u"help.cite"_s);
        const auto shown = window.findChildren<CitationWindow*>();
        QCOMPARE(shown.size(), 1);
        QVERIFY(shown.first()->isVisible());
        shown.first()->findChild<QPushButton*>(u"citation.copy"_s)->click();
        QCOMPARE(window.services().messages.text(), u"The citations are on the clipboard."_s);
    }
};

VITRINE_TEST(TestCitation)
#include "tst_citation.moc"
