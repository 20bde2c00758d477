// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QtTest>
#include <array>
#include <cmath>
#include <limits>

#include "core/io/atomic_file.h"
#include "core/io/safetensors.h"
#include "core/recipe/drawn_style.h"
#include "core/recipe/style_map.h"
#include "core/sessions/chair_session.h"
#include "tests/support/random_chair_model.h"
#include "tests/support/test_program.h"

using namespace vitrine;

namespace {

ChairRequest requestFor(int style, float azimuthDeg = 30) {
    ChairRequest request;
    request.styleWeights = {{style, 1}};
    request.view = {azimuthDeg, 20};
    return request;
}

QString openingMessage(const Result<ChairSession>& session) {
    return session ? QStringLiteral("opened") : QString::fromStdString(session.error().message);
}

}  // namespace

class TestChairSession : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void tellsWhatTheFileHolds();
    void opensHalfPrecisionAndTwoStreams();
    void picturesDependOnEveryInput();
    void batchEqualsSinglePictures();
    void sameRequestSamePicture();
    void weightsOfOneStyleAddUp();
    void colourStaysWithinTheMask();
    void aSeedGivesANewChair_data();
    void aSeedGivesANewChair();
    void codesAreThoseOfTheFile();
    void noRequestsNoPictures();
    void requestsOutOfRangeAreRefused();
    void boostedUnitsChangeTheirPicturesAlone();
    void hugeWeightsAreNotAPicture();
    void brokenFilesAreRefused();
    void wrongShapesAndNamesAreNamed();
    void sizesThatTheFileCannotHoldAreRefused();
    void otherArchitectureIsUnsupported();
    void missingGpuIsNamed();

private:
    std::filesystem::path path(const char* name = "model.safetensors") const {
        return std::filesystem::path(m_folder->path().toStdString()) / name;
    }
    /// In one precision for all batches, so that pictures can be compared.
    ChairSession opened() { return std::move(ChairSession::open(path(), Device::Cpu, "fp32")).value(); }
    /// Writes the file again with other metadata or tensors.
    void rewrite(const std::function<void(std::map<std::string, TensorView>&,
                                          std::map<std::string, std::string>&)>& change);

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestChairSession::init() {
    m_folder = std::make_unique<QTemporaryDir>();
    test::writeRandomChairModel(path());
}

void TestChairSession::rewrite(const std::function<void(std::map<std::string, TensorView>&,
                                                        std::map<std::string, std::string>&)>& change) {
    const auto file = SafetensorsFile::read(path());
    QVERIFY(file);
    auto tensors = file->tensors();
    auto metadata = file->metadata();
    change(tensors, metadata);
    QVERIFY(writeSafetensors(path(), tensors, metadata));
}

