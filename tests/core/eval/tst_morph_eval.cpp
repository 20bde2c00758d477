// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <cmath>
#include <set>

#include "core/data/style_ids.h"
#include "core/eval/morph_eval.h"
#include "core/render/chair_family.h"
#include "core/render/family_set.h"
#include "tests/support/random_chair_model.h"
#include "tests/support/test_program.h"
#include "tests/support/toy_views.h"

using namespace vitrine;

namespace {

MorphPairScores pairWith(double within, double beyond) {
    MorphPairScores pair;
    pair.toIndex = 1, pair.changeWithin = within, pair.changeBeyond = beyond;
    return pair;
}

double meanOfFigure(const MorphEval& eval, const std::string& key) {
    for (const MorphFigure& figure : figuresOf(eval))
        if (figure.key == key) return figure.mean;
    return std::nan("");
}

}  // namespace

class TestMorphEval : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    std::filesystem::path path(const std::string& name) const {
        return std::filesystem::path(m_folder.path().toStdString()) / name;
    }
    ChairSession session(const std::vector<std::string>& styleIds) const {
        test::RandomChairModel model;
        model.numStyles = int(styleIds.size());
        model.styleIds = styleIds;
        model.rgbMaps = {8, 6};  // 32 pixels, half of the data's
        test::writeRandomChairModel(path("model.safetensors"), model);
        return ChairSession::open(path("model.safetensors"), Device::Cpu).value();
    }
    PackedChairs data() const { return PackedChairs::open(path("toy.vpack")).value(); }
    static MorphEvalOptions options(int numPairs) { return {numPairs, 8, 3, 0}; }

