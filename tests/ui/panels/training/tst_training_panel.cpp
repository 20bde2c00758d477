// SPDX-License-Identifier: GPL-3.0-or-later
// The panel as a user meets it, on run folders that the fake helper trains.
#include <QDoubleSpinBox>
#include <QElapsedTimer>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTableView>
#include <QtTest>

#include "tests/support/accessible_names.h"
#include "tests/support/test_program.h"
#include "tests/ui/panels/training/training_fixture.h"
#include "ui/panels/training/run_table_model.h"
#include "ui/views/picture_film.h"

using namespace Qt::StringLiterals;
using namespace vitrine;

namespace {
constexpr int kLimitMs = 20'000;
}

class TestTrainingPanel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void withoutDataOrRunsItOffersTheOneStepThatHelps() {
        TrainingFixture f(/*withData=*/false);
        auto* start = f.find<QPushButton>("training.notice.button");
        QTRY_COMPARE(start->text(), u"New run"_s);
        start->click();
        auto* render = f.find<QPushButton>("training.new.noData.button");
        QTRY_VERIFY(render->isVisible());
        QTest::qWait(QApplication::doubleClickInterval() + 50);
        QVERIFY(!f.can("begin"));
        render->click();
        QCOMPARE(f.panel->state().page, TrainingPage::Data);
        QTRY_VERIFY_WITH_TIMEOUT(std::filesystem::exists(f.at("set.vpack")), kLimitMs);
        QTRY_VERIFY_WITH_TIMEOUT(f.panel->isSettled(), kLimitMs);
        QTRY_COMPARE_WITH_TIMEOUT(f.find<QLabel>("training.data.chairs")->text(), u"3"_s, kLimitMs);
        f.panel->findChild<QAbstractButton*>(u"training.page.runs.tab"_s)->click();
        QTRY_COMPARE(f.find<QPushButton>("training.notice.button")->text(), u"New run"_s);
    }

    void aRecipeThatNeedsNoChairsTrainsWithoutThem() {
        TrainingFixture f(/*withData=*/false);
        f.recipe.usesChairs = false;
        f.makePanel();
        QVERIFY(f.startRun("no", 20));
        QTRY_COMPARE_WITH_TIMEOUT(f.phase(), RunPhase::Done, kLimitMs);
    }

    void chairsThatACommandRendersAreNoticed() {
        TrainingFixture f(/*withData=*/false);
        QTRY_VERIFY(f.panel->isSettled());
        f.run("new");
        auto* notice = f.find<QPushButton>("training.new.noData.button");
        QTRY_VERIFY(notice->isVisible());
        std::ofstream(f.at("set.vpack")) << "packed";
        QTRY_VERIFY(!notice->isVisible());
        QTRY_VERIFY(f.can("begin"));
    }

    void aDraftOfAnEarlierProjectGetsAFreeName() {
        TrainingFixture f;
        QTRY_VERIFY(f.panel->isSettled());
        f.run("new");
        f.editField("steps", 20);
        const QJsonObject saved = f.panel->saveState();  // with the name that the run takes next
        QTRY_VERIFY(f.can("begin"));
        f.run("begin");
        QTRY_COMPARE_WITH_TIMEOUT(f.phase(), RunPhase::Done, kLimitMs);
        QVERIFY(f.panel->restoreState(saved).ok());
        auto* name = f.find<QLineEdit>("training.new.name");
        QCOMPARE(name->text(), u"tiny-2"_s);
        QTRY_VERIFY(f.can("begin"));
        f.makePanel();
        QVERIFY(f.panel->restoreState(saved).ok());  // before the folder of runs is read
        name = f.find<QLineEdit>("training.new.name");
        QTRY_COMPARE(name->text(), u"tiny-2"_s);
        QTRY_VERIFY(f.can("begin"));
    }

    void aNewUserStartsARunWithTwoClicksInThePanel() {
        TrainingFixture f;
        QTRY_VERIFY(f.panel->isSettled());
        f.find<QPushButton>("training.new.button")->click();
        QCOMPARE(f.panel->state().page, TrainingPage::NewRun);
        QCOMPARE(f.find<QLineEdit>("training.new.name")->text(), u"tiny-1"_s);
        auto* start = f.find<QPushButton>("training.begin.button");
        QVERIFY(!start->isEnabled());  // not by the second half of a double click
        QTRY_VERIFY(start->isEnabled());
        start->click();
        QTRY_COMPARE_WITH_TIMEOUT(f.phase(), RunPhase::Training, kLimitMs);
        QCOMPARE(f.panel->state().page, TrainingPage::Runs);
        QCOMPARE(f.shownState(), u"Training"_s);
        QTRY_VERIFY(f.status.jobText().startsWith(u"Training tiny-1"_s));
        QTRY_COMPARE_WITH_TIMEOUT(f.phase(), RunPhase::Done, kLimitMs);
        QTRY_VERIFY(f.panel->isSettled());
        QTRY_VERIFY(
            !f.find<PictureFilm>("training.film")->findChild<QWidget*>(u"training.film.view"_s)->isHidden());
        QTRY_VERIFY(f.find<PictureFilm>("training.film")->numMoments() == 8);
        QVERIFY(!f.can("resume"));
        QVERIFY(f.can("extend"));
    }

    void everyControlHasAName() {
        TrainingFixture f;
        QVERIFY(f.startRun());
        for (const char* page : {"page.runs", "page.newRun", "page.data"}) {
            f.run(page);
            const QStringList unnamed = unnamedWidgets(f.panel.get());
            QVERIFY2(unnamed.isEmpty(), qPrintable(unnamed.join(u'\n')));
        }
        QCOMPARE(f.registry->clashes(), QStringList());
    }

    void buttonsDoWhatTheySay() {
        TrainingFixture f;
        QVERIFY(f.startRun("no", 100000));
        QTRY_COMPARE_WITH_TIMEOUT(f.phase(), RunPhase::Training, kLimitMs);
        QVERIFY(f.can("pause") && f.can("stop") && f.can("saveNow") && !f.can("resume") &&
                !f.can("discard") && !f.can("rename"));
        f.run("pause");
        QTRY_COMPARE_WITH_TIMEOUT(f.phase(), RunPhase::Paused, kLimitMs);
        QTRY_VERIFY(f.status.jobText().startsWith(u"Paused: tiny-1"_s));
        QVERIFY2(!f.status.jobText().contains(u"left"_s), qPrintable(f.status.jobText()));
        QCOMPARE(f.find<QLabel>("training.header.timeLeft")->text(), u"–"_s);
        QVERIFY(f.can("resume") && !f.can("pause"));
        QVERIFY(f.action("resume")->text().contains(u"esume"_s));
        f.run("resume");
        QTRY_COMPARE_WITH_TIMEOUT(f.phase(), RunPhase::Training, kLimitMs);
        f.run("saveNow");
        QTRY_VERIFY_WITH_TIMEOUT(f.can("open"), kLimitMs);
        f.run("open");
        QCOMPARE(f.opened.size(), 1);
        QVERIFY(f.opened.first().startsWith(u"chairs:"_s) &&
                f.opened.first().endsWith(u"snapshot.safetensors"_s));
        f.recipe.panel = "completion";
        f.run("open");
        QVERIFY(f.opened.last().startsWith(u"completion:"_s));
        QTRY_COMPARE(f.action("open")->text(), u"&Open in Completion"_s);
        f.run("stop");
        QTRY_COMPARE_WITH_TIMEOUT(f.phase(), RunPhase::Stopped, kLimitMs);
        QVERIFY(f.can("resume") && f.can("branch") && f.can("discard") && !f.can("stop"));
    }

    void aFailureSaysWhyAndOffersToStartAgain() {
        TrainingFixture f;
        QVERIFY(f.startRun("fail"));
        QTRY_COMPARE_WITH_TIMEOUT(f.phase(), RunPhase::Failed, kLimitMs);
        QTRY_VERIFY(f.find<QLabel>("training.problem.text")->isVisible());
        QCOMPARE(f.find<QLabel>("training.problem.text")->text(),
                 u"The data set is gone; render it again."_s);
        QCOMPARE(f.find<QPushButton>("training.problem.button")->text(), u"Start again"_s);
    }

    void aHelperThatDoesNotStartIsReportedWithItsReason() {
        TrainingFixture f;
        QVERIFY(f.startRun("refuse"));
        QTRY_VERIFY_WITH_TIMEOUT(f.messages.text().contains(u"This processor is too old."_s), kLimitMs);
    }

    void renameAndDiscardCanBeUndone() {
        TrainingFixture f;
        QVERIFY(f.startRun("no", 20));
        QTRY_COMPARE_WITH_TIMEOUT(f.phase(), RunPhase::Done, kLimitMs);
        const auto there = [&](const char* name) {
            return f.panel->watch().find(f.runs() / name) != nullptr;
        };
        auto* model = f.panel->findChild<RunTableModel*>();
        model->setData(model->index(0, RunTableModel::Name), u"mine"_s, Qt::EditRole);
        QTRY_VERIFY(there("mine"));
        QTRY_COMPARE(f.panel->state().runs, QStringList{u"mine"_s});
        f.undo.undo();
        QTRY_VERIFY(there("tiny-1"));
        f.undo.redo();
        QTRY_VERIFY(there("mine"));
        f.run("discard");
        QTRY_VERIFY(f.panel->watch().runs().empty());
        QTRY_COMPARE(f.find<QPushButton>("training.notice.button")->text(), u"New run"_s);
        f.undo.undo();
        QTRY_VERIFY(there("mine"));
        QTRY_VERIFY(f.panel->currentRun() != nullptr);
    }

    void notesAreKeptAndCanBeUndone() {
        TrainingFixture f;
        QVERIFY(f.startRun("no", 20));
        auto* notes = f.find<QPlainTextEdit>("training.notes");
        QTRY_VERIFY(notes->isEnabled());
        notes->setPlainText(u"rate too high"_s);
        f.panel->setActive(false);  // left
        QTRY_COMPARE(QString::fromStdString(f.panel->currentRun()->summary.notes), u"rate too high"_s);
        f.undo.undo();
        QTRY_VERIFY(f.panel->currentRun()->summary.notes.empty());
        QTRY_COMPARE(notes->toPlainText(), QString());
    }

    void formEditsAreUndoneOneByOne() {
        TrainingFixture f;
        f.run("new");
        const RunDraft before = f.panel->state().draft;
        f.editField("steps", 123);
        f.undo.endGesture();
        f.editField("rate", 0.5);
        QCOMPARE(f.panel->state().draft.config[u"steps"_s].toInt(), 123);
        f.undo.undo();
        QCOMPARE(f.panel->state().draft.config[u"rate"_s].toDouble(), 0.001);
        QCOMPARE(f.find<QDoubleSpinBox>("training.form.rate")->value(), 0.001);
        f.undo.undo();
        QVERIFY(f.panel->state().draft == before);
    }

    void aTakenNameIsSaidAtOnce() {
        TrainingFixture f;
        QVERIFY(f.startRun("no", 20));
        f.run("new");
        QCOMPARE(f.find<QLineEdit>("training.new.name")->text(), u"tiny-2"_s);
        auto* name = f.find<QLineEdit>("training.new.name");
        name->selectAll();
        QTest::keyClicks(name, u"tiny-1"_s);
        QVERIFY(f.find<QLabel>("training.new.name.error")->text().contains(u"choose another"_s));
        QTest::qWait(QApplication::doubleClickInterval() + 50);
        QVERIFY(!f.can("begin"));
    }

    void theCostIsToldInSentencesAndCanBeCancelled() {
        TrainingFixture f;
        QTRY_VERIFY(f.panel->isSettled());
        f.run("new");
        auto* measure = f.find<QPushButton>("training.cost.measure");
        auto* text = f.find<QLabel>("training.cost.text");
        QTRY_VERIFY(measure->isEnabled());
        measure->click();
        QCOMPARE(measure->text(), u"Cancel"_s);
        QTRY_VERIFY_WITH_TIMEOUT(text->text().contains(u"31.9 million parameters"_s), kLimitMs);
        QVERIFY(text->text().contains(u"1.5 GiB"_s) && text->text().contains(u"212.5 images/s"_s) &&
                text->text().contains(u"5 h 0 min"_s));
        f.editField("rate", 0.5);
        QVERIFY(text->text().contains(u"changed"_s));
        measure->click();
        measure->click();
        QTRY_COMPARE_WITH_TIMEOUT(measure->text(), u"Measure"_s, kLimitMs);
    }

    void closingAsksOnlyWhereATrainingOfThisWindowIsLive() {
        TrainingFixture f;
        QVERIFY(f.panel->mayClose());
        QVERIFY(f.startRun("no", 100000));
        QTRY_COMPARE_WITH_TIMEOUT(f.phase(), RunPhase::Training, kLimitMs);
        f.choice = -1;
        QVERIFY(!f.panel->mayClose());
        f.choice = 0;
        QVERIFY(f.panel->mayClose());
        QCOMPARE(f.asked.size(), 2);
        f.makePanel();  // found again, and not of this window any more
        QTRY_COMPARE_WITH_TIMEOUT(f.phase(), RunPhase::Training, kLimitMs);
        QVERIFY(f.panel->mayClose());
        QCOMPARE(f.asked.size(), 2);
    }

    void stopAndSaveClosesOnceTheWishIsWritten() {
        TrainingFixture f;
        QVERIFY(f.startRun("no", 100000));
        QTRY_COMPARE_WITH_TIMEOUT(f.phase(), RunPhase::Training, kLimitMs);
        f.choice = 1;
        QVERIFY(!f.panel->mayClose());
        QTRY_VERIFY(f.panel->isHidden());  // it is its own window here
        QVERIFY(f.panel->mayClose());
        f.makePanel();
        QTRY_COMPARE_WITH_TIMEOUT(f.phase(), RunPhase::Stopped, kLimitMs);
    }

    void aBranchGoesOnUnderItsOwnName() {
        TrainingFixture f;
        QVERIFY(f.startRun("no", 20));
        QTRY_COMPARE_WITH_TIMEOUT(f.phase(), RunPhase::Done, kLimitMs);
        QTRY_VERIFY(f.can("branch"));
        f.run("branch");
        QTRY_VERIFY_WITH_TIMEOUT(f.panel->watch().find(f.runs() / "tiny-1-branch"), kLimitMs);
        QTRY_COMPARE(f.panel->currentRun()->name(), u"tiny-1-branch"_s);
    }

    void twoRunsShowInWhatTheyDiffer() {
        TrainingFixture f;
        QVERIFY(f.startRun("no", 20));
        QVERIFY(f.startRun("no", 30));
        f.find<QTableView>("training.runs")->selectAll();
        QTRY_COMPARE(f.panel->state().runs.size(), 2);
        auto* settings = f.find<QTableView>("training.settings");
        QTRY_COMPARE(settings->model()->columnCount(), 3);
        QTRY_COMPARE(settings->model()->rowCount(), 1);
        QCOMPARE(settings->model()->index(0, 0).data().toString(), u"steps"_s);
    }

    void theStateIsRestoredAndBrokenOnesAreRefused() {
        TrainingFixture f;
        f.run("new");
        f.editField("steps", 77);
        const QJsonObject saved = f.panel->saveState();
        f.makePanel();
        QVERIFY(f.panel->restoreState(saved).ok());
        QCOMPARE(f.panel->state().page, TrainingPage::NewRun);
        QCOMPARE(f.find<QDoubleSpinBox>("training.form.steps")->value(), 77.0);
        QVERIFY(!f.panel->restoreState({{u"page"_s, u"attic"_s}}).ok());
        QCOMPARE(f.panel->state().page, TrainingPage::NewRun);
    }
};

VITRINE_TEST(TestTrainingPanel)
#include "tst_training_panel.moc"
