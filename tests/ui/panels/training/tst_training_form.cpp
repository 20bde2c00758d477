// SPDX-License-Identifier: GPL-3.0-or-later
// The form that is made of a recipe's fields, and the table of runs: shown without a panel around them.
#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QComboBox>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QSortFilterProxyModel>
#include <QTabBar>
#include <QTableView>
#include <QToolButton>
#include <QtTest>

#include "core/train/training_kind.h"
#include "tests/support/accessible_names.h"
#include "tests/support/test_program.h"
#include "tests/ui/panels/training/toy_training_kind.h"
#include "ui/panels/training/config_form.h"
#include "ui/panels/training/curve_data.h"
#include "ui/panels/training/field_editor.h"
#include "ui/panels/training/number_box.h"
#include "ui/panels/training/run_table.h"
#include "ui/panels/training/run_table_model.h"
#include "ui/panels/training/training_state.h"
#include "ui/shell/theme.h"

using namespace Qt::StringLiterals;
using namespace vitrine;

namespace {

struct Form {
    Form() : form(recipe.info(), [](const QString&) { return u"/chosen.vpack"_s; }) {
        form.setConfig(
            QJsonDocument::fromJson(QByteArray::fromStdString(recipe.info().templates[1].json)).object());
        form.resize(800, 600);
        form.show();
    }
    template <class T>
    T* find(const char* name) {
        T* found = form.findChild<T*>(QLatin1String("training.form.") + QLatin1String(name));
        if (!found) qFatal("no control named %s", name);
        return found;
    }
    Result<std::string> normalised() {
        return recipe.normalise(QJsonDocument(form.config()).toJson().toStdString());
    }
    void check() {
        const auto result = normalised();
        form.setError(result ? nullptr : &result.error());
    }
    ToyTrainingKind recipe;
    ConfigForm form;
};

RunInfo makeRun(const std::string& name, std::int64_t step, RunState state = RunState::Stopped) {
    RunInfo run;
    run.summary.path = "/runs/" + name;
    run.summary.name = name;
    run.summary.recipe = "toy";
    run.summary.preset = "tiny";
    run.summary.status.state = state;
    run.summary.status.step = step;
    run.summary.status.totalSteps = 1000;
    run.summary.status.updated = double(step);
    run.summary.status.metrics["heldOutPsnr"] = double(step) / 100;
    run.summary.created = double(step);
    return run;
}

}  // namespace