void TestChairSession::tellsWhatTheFileHolds() {
    const auto session = ChairSession::open(path(), Device::Cpu);
    QVERIFY2(session, qPrintable(openingMessage(session)));
    const ChairModelInfo& info = session->info();
    QCOMPARE(info.name, std::string("custom"));
    QCOMPARE(info.size, 32);
    QCOMPARE(info.numStyles, 5);
    QCOMPARE(info.step, std::int64_t(1234));
    QCOMPARE(info.styleIds.size(), std::size_t(5));
    QCOMPARE(info.styleIds[3], std::string("style-3"));
    QVERIFY(info.numParameters > 10'000);
    QVERIFY(info.device.starts_with("CPU, bf16") || info.device.starts_with("CPU, fp32"));
}

void TestChairSession::opensHalfPrecisionAndTwoStreams() {
    test::RandomChairModel model;
    model.half = true;
    model.rgbMaps = {12, 8, 6};
    model.maskMaps = {8, 6, 4};
    test::writeRandomChairModel(path("two.safetensors"), model);
    auto session = ChairSession::open(path("two.safetensors"), Device::Cpu);
    QVERIFY2(session, qPrintable(openingMessage(session)));
    const auto picture = session->generate(requestFor(0));
    QVERIFY(picture);
    QCOMPARE(picture->premultiplied.width, 64);
}

void TestChairSession::picturesDependOnEveryInput() {
    ChairSession session = opened();
    const Image base = session.generate(requestFor(1))->premultiplied;
    QCOMPARE(base.width, 32);
    QCOMPARE(base.height, 32);
    QCOMPARE(base.channels, 4);

    ChairRequest elevated = requestFor(1), zoomed = requestFor(1), mixed = requestFor(1);
    elevated.view.elevationDeg = 35;
    zoomed.theta.logZoom = 0.4f;
    mixed.styleWeights.push_back({2, 0.5f});
    for (const ChairRequest& other : {requestFor(2), requestFor(1, 120), elevated, zoomed, mixed}) {
        QVERIFY(session.generate(other)->premultiplied != base);
    }
}

void TestChairSession::batchEqualsSinglePictures() {
    ChairSession session = opened();
    std::vector<ChairRequest> requests;
    for (int i = 0; i < 37; ++i) requests.push_back(requestFor(i % 5, float(7 * i)));
    const auto all = session.generate(requests);
    QVERIFY(all);
    QCOMPARE(all->size(), requests.size());
    for (std::size_t i = 0; i < requests.size(); i += 6) {
        const Image single = session.generate(requests[i])->premultiplied;
        int largest = 0;
        for (std::size_t p = 0; p < single.pixels.size(); ++p) {
            largest =
                std::max(largest, std::abs(int(single.pixels[p]) - int((*all)[i].premultiplied.pixels[p])));
        }
        QVERIFY2(largest <= 2, qPrintable(QString::number(largest)));
    }
}

void TestChairSession::sameRequestSamePicture() {
    ChairSession first = opened(), second = opened();
    const auto picture = first.generate(requestFor(3));
    QCOMPARE(first.generate(requestFor(3))->premultiplied, picture->premultiplied);
    QVERIFY(second.generate(requestFor(3)));
}

void TestChairSession::weightsOfOneStyleAddUp() {
    ChairSession session = opened();
    ChairRequest split = requestFor(2);
    split.styleWeights = {{2, 0.25f}, {2, 0.75f}};
    QCOMPARE(session.generate(split)->premultiplied, session.generate(requestFor(2))->premultiplied);
}

void TestChairSession::colourStaysWithinTheMask() {
    ChairSession session = opened();
    const Image picture = session.generate(requestFor(0))->premultiplied;
    int covered = 0;
    for (std::size_t i = 0; i < picture.pixels.size(); i += 4) {
        for (std::size_t c = 0; c < 3; ++c) QVERIFY(picture.pixels[i + c] <= picture.pixels[i + 3]);
        covered += picture.pixels[i + 3] > 0;
    }
    QVERIFY(covered > 0);
}

void TestChairSession::aSeedGivesANewChair_data() {
    QTest::addColumn<int>("styleDimensions");
    QTest::newRow("one-hot styles") << 0;
    QTest::newRow("Gaussian styles") << 6;
}

void TestChairSession::aSeedGivesANewChair() {
    QFETCH(int, styleDimensions);
    test::RandomChairModel model;
    model.styleDimensions = styleDimensions;
    test::writeRandomChairModel(path(), model);
    ChairSession session = opened();
    QCOMPARE(session.info().styleDimensions, styleDimensions);
    const auto picture = [&](const std::vector<StyleWeight>& mix) {
        ChairRequest request = requestFor(0);
        request.styleWeights = mix;
        return session.generate(request)->premultiplied;
    };
    const Image first = picture({{kFirstDrawnStyle + 1, 1}});
    QVERIFY(first == picture({{kFirstDrawnStyle + 1, 0.25f}, {kFirstDrawnStyle + 1, 0.75f}}));
    QVERIFY(first == picture(drawnStyle(1, session.styleCodes())));
    QVERIFY(first != picture({{kFirstDrawnStyle + 2, 1}}));
    QVERIFY(first != picture({{kFirstDrawnStyle + 1, 0.5f}, {2, 0.5f}}));
    QVERIFY(picture({{2, 1}}) == picture({{2, 1}, {kFirstDrawnStyle + 9, 0}}));
}

void TestChairSession::codesAreThoseOfTheFile() {
    const ChairSession oneHot = opened();
    QCOMPARE(oneHot.styleCodes().numStyles(), 5);
    QCOMPARE(oneHot.styleCodes().numDimensions, 16);  // FC-1's width
    test::RandomChairModel model;
    model.styleDimensions = 6;
    test::writeRandomChairModel(path(), model);
    const auto file = SafetensorsFile::read(path());
    const auto* means = reinterpret_cast<const float*>(file->tensors().at("style_mean").bytes.data());
    const ChairSession gaussian = opened();
    QCOMPARE(gaussian.styleCodes().numDimensions, 6);
    QCOMPARE(gaussian.styleCodes().of(3)[2], means[3 * 6 + 2]);
}

void TestChairSession::noRequestsNoPictures() {
    ChairSession session = opened();
    const auto pictures = session.generate(std::span<const ChairRequest>());
    QVERIFY(pictures);
    QVERIFY(pictures->empty());
}

void TestChairSession::requestsOutOfRangeAreRefused() {
    ChairSession session = opened();
    const auto refused = [&](const ChairRequest& request) {
        const auto picture = session.generate(request);
        return !picture && picture.error().code == ErrorCode::InvalidArgument;
    };
    QVERIFY(refused(requestFor(5)));
    QVERIFY(refused(requestFor(-1)));
    QVERIFY(refused(requestFor(0, std::numeric_limits<float>::quiet_NaN())));
    ChairRequest request = requestFor(0);
    request.theta.hueRad = std::numeric_limits<float>::infinity();
    QVERIFY(refused(request));
    request = requestFor(0);
    request.styleWeights[0].weight = std::numeric_limits<float>::quiet_NaN();
    QVERIFY(refused(request));
}

void TestChairSession::boostedUnitsChangeTheirPicturesAlone() {
    ChairSession session = opened();
    ChairRequest boosted = requestFor(1);
    boosted.boosts = {{"FC-4", 2, 30}, {"fc-1", 0, 1}};
    const std::array requests{requestFor(0), boosted, requestFor(1)};
    const auto pictures = session.generate(requests);
    QVERIFY(pictures);
    const auto near = [](const ChairPicture& a, const ChairPicture& b) {  // another path: other rounding
        const auto& x = a.premultiplied.pixels;
        for (std::size_t i = 0; i < x.size(); ++i)
            if (std::abs(int(x[i]) - int(b.premultiplied.pixels[i])) > 2) return false;
        return true;
    };
    QVERIFY(near(pictures->at(0), session.generate(requests[0]).value()));
    QVERIFY(near(pictures->at(2), session.generate(requests[2]).value()));
    QVERIFY(!near(pictures->at(1), pictures->at(2)));
    QVERIFY(near(pictures->at(1), session.generate(boosted).value()));

    boosted.boosts = {{"FC-4", 100000, 1}};
    QCOMPARE(session.generate(boosted).error().code, ErrorCode::InvalidArgument);
    boosted.boosts = {{"FC-9", 0, 1}};
    QCOMPARE(session.generate(boosted).error().code, ErrorCode::NotFound);
    boosted.boosts = {{"FC-4", 0, std::numeric_limits<float>::infinity()}};
    QCOMPARE(session.generate(boosted).error().code, ErrorCode::InvalidArgument);
}

void TestChairSession::hugeWeightsAreNotAPicture() {
    ChairSession session = opened();
    ChairRequest request = requestFor(0);
    request.styleWeights = {{0, 3e38f}, {1, 3e38f}, {2, -3e38f}};
    request.theta.logZoom = 3e38f;
    const auto picture = session.generate(request);
    QVERIFY(!picture);
    QVERIFY(picture.error().code == ErrorCode::NonFinite);
    QVERIFY(session.generate(requestFor(0)));
}

void TestChairSession::brokenFilesAreRefused() {
    QVERIFY(ChairSession::open(path("missing.safetensors"), Device::Cpu).error().code == ErrorCode::NotFound);
    const auto whole = *readFile(path());
    const auto write = [&](std::span<const std::byte> content) {
        QVERIFY(writeFileAtomically(path("broken.safetensors"), content));
    };
    const auto code = [&] {
        return ChairSession::open(path("broken.safetensors"), Device::Cpu).error().code;
    };
    write({});
    QVERIFY(code() == ErrorCode::BadFormat);
    write(std::span(whole).first(whole.size() / 2));
    QVERIFY(code() == ErrorCode::BadFormat);
    auto flipped = whole;
    flipped[flipped.size() - 3] ^= std::byte(64);
    write(flipped);
    QVERIFY(code() == ErrorCode::BadFormat);
    write(std::as_bytes(std::span("\x89PNG\r\n\x1a\nnot weights")));
    QVERIFY(code() == ErrorCode::BadFormat);
}

void TestChairSession::wrongShapesAndNamesAreNamed() {
    const auto message = [&] { return openingMessage(ChairSession::open(path(), Device::Cpu)); };
    rewrite([](auto& tensors, auto&) {
        std::swap(tensors.at("fc_3.weight").shape[0], tensors.at("fc_3.weight").shape[1]);
    });
    QVERIFY2(message().contains(QStringLiteral("fc_3.weight")), qPrintable(message()));

    test::writeRandomChairModel(path());
    rewrite([](auto& tensors, auto&) { tensors["fc_4.wieght"] = tensors.extract("fc_4.weight").mapped(); });
    QVERIFY2(message().contains(QStringLiteral("fc_4.weight")), qPrintable(message()));

    test::writeRandomChairModel(path());
    rewrite([](auto& tensors, auto&) { tensors["extra.bias"] = tensors.at("fc_4.bias"); });
    QVERIFY2(message().contains(QStringLiteral("extra.bias")), qPrintable(message()));

    test::writeRandomChairModel(path());
    rewrite([](auto&, auto& metadata) { metadata.erase("joint_width"); });
    QVERIFY2(message().contains(QStringLiteral("joint_width")), qPrintable(message()));

    test::writeRandomChairModel(path());
    rewrite([](auto&, auto& metadata) { metadata["classes"] = "a,b"; });
    QVERIFY2(message().contains(QStringLiteral("classes")), qPrintable(message()));

    test::writeRandomChairModel(path());
    rewrite([](auto&, auto& metadata) { metadata["step"] = "many"; });
    QVERIFY2(message().contains(QStringLiteral("step")), qPrintable(message()));
}

void TestChairSession::sizesThatTheFileCannotHoldAreRefused() {
    rewrite([](auto&, auto& metadata) {
        metadata["branch_width"] = "16384";
        metadata["joint_width"] = "16384";
        metadata["rgb_maps"] = "4096,4096";
    });
    const auto session = ChairSession::open(path(), Device::Cpu);
    QVERIFY(!session);
    QVERIFY2(openingMessage(session).contains(QStringLiteral("needs")), qPrintable(openingMessage(session)));
}

void TestChairSession::otherArchitectureIsUnsupported() {
    rewrite([](auto&, auto& metadata) { metadata["architecture"] = "structured-predictor"; });
    QVERIFY(ChairSession::open(path(), Device::Cpu).error().code == ErrorCode::Unsupported);
    test::RandomChairModel model;
    model.thetaSize = 28;
    test::writeRandomChairModel(path(), model);
    const auto session = ChairSession::open(path(), Device::Cpu);
    QVERIFY(!session);
    QVERIFY(session.error().code == ErrorCode::Unsupported);
    QVERIFY(openingMessage(session).contains(QStringLiteral("28")));
}

void TestChairSession::missingGpuIsNamed() {
    const auto session = ChairSession::open(path(), Device::Cuda);
    if (session) QSKIP("this machine has a GPU");
    QVERIFY(session.error().code == ErrorCode::Device);
    QVERIFY(openingMessage(session).contains(QStringLiteral("cpu")));
}

VITRINE_TEST(TestChairSession)
#include "tst_chair_session.moc"
