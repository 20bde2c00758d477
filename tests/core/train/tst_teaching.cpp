// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>
#include <cmath>

#include "core/io/atomic_file.h"
#include "core/metrics/chair_metrics.h"
#include "core/nets/chair_weights.h"
#include "core/nets/weights.h"
#include "core/runs/run_list.h"
#include "core/train/teaching.h"
#include "core/train/trainer.h"
#include "tests/support/random_chair_model.h"
#include "tests/support/test_program.h"
#include "tests/support/toy_meshes.h"

using namespace vitrine;
namespace fs = std::filesystem;

namespace {

constexpr int kNumKnown = 5;

torch::Tensor tensorOf(const fs::path& weights, const char* name) {
    const auto file = SafetensorsFile::read(weights).value();
    return tensorFromView(file.tensors().at(name)).to(torch::kFloat32).clone();
}

/// PSNR of a style's pictures at the views that are kept out of training. Units: dB.
double heldOutPsnr(const fs::path& weights, const fs::path& packed) {
    auto network = makeChairGenerator(SafetensorsFile::read(weights).value()).value();
    const auto data = PackedChairs::open(packed).value();
    std::vector<std::size_t> heldOut;
    for (std::size_t i = 0; i < data.views().size(); ++i)
        if (isHeldOutAzimuth(data.views()[i].azimuthIndex)) heldOut.push_back(i);
    return scoreViews(network,
                      data.views(),
                      heldOut,
                      [&data](std::size_t index) { return data.premultiplied(index); })
        .psnr;
}

}  // namespace

class TestTeaching : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    ChairEntry m_chair;

    fs::path at(const char* name) const { return fs::path(m_folder->path().toStdString()) / name; }
    fs::path makeModel(int styleDimensions = 0) const {
        test::RandomChairModel model;
        model.numStyles = kNumKnown;
        model.branchWidth = 32, model.jointWidth = 64;
        model.styleDimensions = styleDimensions;
        test::writeRandomChairModel(at("box.safetensors"), model);
        return at("box.safetensors");
    }
    RunFolder prepare(const fs::path& model, const char* name, std::int64_t steps) const {
        const auto outcome = prepareTeaching(m_chair, {model, at(name), steps, 1}, {});
        if (!outcome) qFatal("%s", outcome.error().message.c_str());
        return RunFolder::open(at(name)).value();
    }
    static TrainResult train(const RunFolder& run, std::int64_t stopAfter = 0) {
        return vitrine::train(run, {1, stopAfter, "cpu", "fp32"}, {}).value();
    }

