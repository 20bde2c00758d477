// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <cmath>

#include "core/runs/chair_config.h"
#include "tests/support/test_program.h"

using namespace vitrine;

namespace {

const std::string kStage = R"("stages": [{"preset": "compact-64", "steps": 10, "schedule": "cosine"}])";

std::string messageFor(const std::string& json) {
    const auto config = ChairTrainConfig::parse(json);
    return config ? std::string() : config.error().message;
}

}  // namespace

class TestChairConfig : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void survivesItsOwnText() {
        const auto config =
            ChairTrainConfig::parse("{" + kStage + R"(, "batch": 7, "rgbWeight": 3.5, "seed": 11})");
        QVERIFY(config.ok());
        const auto again = ChairTrainConfig::parse(config->toJson());
        QVERIFY(again.ok());
        QCOMPARE(again->settings.batch, std::int64_t(7));
        QCOMPARE(again->rgbWeight, 3.5);
        QCOMPARE(again->settings.seed, std::uint64_t(11));
        QCOMPARE(again->totalSteps(), std::int64_t(10));
        QCOMPARE(again->toJson(), config->toJson());
    }

    void formerKeysOfAStageAreRead() {
        const auto config = ChairTrainConfig::parse(
            R"({"stages": [{"steps": 1}, {"steps": 1, "goesOn": true, "spreadStart": 0.25, "spreadEnd": 0.75,
                "spreadRate": 0.5}]})");
        QVERIFY2(config.ok(), config ? "" : config.error().message.c_str());
        const ChairStage& stage = config->stages.back();
        QVERIFY(stage.continuesPrevious);
        QCOMPARE(stage.curriculumScaleStart, 0.25);
        QCOMPARE(stage.curriculumScaleEnd, 0.75);
        QCOMPARE(stage.curriculumScaleRate, 0.5);
        const std::string text = config->toJson();
        for (const char* key : {"goesOn", "spreadStart", "spreadEnd", "spreadRate"})
            QVERIFY2(text.find(key) == std::string::npos, key);
        for (const char* key :
             {"continuesPrevious", "curriculumScaleStart", "curriculumScaleEnd", "curriculumScaleRate"})
            QVERIFY2(text.find(key) != std::string::npos, key);
    }

    void theFaultyFieldIsNamed_data() {
        QTest::addColumn<QString>("json");
        QTest::addColumn<QString>("named");
        const auto row = [](const char* name, const char* json, const char* named) {
            QTest::newRow(name) << QString::fromLatin1(json) << QString::fromLatin1(named);
        };
        row("not JSON", "{", "not a JSON object");
        row("a list", "[]", "not a JSON object");
        row("nested",
            (R"({"stages":)" + std::string(100'000, '[') + std::string(100'000, ']') + "}").c_str(),
            "not a JSON object");
        row("unknown key", R"({"bacth": 3})", "\"bacth\"");
        row("wrong type", R"({"batch": "many"})", "\"batch\"");
        row("fraction for a count", R"({"batch": 1.5})", "\"batch\"");
        row("negative seed", R"({"seed": -1})", "\"seed\"");
        row("unknown optimiser", R"({"optimiser": "magic", "stages": [{"steps": 1}]})", "\"optimiser\"");
        row("no stages", R"({"batch": 3})", "\"stages\"");
        row("stages of the wrong type", R"({"stages": 3})", "\"stages\"");
        row("unknown key in a stage", R"({"stages": [{"stpes": 1}]})", "\"stages[0].stpes\"");
        row("no steps", R"({"stages": [{"preset": "compact-64"}]})", "\"stages[0].steps\"");
        row("negative rate",
            R"({"stages": [{"steps": 1, "learningRate": -1}]})",
            "\"stages[0].learningRate\"");
        row("unknown schedule",
            R"({"stages": [{"steps": 1}, {"steps": 1, "schedule": "steep"}]})",
            "\"stages[1].schedule\"");
        row("azimuths that are not spread evenly",
            R"({"targets": "a", "targetAzimuths": 7, "stages": [{"steps": 1}]})",
            "\"targetAzimuths\"");
        row("few sources without targets", R"({"sources": "few", "stages": [{"steps": 1}]})", "\"sources\"");
        row("another recipe", R"({"recipe": "tables", "stages": [{"steps": 1}]})", "\"recipe\"");
    }
    void theFaultyFieldIsNamed() {
        QFETCH(QString, json);
        QFETCH(QString, named);
        const QString message = QString::fromStdString(messageFor(json.toStdString()));
        QVERIFY2(message.contains(named), qPrintable(message));
    }

    void aProlongedScheduleDoesNotJumpUp() {
        const Schedule halve{ScheduleKind::Halve, 2e-4, 700, 0, 500, 100};
        QCOMPARE(halve.goingOn(50).at(0), halve.at(700));
        const Schedule cosine{ScheduleKind::Cosine, 1.0, 100, 10};
        QVERIFY(cosine.goingOn(100).at(99) < 0.01);
        for (int step = 0; step < 100; ++step) QVERIFY(cosine.goingOn(100).at(step) <= 0.5);
    }

    void everyFieldIsDescribed() {
        for (const auto& fields : {ChairTrainConfig::describe(), ChairTrainConfig::describeStage()}) {
            QVERIFY(fields.size() > 5);
            for (const ConfigField& field : fields) {
                QVERIFY2(!field.label.empty() && field.help.ends_with(".") &&
                             !field.group.empty() == (field.key != "recipe"),
                         field.key.c_str());
                const bool isNumber = field.kind == FieldKind::Number || field.kind == FieldKind::Integer;
                QVERIFY2(!isNumber || field.minimum < field.maximum, field.key.c_str());
                QVERIFY2((field.kind == FieldKind::Choice) == !field.choices.empty(), field.key.c_str());
            }
        }
    }

    void schedulesAreThePapers() {
        const Schedule halve{ScheduleKind::Halve, 2e-4, 1000, 0, 500, 100};
        QCOMPARE(halve.at(499), 2e-4);
        QCOMPARE(halve.at(500), 1e-4);
        QCOMPARE(halve.at(600), 5e-5);
        Schedule third{ScheduleKind::Halve, 5e-5, 50000, 0, 20000, 10000};  // papers.md B3, stage 3
        third.decayFactor = 0.2;
        QCOMPARE(third.at(19999), 5e-5);
        QVERIFY(std::abs(third.at(20000) - 1e-5) < 1e-12 && std::abs(third.at(30000) - 2e-6) < 1e-12);
        const Schedule inverse{ScheduleKind::Inverse, 3e-4, 16000, 0, 10000, 20, 1e-3};  // papers.md A5
        QCOMPARE(inverse.at(10019), 3e-4);
        QCOMPARE(inverse.at(10020), 3e-4 / 1.001);
        QCOMPARE(inverse.at(15999), 3e-4 / 1.299);
        const Schedule cosine{ScheduleKind::Cosine, 1.0, 100, 10};
        QCOMPARE(cosine.at(0), 0.1);
        QVERIFY(std::abs(cosine.at(50) - 0.5) < 1e-9);
        QVERIFY(cosine.at(100) < 1e-9);
        QCOMPARE((Schedule{ScheduleKind::Constant, 0.5, 100, 0}.at(99)), 0.5);
    }
};

VITRINE_TEST(TestChairConfig)
#include "tst_chair_config.moc"