class TestTrainingForm : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { Theme::instance().apply(ThemeChoice::Dark); }

    void everyFieldHasAControlOfItsKindWithANameAndItsRange() {
        Form f;
        QCOMPARE(f.find<NumberBox>("rate")->maximum(), 10.0);
        QCOMPARE(f.find<NumberBox>("steps")->text(), u"5,000 steps"_s);
        QVERIFY(f.find<QCheckBox>("holdOut")->isChecked());
        QCOMPARE(f.find<QComboBox>("optimiser")->count(), 2);
        f.find<QLineEdit>("comment");
        QVERIFY(f.find<NumberBox>("rate")->toolTip().contains(u"0 to 10"_s));
        QVERIFY(f.find<NumberBox>("rate")->toolTip().contains(u"How far one step goes."_s));
        QCOMPARE(unnamedWidgets(&f.form), QStringList());
    }

    void anEditChangesThatFieldAlone() {
        Form f;
        QSignalSpy edited(&f.form, &ConfigForm::edited);
        QJsonObject expected = f.form.config();
        f.find<NumberBox>("rate")->setValue(0.02);
        expected[u"rate"_s] = 0.02;
        QCOMPARE(f.form.config(), expected);
        QCOMPARE(edited.last().last().toString(), u"Change Learning rate"_s);
        f.find<QToolButton>("data.browse")->click();
        QCOMPARE(f.form.config()[u"data"_s].toString(), u"/chosen.vpack"_s);
        QVERIFY(f.normalised().ok());
    }

    void aTypedNumberIsKeptAsTypedAndHeldInItsRange() {
        Form f;
        auto* box = f.find<NumberBox>("rate");
        box->setFocus();
        box->selectAll();
        QTest::keyClicks(box, u"5e-4"_s);
        QTest::keyClick(box, Qt::Key_Return);
        QCOMPARE(f.form.config()[u"rate"_s].toDouble(), 0.0005);
        QCOMPARE(box->text(), u"0.0005"_s);
        box->selectAll();
        QTest::keyClicks(box, u"99"_s);
        QTest::keyClick(box, Qt::Key_Return);
        QCOMPARE(box->value(), 10.0);
        auto* steps = f.find<NumberBox>("steps");
        steps->selectAll();
        QTest::keyClicks(steps, u"60000"_s);
        QTest::keyClick(steps, Qt::Key_Return);
        QCOMPARE(steps->text(), u"60,000 steps"_s);
    }

    void anErrorStandsAtItsField() {
        Form f;
        QJsonObject config = f.form.config();
        config[u"rate"_s] = 20;
        f.form.setConfig(config);
        f.check();
        const QString error = f.find<QLabel>("rate.error")->text();
        QVERIFY2(error.startsWith(u"Learning rate"_s), qPrintable(error));
        QVERIFY(f.find<QLabel>("rate.error")->isVisible());
        QVERIFY(!f.find<QLabel>("steps.error")->isVisible());
        QVERIFY(!f.find<QLabel>("problem")->isVisible());
        config[u"rate"_s] = 1;
        f.form.setConfig(config);
        f.check();
        QVERIFY(!f.find<QLabel>("rate.error")->isVisible());
    }

    void anErrorInAFoldedFieldUnfoldsIt() {
        Form f;
        QJsonObject config = f.form.config();
        config[u"fake"_s] = u"perhaps"_s;
        f.form.setConfig(config);
        QVERIFY(!f.find<QComboBox>("fake")->isVisible());
        f.check();
        QTRY_VERIFY(f.find<QLabel>("fake.error")->isVisible());
    }

    void anErrorOfAnotherStageSaysWhereAndMarksItsTab() {
        Form f;
        QJsonObject config = f.form.config();
        QJsonArray stages = config[u"stages"_s].toArray();
        QJsonObject second = stages[1].toObject();
        second[u"warmup"_s] = 99999;
        stages[1] = second;
        config[u"stages"_s] = stages;
        f.form.setConfig(config);
        f.form.setStage(0);
        f.check();
        QVERIFY(f.find<QLabel>("problem")->isVisible());
        QVERIFY(!f.find<QLabel>("stage.warmup.error")->isVisible());
        QVERIFY(!f.find<QTabBar>("stages")->tabIcon(1).isNull());
        f.form.setStage(1);
        QTRY_VERIFY(f.find<QLabel>("stage.warmup.error")->isVisible());
    }

    void stagesAreAddedEditedAndRemoved() {
        Form f;
        QCOMPARE(f.find<QTabBar>("stages")->count(), 2);
        f.form.setStage(0);
        f.find<QToolButton>("stages.add")->click();
        QCOMPARE(f.form.stage(), 1);
        f.find<QComboBox>("stage.preset")->setCurrentText(u"tiny"_s);
        QCOMPARE(f.form.config()[u"stages"_s].toArray()[0].toObject()[u"preset"_s].toString(), u"huge"_s);
        QCOMPARE(f.form.config()[u"stages"_s].toArray()[1].toObject()[u"preset"_s].toString(), u"tiny"_s);
        f.find<QToolButton>("stages.remove")->click();
        f.find<QToolButton>("stages.remove")->click();
        QCOMPARE(f.form.config()[u"stages"_s].toArray().size(), 1);
        QVERIFY(!f.find<QToolButton>("stages.remove")->isEnabled());
    }

    void theModelOfRunsIsSound() {
        RunTableModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setRuns({makeRun("a", 1), makeRun("b", 2)});
        model.setRuns({makeRun("c", 3), makeRun("b", 20)});
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.rowOf("/runs/a"), -1);
        QCOMPARE(model.runAt(model.rowOfName(u"b"_s)).summary.status.step, 20);
        model.setRuns({});
        QCOMPARE(model.rowCount(), 0);
    }

    void runsSortByNumbersAndAreFoundByWords() {
        RunTableModel model;
        model.setQuality([](const std::string&) { return u"heldOutPsnr"_s; });
        model.setRuns({makeRun("nine", 9), makeRun("hundred", 100), makeRun("twenty", 20, RunState::Failed)});
        RunTable table(&model);
        table.resize(900, 200);
        table.show();
        table.view()->sortByColumn(RunTableModel::Quality, Qt::DescendingOrder);
        const auto name = [&](int row) {
            return table.proxy()->index(row, RunTableModel::Name).data().toString();
        };
        QCOMPARE((QStringList{name(0), name(1), name(2)}),
                 (QStringList{u"hundred"_s, u"twenty"_s, u"nine"_s}));
        table.findChild<QLineEdit*>(u"training.runs.filter"_s)->setText(u"tiny fail"_s);
        QCOMPARE(table.proxy()->rowCount(), 1);
        QCOMPARE(name(0), u"twenty"_s);
        QCOMPARE(unnamedWidgets(&table), QStringList());
    }

    void anEditedNameIsARequest() {
        RunTableModel model;
        model.setRuns({makeRun("a", 1), makeRun("live", 2, RunState::Training)});
        QSignalSpy rename(&model, &RunTableModel::renameRequested),
            notes(&model, &RunTableModel::notesRequested);
        const QModelIndex index = model.index(0, RunTableModel::Name);
        QVERIFY(model.setData(index, u"b"_s, Qt::EditRole));
        QCOMPARE(rename.size(), 1);
        QCOMPARE(index.data().toString(), u"a"_s);  // until the folder has it
        QVERIFY(!model.setData(model.index(1, RunTableModel::Name), u"c"_s, Qt::EditRole));
        QVERIFY(model.setData(model.index(1, RunTableModel::Notes), u"good"_s, Qt::EditRole));
        QCOMPARE(notes.size(), 1);
    }

    void selectedRunsComeInFrontFirst() {
        RunTableModel model;
        model.setRuns({makeRun("a", 1), makeRun("b", 2), makeRun("c", 3)});
        RunTable table(&model);
        QSignalSpy changed(&table, &RunTable::selectionChanged);
        table.select({u"c"_s, u"a"_s});
        QCOMPARE(table.selected(), (QStringList{u"c"_s, u"a"_s}));
        QCOMPARE(changed.size(), 0);
    }

    void curvesFollowTheRecipeThenComeTheOthers() {
        RunRecord first, second;
        first.metrics = {{"trainLoss", {{1, 2}}}, {"heldOutPsnr", {{1, 20}}}, {"odd", {{1, 5}}}};
        second.metrics = {{"heldOutPsnr", {{1, 21}, {2, 22}}}};
        const auto sets = curvesOf(ToyTrainingKind().info().plots, {{u"a"_s, &first}, {u"b"_s, &second}});
        QCOMPARE(sets.size(), std::size_t(3));
        QCOMPARE(sets[1].axisTitle(), u"PSNR (dB)"_s);
        QCOMPARE(sets[1].curves.size(), 2);
        QCOMPARE(sets[1].curves[1].label, u"b"_s);  // held-out only: nothing to tell it from
        QVERIFY(sets[1].curves[0].colorIndex != sets[1].curves[1].colorIndex);
        QVERIFY(!sets[0].curves[0].isDashed);  // nothing to tell it from
        QCOMPARE(sets[2].title, u"odd"_s);
    }

    void aFamilyOfMetricsIsOnePlot() {
        RunRecord record;
        record.metrics = {{"kl/00", {{1, 2}}}, {"kl/01", {{1, 3}}}, {"other", {{1, 1}}}};
        const auto sets = curvesOf({{"KL", "nats", "", "kl/", ""}}, {{u"a"_s, &record}});
        QCOMPARE(sets.size(), std::size_t(2));
        QCOMPARE(sets[0].curves.size(), 2);
        QCOMPARE(sets[0].curves[1].label, u"01"_s);
        QCOMPARE(sets[1].title, u"other"_s);
    }

    void theFirstPresetForChairsIsShortAndThePresetsAreSound() {
        const TrainingKind* chairs = trainingKinds().front();
        const TrainingKindInfo info = chairs->info();
        QCOMPARE(info.id, std::string("chairs"));
        for (const ConfigTemplate& preset : info.templates) {
            const auto normalised = chairs->normalise(preset.json);
            QVERIFY2(normalised && *normalised == preset.json, preset.id.c_str());
        }
        const auto config =
            QJsonDocument::fromJson(QByteArray::fromStdString(info.templates.front().json)).object();
        const QJsonArray stages = config["stages"_L1].toArray();
        QCOMPARE(stages.size(), 1);
        QVERIFY(config["batch"_L1].toInt() * stages[0].toObject()["steps"_L1].toInt() <= 40'000);
        QVERIFY(info.usesChairs);
        for (const TrainingKind* other : trainingKinds())
            QVERIFY(other == chairs || !other->info().usesChairs);
    }

    void theStateSurvivesAFile() {
        TrainingState state;
        state.page = TrainingPage::Data;
        state.runs = {u"a"_s, u"b"_s};
        state.smoothing = 0.25;
        state.draft = {u"toy"_s, u"small"_s, u"x"_s, {{u"rate"_s, 0.5}}};
        const auto restored = trainingStateFromJson(toJson(state));
        QVERIFY(restored.ok());
        QVERIFY(*restored == state);
        QJsonObject broken = toJson(state);
        broken[u"smoothing"_s] = 3;
        QVERIFY(!trainingStateFromJson(broken).ok());
        broken = toJson(state);
        broken[u"page"_s] = u"attic"_s;
        QVERIFY(!trainingStateFromJson(broken).ok());
    }
};

VITRINE_TEST(TestTrainingForm)
#include "tst_training_form.moc"
