// SPDX-License-Identifier: GPL-3.0-or-later
// Projects and pictures of earlier versions: the panels open them all, and save the same values.
#include <QDir>
#include <QTest>

#include "tests/corpus/same_values.h"
#include "tests/support/bare_window.h"
#include "ui/shell/panel.h"

using namespace vitrine;
using namespace vitrine::test;
using namespace Qt::StringLiterals;

namespace {

const QString kCorpus = QStringLiteral(VITRINE_CORPUS);

}  // namespace

class TestCorpusWindow : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aProjectIsOpenedAndSavedWithTheSameValues_data() {
        QTest::addColumn<QString>("path");
        const QDir projects(kCorpus + u"/projects"_s);
        const QStringList names = projects.entryList(QDir::Files);
        QVERIFY(!names.isEmpty());
        for (const QString& name : names) QTest::newRow(qPrintable(name)) << projects.filePath(name);
    }
    void aProjectIsOpenedAndSavedWithTheSameValues() {
        QFETCH(QString, path);
        BareWindow f;
        const Status opened = f.window.loadStateFile(path);
        QVERIFY2(opened.ok(), opened.ok() ? "" : opened.error().message.c_str());
        QCOMPARE(f.window.currentPanel()->info().id, objectInFile(path)[u"panel"].toString());
        const QString again = f.folder.filePath(u"again.vitrine.json"_s);
        QVERIFY(f.window.saveStateFile(again).ok());
        QCOMPARE(lostValues(objectInFile(path), objectInFile(again)), QStringList());
    }

    void picturesAreOpenedInTheirPanels_data() {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("panel");
        QTest::addColumn<QJsonObject>("state");
        const QJsonObject opened = objectInFile(kCorpus + u"/opened.json"_s);
        QVERIFY(!opened.isEmpty());
        const QDir recipes(kCorpus + u"/recipes"_s);
        for (const QString& name : recipes.entryList({u"*.png"_s, u"*.gif"_s}, QDir::Files)) {
            const QJsonValue expected = opened[name];
            const QString panel = expected[u"panel"].toString(name.section(u'-', 0, 0).section(u'.', 0, 0));
            QTest::newRow(qPrintable(name))
                << recipes.filePath(name) << panel << expected[u"state"].toObject();
        }
    }
    void picturesAreOpenedInTheirPanels() {
        QFETCH(QString, path);
        QFETCH(QString, panel);
        QFETCH(QJsonObject, state);
        BareWindow f;
        f.window.openFiles({path});
        QTRY_COMPARE(f.window.currentPanel()->info().id, panel);
        QTRY_COMPARE(lostValues(state, f.window.currentPanel()->saveState()), QStringList());
    }
};

QTEST_MAIN(TestCorpusWindow)
#include "tst_corpus_window.moc"