private Q_SLOTS:
    void initTestCase() { test::packToyViews(path("toy.vpack"), 6, 64); }

    void pairsAreOfTwoSharedChairsAtTrainedViews() {
        auto chairs = session({"other", "chair-5", "chair-1", "chair-3", "family-3", "chair-2"});
        const MorphEval eval = evaluateMorphs(chairs, data(), options(40), {}).value();
        QCOMPARE(eval.pairs.size(), 40u);
        std::set<std::string> ids;
        for (const MorphPairScores& pair : eval.pairs) {
            QVERIFY(pair.from != pair.to);
            QCOMPARE(chairs.info().styleIds[std::size_t(pair.fromIndex)], pair.from);
            ids.insert({pair.from, pair.to});
        }
        QCOMPARE(ids, (std::set<std::string>{"chair-1", "chair-2", "chair-3", "chair-5"}));
        QVERIFY(eval.truth.empty());
    }

    void rendersOfBoxesAreWholeAndSure() {
        auto chairs = session({"chair-0", "chair-2", "chair-4"});
        const MorphEval eval = evaluateMorphs(chairs, data(), options(5), {}).value();
        QCOMPARE(meanOfFigure(eval, "real.components"), 1.0);
        QCOMPARE(meanOfFigure(eval, "real.outside"), 0.0);
        QVERIFY(meanOfFigure(eval, "real.ambiguity") < 0.5);  // a border of shrunk pixels at most
        for (const char* key : {"ends.ambiguity", "middle.components", "jump", "beyond.moves"})
            QVERIFY2(meanOfFigure(eval, key) > 0, key);
    }

    void fewerPairsAreTheFirstOfMore() {
        auto chairs = session({"chair-0", "chair-2", "chair-4"});
        const auto few = evaluateMorphs(chairs, data(), options(3), {}).value().pairs;
        const auto many = evaluateMorphs(chairs, data(), options(11), {}).value().pairs;
        for (std::size_t i = 0; i < few.size(); ++i) {
            QCOMPARE(few[i].from, many[i].from);
            QVERIFY(few[i].view == many[i].view);
            QVERIFY(std::abs(few[i].middle.ambiguity - many[i].middle.ambiguity) < 1e-3);
        }
        MorphEvalOptions other = options(11);
        other.seed = 1;
        const auto reseeded = evaluateMorphs(chairs, data(), other, {}).value().pairs;
        QVERIFY(!std::ranges::equal(many, reseeded, {}, &MorphPairScores::view, &MorphPairScores::view));
    }

    /// A model that stands still beyond its ends scores 0; the mean is of the changes, not of their ratios.
    void movesIsTheRatioOfTheMeanChanges() {
        QCOMPARE(meanOfFigure({{pairWith(0.1, 0), pairWith(0.3, 0)}, {}}, "beyond.moves"), 0.0);
        const double moves = meanOfFigure({{pairWith(0.1, 0.1), pairWith(0.3, 0.1)}, {}}, "beyond.moves");
        QVERIFY(std::abs(moves - 0.5) < 1e-12);
    }

    void figuresHaveIntervalsAndNoTruthWithoutFamilyStyles() {
        auto chairs = session({"chair-0", "chair-2", "chair-4"});
        const auto figures = figuresOf(evaluateMorphs(chairs, data(), options(20), {}).value());
        QCOMPARE(figures.size(), 5u * 3 + 4);
        for (const MorphFigure& figure : figures) {
            QVERIFY2(std::isfinite(figure.mean), figure.key.c_str());
            QVERIFY2(figure.interval.low <= figure.mean + 1e-9 && figure.mean <= figure.interval.high + 1e-9,
                     figure.key.c_str());
        }
    }

    void theProfileMeetsTheOtherMeasures() {
        auto chairs = session({"chair-0", "chair-2", "chair-4"});
        const MorphEval eval = evaluateMorphs(chairs, data(), options(6), {}).value();
        const TrustProfile profile = profileOf(eval, "abc");
        QCOMPARE(profile.weightsHash, "abc");
        QCOMPARE(profile.numPairs, 6);
        QCOMPARE(profile.points.size(), trustPositions().size());
        const auto ambiguity = [&](double position) { return trustAt(profile, position).ambiguity; };
        const auto isNear = [](double a, double b) { return std::abs(a - b) < 1e-3 * (1 + b); };
        QVERIFY(isNear(ambiguity(0.5), meanOfFigure(eval, "middle.ambiguity")));
        QVERIFY(isNear((ambiguity(0) + ambiguity(1)) / 2, meanOfFigure(eval, "ends.ambiguity")));
        QVERIFY(isNear((ambiguity(-0.3) + ambiguity(1.3)) / 2, meanOfFigure(eval, "beyond.ambiguity")));
    }

    void theMiddleOfFamilyStylesIsComparedWithTheShape() {
        const auto &reserved = familyGroups()[0].numbers, &trained = familyGroups()[1].numbers;
        auto chairs = session({"chair-0",
                               "chair-2",
                               familyId(reserved[0]),
                               familyId(reserved[1]),
                               familyId(trained[0]),
                               familyId(trained[1])});
        const MorphEval eval = evaluateMorphs(chairs, data(), options(2), {}).value();
        QCOMPARE(eval.truth.size(), 1u);
        const MorphTruthScores& truth = eval.truth.front();
        QCOMPARE(truth.from, familyId(reserved[0]));
        QCOMPARE(truth.toIndex, 3);
        for (const double psnr : {truth.psnr, truth.crossFadePsnr}) QVERIFY(psnr > 0 && psnr < 60);
        for (const double iou : {truth.iou, truth.crossFadeIou}) QVERIFY(iou >= 0 && iou < 1);
        QCOMPARE(meanOfFigure(eval, "truth.psnr"), truth.psnr);
    }

    void aModelOfOtherChairsIsRefused() {
        auto chairs = session({"a", "b"});
        const auto eval = evaluateMorphs(chairs, data(), options(2), {});
        QVERIFY(!eval);
        QCOMPARE(eval.error().code, ErrorCode::InvalidArgument);
        auto one = session({"chair-0", "b"});
        QCOMPARE(evaluateMorphs(one, data(), options(2), {}).error().code, ErrorCode::InvalidArgument);
    }

    void itStops() {
        auto chairs = session({"chair-0", "chair-2"});
        std::stop_source stop;
        const JobContext job{[&](const Progress& progress) {
                                 if (progress.fraction > 0) stop.request_stop();
                             },
                             stop.get_token()};
        const auto eval = evaluateMorphs(chairs, data(), options(40), job);
        QVERIFY(!eval);
        QCOMPARE(eval.error().code, ErrorCode::Busy);
    }
};

VITRINE_TEST(TestMorphEval)
#include "tst_morph_eval.moc"