private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_chair = test::makeToyChair(m_folder->path().toStdString(), 3);
    }

    void aNetworkLearnsAChairAndKeepsTheOthers() {
        const fs::path model = makeModel();
        const std::string before = readTextFile(model).value();
        const RunFolder run = prepare(model, "run", 600);
        const TrainResult result = train(run);
        QCOMPARE(result.outcome, JobOutcome::Done);

        const double nearest = heldOutPsnr(at("run/start.safetensors"), at("run/chair.vpack")),
                     taught = heldOutPsnr(run.snapshotPath(), at("run/chair.vpack"));
        QVERIFY2(taught > nearest + 1, qPrintable(QStringLiteral("%1 dB, %2 dB").arg(nearest).arg(taught)));
        QVERIFY(std::abs(result.metrics.at("startPsnr") - nearest) < 0.05);
        const double kept = result.metrics.at("keptPsnr");
        QVERIFY2(kept > 20, qPrintable(QStringLiteral("%1 dB").arg(kept)));

        QVERIFY(readTextFile(model).value() == before);
        const auto weights = SafetensorsFile::read(run.snapshotPath()).value();
        const auto info = chairWeightsInfo(weights.metadata()).value();
        QCOMPARE(info.styleIds.size(), std::size_t(kNumKnown + 1));
        QCOMPARE(info.styleIds.back(), m_chair.id);
        QCOMPARE(weights.metadata().at("taught"), m_chair.id);
        QCOMPARE(weights.metadata().at("taught_from"), SafetensorsFile::read(model).value().hash());
        QCOMPARE(weights.metadata().at("taught_from_name"), std::string("box.safetensors"));
    }

    void theAddedStyleBeginsAsAMixAndTheOthersAreTheSame_data() {
        QTest::addColumn<int>("dimensions");
        QTest::newRow("one-hot") << 0;
        QTest::newRow("Gaussian") << 3;
    }
    void theAddedStyleBeginsAsAMixAndTheOthersAreTheSame() {
        QFETCH(int, dimensions);
        const fs::path model = makeModel(dimensions);
        const RunFolder run = prepare(model, "run", 20);
        const char* name = dimensions == 0 ? "style.fc_1.weight" : "style_mean";
        const auto codes = [&](const fs::path& weights) {
            const auto tensor = tensorOf(weights, name);
            return dimensions == 0 ? tensor.t() : tensor;  // [styles, numbers]
        };
        const auto box = codes(model), start = codes(at("run/start.safetensors"));
        QCOMPARE(start.size(0), kNumKnown + 1);
        QVERIFY(torch::equal(start.slice(0, 0, kNumKnown), box));
        const auto added = start[kNumKnown];
        QVERIFY((added <= std::get<0>(box.max(0)) + 1e-5).all().item<bool>());
        QVERIFY((added >= std::get<0>(box.min(0)) - 1e-5).all().item<bool>());

        train(run);
        const auto end = codes(run.snapshotPath());
        QVERIFY(torch::equal(end.slice(0, 0, kNumKnown), box.to(torch::kFloat16).to(torch::kFloat32)));
        QVERIFY(!torch::allclose(end[kNumKnown], added, 1e-3, 1e-3));
    }

    void aTeachingThatWasStoppedEndsTheSame() {
        const fs::path model = makeModel();
        const RunFolder straight = prepare(model, "straight", 40), run = prepare(model, "run", 40);
        train(straight);
        QCOMPARE(train(run, 25).step, std::int64_t(25));
        train(run);
        for (const char* name : {"style.fc_1.weight", "fc_4.weight", "rgb_stream.output.weight"})
            QVERIFY2(
                torch::equal(tensorOf(run.snapshotPath(), name), tensorOf(straight.snapshotPath(), name)),
                name);
    }

    void aRunThatWasRenamedFindsItsFiles() {
        prepare(makeModel(), "run", 4);
        QVERIFY(renameRun(at("run"), "other").ok());
        const RunFolder run = RunFolder::open(at("other")).value();
        QCOMPARE(train(run).step, std::int64_t(4));
    }

    void aChairThatIsKnownIsTaughtAgain() {
        const RunFolder first = prepare(makeModel(), "first", 4);
        train(first);
        const RunFolder second = prepare(first.snapshotPath(), "second", 4);
        train(second);
        const auto weights = SafetensorsFile::read(second.snapshotPath()).value();
        QCOMPARE(chairWeightsInfo(weights.metadata()).value().options.numStyles, kNumKnown + 1);
        QCOMPARE(weights.metadata().at("taught"), m_chair.id);  // once
    }

    void whatIsCancelledOrFailsLeavesNothing() {
        std::stop_source stop;
        stop.request_stop();
        const auto cancelled =
            prepareTeaching(m_chair, {makeModel(), at("run"), 4, 1}, {.stop = stop.get_token()});
        QVERIFY(cancelled && *cancelled == JobOutcome::Cancelled);
        QVERIFY(!fs::exists(at("run")) && !fs::exists(at(".run")));

        ChairEntry gone = m_chair;
        gone.model = at("gone.obj").string();
        QVERIFY(!prepareTeaching(gone, {at("box.safetensors"), at("run"), 4, 1}, {}));
        QVERIFY(!fs::exists(at("run")));
        QCOMPARE(prepareTeaching(m_chair, {at("no.safetensors"), at("run"), 4, 1}, {}).error().code,
                 ErrorCode::NotFound);
    }

    void aFolderInUseIsLeftAlone() {
        prepare(makeModel(), "run", 4);
        const auto again = prepareTeaching(m_chair, {at("box.safetensors"), at("run"), 4, 1}, {});
        QVERIFY(!again);
        QVERIFY(fs::exists(at("run/start.safetensors")));
    }
};

VITRINE_TEST(TestTeaching)
#include "tst_teaching.moc"
