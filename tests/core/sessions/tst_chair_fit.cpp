// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <cmath>
#include <functional>
#include <stop_token>
#include <vector>

#include "core/data/rendered_chairs.h"
#include "core/recipe/chair_cutout.h"
#include "core/recipe/compose.h"
#include "core/recipe/morph.h"
#include "core/sessions/chair_fit.h"
#include "core/sessions/chair_session.h"
#include "tests/support/random_chair_model.h"
#include "tests/support/test_program.h"

using namespace vitrine;

namespace {

double psnrOnWhite(const Image& a, const Image& b) {
    return psnr(composeOver(a, {}), composeOver(b, {}));
}

StyleMix meanStyle(int numStyles) {
    std::vector<int> all;
    for (int i = 0; i < numStyles; ++i) all.push_back(i);
    return average(all);
}

}  // namespace

class TestChairFit : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    std::filesystem::path file() const {
        return m_folder.filePath(QStringLiteral("m.safetensors")).toStdString();
    }
    /// A tiny network with random weights, and a picture that it makes.
    ChairFitSession tinySession(int styleDimensions = 0) const {
        test::writeRandomChairModel(file(), {.styleDimensions = styleDimensions});
        return ChairFitSession::open(file()).value();
    }
    Image tinyPicture() const {
        ChairSession session = ChairSession::open(file(), Device::Cpu, "fp32").value();
        return session.generate(ChairRequest{{{2, 1}}, {100, 25}, {}}).value().premultiplied;
    }

private Q_SLOTS:
    void aDrawnChairIsFoundAgain() {
        ChairSession session = ChairSession::open(ChairSession::defaultModel(), Device::Cpu, "fp32").value();
        ChairFitSession fitter = ChairFitSession::open(ChairSession::defaultModel()).value();
        ChairRequest request{{{2, 1}}, {52, 20}, {}};  // oak-chair
        const Image drawn = session.generate(request).value().premultiplied;
        const auto cutout = cutOutChair(unpremultiply(drawn), {}, fitter.info().size);
        QVERIFY(cutout.ok());
        const auto fit = fitter.fit(cutout->premultiplied);
        QVERIFY2(fit.ok(), fit.ok() ? "" : fit.error().message.c_str());
        QVERIFY(fit->converged);
        QVERIFY2(std::abs(std::remainder(fit->request.view.azimuthDeg - 52, 360)) <= 15,
                 qPrintable(QString::number(fit->request.view.azimuthDeg)));
        QVERIFY(psnrOnWhite(fit->picture, cutout->premultiplied) > 19);
        // Turned round, it is that chair rather than any.
        request.view.azimuthDeg = 160;
        const Image truth = session.generate(request).value().premultiplied;
        const auto seenFromThere = [&](const StyleMix& mix) {
            return session.generate(ChairRequest{mix, request.view, {}}).value().premultiplied;
        };
        const double own = psnrOnWhite(seenFromThere(fit->request.styleWeights), truth);
        const double mean = psnrOnWhite(seenFromThere(meanStyle(session.info().numStyles)), truth);
        QVERIFY2(own > mean + 1, qPrintable(QStringLiteral("%1 %2").arg(own).arg(mean)));
    }

    void itTellsHowFarItIs_data() {
        QTest::addColumn<int>("styleDimensions");
        QTest::newRow("one-hot") << 0;
        QTest::newRow("Gaussian") << 3;
    }
    void itTellsHowFarItIs() {
        QFETCH(int, styleDimensions);
        ChairFitSession session = tinySession(styleDimensions);
        std::vector<double> losses, fractions;
        double secondsLeft = -1;
        ChairFitContext context;
        context.job.report = [&](const Progress& progress) {
            fractions.push_back(progress.fraction), secondsLeft = progress.secondsLeft;
        };
        context.better = [&](const ChairFit& best) {
            QCOMPARE(best.picture.width, session.info().size);
            losses.push_back(best.loss);
        };
        const auto fit = session.fit(tinyPicture(), 0, context);
        QVERIFY(fit.ok());
        QVERIFY(losses.size() > 10);
        QVERIFY(std::ranges::is_sorted(losses, std::greater<>()));
        QCOMPARE(fit->loss, losses.back());
        QVERIFY(std::ranges::is_sorted(fractions));
        QVERIFY(std::abs(fractions.back() - 1) < 1e-9);
        QVERIFY(secondsLeft >= 0 && secondsLeft < 1);
    }

    void thePictureIsThatOfTheRequest() {
        ChairFitSession session = tinySession();
        const auto fit = session.fit(tinyPicture());
        QVERIFY(fit.ok());
        double sum = 0;
        for (const StyleWeight& part : fit->request.styleWeights) sum += part.weight;
        QVERIFY(std::abs(sum - 1) < 1e-4);
        QVERIFY(fit->request.theta.hueRad == 0 && fit->request.theta.logBrightness == 0);
        ChairSession drawing = ChairSession::open(file(), Device::Cpu, "fp32").value();
        const Image again = drawing.generate(fit->request).value().premultiplied;
        QVERIFY(psnrOnWhite(again, fit->picture) > 40);
    }

    void sameSeedSameFit() {
        ChairFitSession session = tinySession();
        const Image picture = tinyPicture();
        const auto one = session.fit(picture, 3), two = session.fit(picture, 3);
        QVERIFY(one.ok() && two.ok());
        QCOMPARE(one->loss, two->loss);
        QVERIFY(one->request == two->request);
    }

    void aCancelledFitGivesTheBestSoFar() {
        ChairFitSession session = tinySession();
        const Image picture = tinyPicture();
        std::stop_source stop;
        ChairFitContext context;
        context.job.stop = stop.get_token();
        context.better = [&](const ChairFit&) { stop.request_stop(); };
        const auto fit = session.fit(picture, 0, context);
        QVERIFY(fit.ok());
        QVERIFY(!fit->converged && !fit->picture.empty());
        const auto none = session.fit(picture, 0, context);  // stopped before it starts
        QVERIFY(!none.ok());
        QCOMPARE(none.error().code, ErrorCode::Busy);
    }

    void aPictureOfAnotherSizeIsRefused() {
        ChairFitSession session = tinySession();
        const auto fit = session.fit(Image(16, 16, 4));
        QVERIFY(!fit.ok());
        QCOMPARE(fit.error().code, ErrorCode::InvalidArgument);
        QVERIFY(fit.error().message.find("32 x 32") != std::string::npos);
    }

    void aMissingModelIsNamed() {
        const auto session = ChairFitSession::open(file().parent_path() / "none.safetensors");
        QVERIFY(!session.ok());
        QVERIFY(session.error().message.find("none.safetensors") != std::string::npos);
    }
};

VITRINE_TEST(TestChairFit)
#include "tst_chair_fit.moc"
