// SPDX-License-Identifier: GPL-3.0-or-later
// The quadrant networks in the box, asked about a garment of Fashion-MNIST where that is installed.
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <limits>

#include "core/data/archive.h"
#include "core/data/idx_images.h"
#include "core/eval/completion_eval.h"
#include "core/io/image_file.h"
#include "core/io/png.h"
#include "core/io/safetensors.h"
#include "core/recipe/completion_files.h"
#include "core/recipe/completion_recipe.h"
#include "core/sessions/completion_session.h"
#include "tests/support/test_program.h"

using namespace vitrine;
namespace fs = std::filesystem;

namespace {

constexpr int kSide = 28;
constexpr int kRounding = 1;  // of 255: how many samples go through the network together may round otherwise

CompletionSession openBox(int numQuadrants, const char* variant = "cvae") {
    return CompletionSession::open(CompletionSession::defaultModel(numQuadrants, variant)).value();
}

/// A dress, for where there are no garments.
Image drawnDress() {
    Image dress(kSide, kSide, 1);
    for (int y = 2; y < 26; ++y)
        for (int x = 11 - y / 5; x < 17 + y / 5; ++x) dress.at(y, x) = std::uint8_t(150 + 3 * y);
    return dress;
}

int largestDifference(const Image& a, const Image& b) {
    int largest = a.pixels.size() == b.pixels.size() ? 0 : 255;
    for (std::size_t i = 0; i < std::min(a.pixels.size(), b.pixels.size()); ++i)
        largest = std::max(largest, std::abs(int(a.pixels[i]) - int(b.pixels[i])));
    return largest;
}

double meanDifference(const Image& a, const Image& b) {
    double sum = 0;
    for (std::size_t i = 0; i < a.pixels.size(); ++i) sum += std::abs(int(a.pixels[i]) - int(b.pixels[i]));
    return sum / double(a.pixels.size());
}

bool keepsSeen(const Image& picture, const CompletionResult& result) {
    for (std::size_t i = 0; i < picture.pixels.size(); ++i)
        if (result.hidden.pixels[i] == 0 && picture.pixels[i] != result.picture.pixels[i]) return false;
    return picture.pixels.size() == result.picture.pixels.size();
}

Image plain(int width, int height, std::uint8_t grey, int channels = 3) {
    return Image(width, height, channels, grey);
}

CompletionRecipe wholeRecipe() {
    CompletionRecipe recipe;
    recipe.numQuadrants = 2;
    recipe.model = "gsnn";
    recipe.pictureName = "A dress";
    recipe.part = CompletionPart::Sample;
    recipe.sample = 3;
    recipe.panel = "{\"zoom\":4}";
    recipe.request.image = drawnDress();
    recipe.request.numSamples = 7;
    recipe.request.seed = 18446744073709551615ull;
    recipe.request.temperature = 0.25;
    recipe.request.forced = {{3, -1.5}};
    return recipe;
}

std::string with(std::string text, const std::string& before, const std::string& after) {
    const auto at = text.find(before);
    return at == std::string::npos ? std::string() : text.replace(at, before.size(), after);
}

/// The bytes behind the header of one array of an NPZ file.
std::vector<std::uint8_t> arrayIn(const fs::path& file, const char* name) {
    auto archive = Archive::open(file);
    if (!archive || !archive->contains(name)) return {};
    const auto bytes = archive->read(name);
    if (!bytes || bytes->size() < 10) return {};
    const std::size_t header = std::size_t((*bytes)[8]) + 256 * std::size_t((*bytes)[9]);
    const auto* first = reinterpret_cast<const std::uint8_t*>(bytes->data());
    return {first + 10 + header, first + bytes->size()};
}

}  // namespace

class TestCompletion : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    Image m_picture;
    bool m_isGarment = false;

    fs::path file(const char* name) const { return fs::path(m_folder.path().toStdString()) / name; }
    CompletionRequest requestOf(int numSamples = 4) const {
        CompletionRequest request;
        request.image = m_picture;
        request.numSamples = numSamples;
        return request;
    }
    static std::string refusal(CompletionSession& session, const CompletionRequest& request) {
        const auto result = session.complete(request);
        return result ? std::string() : result.error().message;
    }

private Q_SLOTS:
    void initTestCase() {
        const auto garments = readIdxTestImages();
        m_isGarment = garments.ok();
        m_picture = m_isGarment ? garments->picture(0) : drawnDress();
    }

    void tellsAboutTheModel() {
        const auto session = openBox(2);
        QCOMPARE(session.info().variant, std::string("cvae"));
        QCOMPARE(session.info().numQuadrants, 2);
        QCOMPARE(session.info().numChannels, 200);
        QVERIFY(session.info().hasRecognition);
        QVERIFY(session.info().step > 0 && session.info().numParameters > 1'000'000);
        QVERIFY(!openBox(1, "gsnn").info().hasRecognition);
    }

    void whatIsSeenIsThePictures_data() {
        QTest::addColumn<int>("seen");
        QTest::addColumn<QByteArray>("variant");
        QTest::newRow("VAE") << 0 << QByteArray("cvae");
        for (int seen = 1; seen <= 3; ++seen)
            for (const char* variant : {"cvae", "gsnn"})
                QTest::addRow("%s-%d", variant, seen) << seen << QByteArray(variant);
    }
    void whatIsSeenIsThePictures() {
        QFETCH(int, seen);
        QFETCH(QByteArray, variant);
        auto session = openBox(seen, variant.constData());
        const auto result = session.complete(requestOf());
        QVERIFY2(result.ok(), result.ok() ? "" : result.error().message.c_str());
        QCOMPARE(result->picture, m_picture);
        QCOMPARE(std::count(result->hidden.pixels.begin(), result->hidden.pixels.end(), 1),
                 std::ptrdiff_t(4 - seen) * 196);
        QCOMPARE(result->samples.size(), std::size_t(4));
        for (const Image& sample : result->samples) QVERIFY(keepsSeen(sample, *result));
        QVERIFY(keepsSeen(result->priorMean, *result) && keepsSeen(result->mean, *result));
        QVERIFY(seen == 0 ? result->guess.empty() : keepsSeen(result->guess, *result));
        QCOMPARE(result->reconstruction.empty(), variant == "gsnn");
        for (std::size_t i = 0; i < result->deviation.pixels.size(); ++i) {
            const float deviation = result->deviation.pixels[i];
            QVERIFY(result->hidden.pixels[i] == 1 ? deviation >= 0 && deviation < 0.501f : deviation == 0);
        }
        QVERIFY(result->meanDeviation > 0 && result->meanDeviation < 0.5);
    }

    void theSameRequestHasTheSameAnswerAndAnotherSeedAnother() {
        auto session = openBox(1), second = openBox(1);
        auto request = requestOf();
        const auto one = session.complete(request), again = session.complete(request),
                   fresh = second.complete(request);
        QVERIFY(one->samples == again->samples && one->samples == fresh->samples);
        QVERIFY(one->deviation == fresh->deviation);
        QVERIFY(one->samples[0] != one->samples[1]);
        request.seed = 2;
        const auto other = session.complete(request);
        QVERIFY(other->samples != one->samples);
        QCOMPARE(other->priorMean,
                 one->priorMean);  // neither the answer at the mean nor the scores have a seed
        QCOMPARE(other->scores->monteCarlo, one->scores->monteCarlo);
    }

    void moreSamplesBeginWithTheSame() {
        auto session = openBox(1);
        const auto few = session.complete(requestOf(3)), many = session.complete(requestOf(40));
        for (std::size_t i = 0; i < 3; ++i)
            QVERIFY(largestDifference(few->samples[i], many->samples[i]) <= kRounding);
        QVERIFY(largestDifference(many->samples[2], many->samples[3]) > kRounding);
    }

    void withoutSpreadAllSamplesAreTheAnswerAtTheMean() {
        auto session = openBox(1);
        auto request = requestOf();
        const auto whole = session.complete(request);
        request.temperature = 0.3;
        const auto narrow = session.complete(request);
        QVERIFY(narrow->meanDeviation > 0 && narrow->meanDeviation < whole->meanDeviation);
        request.temperature = 0;
        const auto none = session.complete(request);
        for (const Image& sample : none->samples)
            QVERIFY(largestDifference(sample, whole->priorMean) <= kRounding);
        QVERIFY(none->meanDeviation < 1e-4);
        QCOMPARE(none->scores->importance, whole->scores->importance);  // they are the model's
    }

    void scoresAreThoseOfTheEvaluation_data() {
        QTest::addColumn<int>("seen");
        QTest::addColumn<QByteArray>("variant");
        QTest::newRow("VAE") << 0 << QByteArray("cvae");
        QTest::newRow("CVAE") << 1 << QByteArray("cvae");
        QTest::newRow("GSNN") << 1 << QByteArray("gsnn");
    }
    void scoresAreThoseOfTheEvaluation() {
        if (!m_isGarment) QSKIP("dataset-fashion-mnist is not installed");
        QFETCH(int, seen);
        QFETCH(QByteArray, variant);
        auto session = openBox(seen, variant.constData());
        const CompletionScores scores = session.complete(requestOf())->scores.value();
        const CompletionEvalOptions options{.counts = {100, 1000}, .numPictures = 1};
        const auto eval = evaluateCompletion(session.info().file, {}, options, {});
        QVERIFY2(eval.ok(), eval.ok() ? "" : eval.error().message.c_str());
        const auto agree = [](double a, double b) {
            return std::isnan(a) ? std::isnan(b) : std::abs(a - b) < 1e-3;
        };
        QVERIFY(agree(scores.guess, eval->baseline.mean));
        QVERIFY(agree(scores.monteCarlo, eval->monteCarlo[1].mean));
        QVERIFY(variant == "gsnn" ? std::isnan(scores.importance)
                                  : agree(scores.importance, eval->importance[0].mean));
        QCOMPARE(std::isnan(scores.guess), seen == 0);
    }

    void aNetworkOfBlackAndWhitePixelsSeesThePictureSo() {
        const auto box = SafetensorsFile::read(CompletionSession::defaultModel(1)).value();
        auto metadata = box.metadata();
        metadata["binarised"] = "1";
        QVERIFY(writeSafetensors(file("binarised.safetensors"), box.tensors(), metadata).ok());
        auto session = CompletionSession::open(file("binarised.safetensors")).value();
        auto request = requestOf();
        const auto result = session.complete(request).value();
        for (std::size_t i = 0; i < m_picture.pixels.size(); ++i)
            QCOMPARE(int(result.picture.pixels[i]), m_picture.pixels[i] > 127 ? 255 : 0);
        request.image = result.picture;
        QCOMPARE(openBox(1).complete(request)->scores->guess, result.scores->guess);
    }

    void aNetworkThatSeesNothingNeedsNoPicture() {
        auto session = openBox(0);
        CompletionRequest request;
        request.numSamples = 4;
        const auto dreamt = session.complete(request);
        QVERIFY2(dreamt.ok(), dreamt.ok() ? "" : dreamt.error().message.c_str());
        QVERIFY(dreamt->samples[0] != dreamt->samples[1]);
        QVERIFY(!dreamt->scores && dreamt->channelNats.empty() && dreamt->reconstruction.empty());
        QCOMPARE(dreamt->picture, plain(kSide, kSide, 0, 1));
        const auto seeing = session.complete(requestOf());
        QVERIFY(seeing->scores.has_value());
        QVERIFY(seeing->samples == dreamt->samples);  // the picture is only scored
        QVERIFY(!session.complete(request)->scores);
    }

    void theRecognitionNetworkKnowsThePicture() {
        if (!m_isGarment) QSKIP("dataset-fashion-mnist is not installed");
        auto session = openBox(0);
        const auto result = session.complete(requestOf());
        QVERIFY(meanDifference(result->reconstruction, m_picture) <
                0.5 * meanDifference(result->priorMean, m_picture));
        QCOMPARE(result->channelNats.size(), std::size_t(200));
        QVERIFY(*std::ranges::min_element(result->channelNats) > -1e-4);
        QVERIFY(*std::ranges::max_element(result->channelNats) > 0.1);
    }

    void aHeldChannelChangesTheAnswer() {
        auto session = openBox(1);
        auto request = requestOf();
        const auto whole = session.complete(request);
        const auto speaks = std::ranges::max_element(whole->channelNats) - whole->channelNats.begin();
        request.forced = {{int(speaks), 4}};
        const auto held = session.complete(request);
        QVERIFY(largestDifference(held->priorMean, whole->priorMean) > kRounding);
        QVERIFY(held->samples != whole->samples);
        QVERIFY(keepsSeen(held->samples[0], *held));
    }

    void aWayEndsAtTheSamples() {
        auto session = openBox(2);
        const auto request = requestOf(5);
        const auto result = session.complete(request);
        const auto path = session.interpolate(request, 1, 4, 7);
        QVERIFY2(path.ok(), path.ok() ? "" : path.error().message.c_str());
        QCOMPARE(path->size(), std::size_t(7));
        QVERIFY(largestDifference(path->front(), result->samples[1]) <= kRounding);
        QVERIFY(largestDifference(path->back(), result->samples[4]) <= kRounding);
        QVERIFY(largestDifference(path->at(3), path->front()) > kRounding);
        QVERIFY(keepsSeen(path->at(3), *result));
        for (const auto& [from, to, count] :
             {std::array{-1, 1, 3}, std::array{0, 5, 3}, std::array{0, 1, 1}, std::array{0, 1, 10001}}) {
            const auto refused = session.interpolate(request, from, to, count);
            QVERIFY(!refused && refused.error().code == ErrorCode::InvalidArgument);
        }
    }

    void badRequestsAreRefused() {
        auto session = openBox(1);
        const auto refusalOf = [&](const auto& change) {
            CompletionRequest request = requestOf();
            change(request);
            return refusal(session, request);
        };
        const auto says = [](const std::string& message, const char* what) {
            return message.find(what) != std::string::npos;
        };
        QVERIFY(says(refusalOf([](CompletionRequest& r) { r.image = {}; }), "picture"));
        for (const int count : {0, -1, 10001})
            QVERIFY(says(refusalOf([&](CompletionRequest& r) { r.numSamples = count; }), "samples"));
        for (const double temperature : {-0.1, 3.5, std::nan(""), std::numeric_limits<double>::infinity()})
            QVERIFY(
                says(refusalOf([&](CompletionRequest& r) { r.temperature = temperature; }), "temperature"));
        for (const int channel : {-1, 200})
            QVERIFY(says(refusalOf([&](CompletionRequest& r) { r.forced = {{channel, 1}}; }), "channel"));
        for (const double far : {101.0, std::nan("")})
            QVERIFY(says(refusalOf([&](CompletionRequest& r) { r.forced = {{0, far}}; }), "deviations"));
    }

    void filesThatAreNoNetworkNameThemselves() {
        const fs::path whole = CompletionSession::defaultModel(1);
        fs::copy_file(whole, file("short.safetensors"), fs::copy_options::overwrite_existing);
        fs::resize_file(file("short.safetensors"), fs::file_size(whole) / 2);
        const auto message = [](const fs::path& weights) {
            const auto session = CompletionSession::open(weights);
            return session ? std::string() : session.error().message;
        };
        QVERIFY(message(file("short.safetensors")).find("short.safetensors") != std::string::npos);
        QVERIFY(message(file("none.safetensors")).find("none.safetensors") != std::string::npos);
        const fs::path other = whole.parent_path() / "segmentation-cnn.safetensors";
        QVERIFY(message(other).find("segmentation-cnn.safetensors cannot be used") != std::string::npos);
    }

    void picturesBecomeWhatTheNetworksKnow() {
        QVERIFY(completionPicture({}).empty());
        const Image dress = drawnDress();
        QCOMPARE(completionPicture(dress), dress);
        QCOMPARE(completionPicture(plain(kSide, kSide, 255, 1)), plain(kSide, kSide, 255, 1));  // as it is
        Image onWhite = plain(56, 56, 255);
        for (int y = 14; y < 42; ++y) std::fill_n(onWhite.row(y) + 3 * 14, 3 * 28, std::uint8_t(55));
        const Image negative = completionPicture(onWhite);
        QCOMPARE(negative.channels, 1);
        QCOMPARE(int(negative.at(1, 1)), 0);
        QCOMPARE(int(negative.at(14, 14)), 200);
        const Image wide = completionPicture(plain(56, 28, 100));  // its border is dark
        QCOMPARE(int(wide.at(14, 14)), 100);
        QCOMPARE(int(wide.at(2, 14)), 0);
        const Image bright = completionPicture(plain(28, 56, 230, 1));  // turned, yet black around
        QCOMPARE(int(bright.at(14, 14)), 25);
        QCOMPARE(int(bright.at(14, 2)), 0);
        Image clear = plain(kSide, kSide, 0, 4);  // a white dot on nothing
        for (int c = 0; c < 4; ++c) clear.at(5, 6, c) = 255;
        QCOMPARE(int(completionPicture(clear).at(5, 6)), 255);
        QCOMPARE(int(completionPicture(clear).at(0, 0)), 0);
    }

    void aRecipeSurvives() {
        const CompletionRecipe recipe = wholeRecipe();
        const std::string text = recipeToJson(recipe);
        QVERIFY(isCompletionRecipe(text));
        QVERIFY(!isCompletionRecipe("{}") && !isCompletionRecipe("no recipe"));
        const auto read = completionRecipeFromJson(text);
        QVERIFY2(read.ok(), read.ok() ? "" : read.error().message.c_str());
        QCOMPARE(recipeToJson(*read), text);
        QCOMPARE(read->request.image, recipe.request.image);
        QCOMPARE(read->request.seed, recipe.request.seed);
        QVERIFY(read->request.forced == recipe.request.forced);
        QCOMPARE(read->numQuadrants, 2);
        QCOMPARE(read->panel, recipe.panel);
        const std::string part = completionRecipeOfPart(text, CompletionPart::Reconstruction);
        QVERIFY(completionRecipeFromJson(part)->part == CompletionPart::Reconstruction);
        QCOMPARE(completionRecipeFromJson(completionRecipeOfPart(part, CompletionPart::Sample, 6))->sample,
                 6);
        QVERIFY(completionModelFile(3, "gsnn").filename() == fs::path("quadrants-3-gsnn.safetensors"));
        QVERIFY(completionModelFile(3, "/my/own.safetensors") == fs::path("/my/own.safetensors"));
    }

    void aRecipeOfNothingSeenHasNoPicture() {
        CompletionRecipe recipe = wholeRecipe();
        recipe.numQuadrants = 0;
        recipe.request.image = {};
        const auto read = completionRecipeFromJson(recipeToJson(recipe));
        QVERIFY(read.ok() && read->request.image.empty());
        QCOMPARE(read->numQuadrants, 0);
    }

    void badRecipesNameTheField_data() {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        QTest::addColumn<QString>("named");
        const auto row = [](const char* before, const char* after, const char* named) {
            QTest::newRow(named) << QString::fromLatin1(before) << QString::fromLatin1(after)
                                 << QString::fromLatin1(named);
        };
        row("\"numQuadrants\":2", "\"numQuadrants\":4", "numQuadrants");
        row("\"numSamples\":7", "\"numSamples\":0", "numSamples");
        row("\"seed\":18446744073709551615", "\"seed\":-1", "seed");
        row("\"temperature\":0.25", "\"temperature\":\"wide\"", "temperature");
        row("\"part\":\"sample\"", "\"part\":\"attic\"", "part");
        row("\"picture\":\"", "\"picture\":\"AAAA", "picture");
        row("\"forced\":[{", "\"forced\":[7,{", "forced");
        row("\"model\":\"gsnn\"", "\"model\":1", "model");
        row("\"version\":1", "\"version\":2", "newer version");
        row("vitrine-completion", "vitrine-segmentation", "completion recipes");
    }
    void badRecipesNameTheField() {
        QFETCH(QString, before);
        QFETCH(QString, after);
        QFETCH(QString, named);
        const std::string text = with(recipeToJson(wholeRecipe()), before.toStdString(), after.toStdString());
        QVERIFY(!text.empty());
        const auto read = completionRecipeFromJson(text);
        QVERIFY(!read);
        QVERIFY2(QString::fromStdString(read.error().message).contains(named), read.error().message.c_str());
    }

    void picturesOfAnotherSizeAreRefused() {
        CompletionRecipe recipe = wholeRecipe();
        recipe.request.image = plain(28, 27, 9, 1);
        const auto read = completionRecipeFromJson(recipeToJson(recipe));
        QVERIFY(!read && read.error().message.find("picture") != std::string::npos);
    }

    void whatIsWrittenIsReadBack() {
        auto session = openBox(1);
        const CompletionResult result = session.complete(requestOf(3)).value();
        const std::string recipe = recipeToJson(wholeRecipe());
        const fs::path out = file("out");
        QVERIFY(writeCompletion(result, recipe, out).ok());
        const auto sample = readImage(out / "sample-002.png");
        QVERIFY(sample.ok());
        for (std::size_t i = 0; i < result.samples[2].pixels.size(); ++i)
            QCOMPARE(int(sample->pixels[3 * i]), int(result.samples[2].pixels[i]));
        for (const char* name :
             {"input", "guess", "prior-mean", "reconstruction", "mean", "deviation", "sheet", "sample-000"}) {
            const auto text = readPngRecipe(out / (std::string(name) + ".png"));
            QVERIFY2(text.ok() && text->has_value(), name);
            QVERIFY2(isCompletionRecipe(**text), name);
        }
        const auto written = completionRecipeFromJson(**readPngRecipe(out / "sample-002.png"));
        QVERIFY(written->part == CompletionPart::Sample && written->sample == 2);
        const auto samples = arrayIn(out / "answer.npz", "samples.npy");
        QCOMPARE(samples.size(), std::size_t(3 * 784));
        QVERIFY(std::equal(result.samples[1].pixels.begin(), result.samples[1].pixels.end(), &samples[784]));
        QVERIFY(arrayIn(out / "answer.npz", "mean.npy") == result.mean.pixels);
        const auto deviation = arrayIn(out / "answer.npz", "deviation.npy");
        QCOMPARE(deviation.size(), std::size_t(784 * 4));
        QCOMPARE(std::memcmp(deviation.data(), result.deviation.pixels.data(), deviation.size()), 0);
        QCOMPARE(arrayIn(out / "answer.npz", "channel_nats.npy").size(), std::size_t(200 * 4));
        const auto text = arrayIn(out / "answer.npz", "recipe.npy");
        QCOMPARE(std::string(text.begin(), text.end()), recipe);
    }

    void whatAnAnswerLacksIsNotWritten() {
        auto session = openBox(1, "gsnn");
        const CompletionResult result = session.complete(requestOf(2)).value();
        QVERIFY(writeCompletion(result, {}, file("gsnn")).ok());
        QVERIFY(!fs::exists(file("gsnn") / "reconstruction.png"));
        QVERIFY(arrayIn(file("gsnn") / "answer.npz", "channel_nats.npy").empty());
        QVERIFY(!readPngRecipe(file("gsnn") / "mean.png")->has_value());
        QVERIFY(partPicture(result, CompletionPart::Sample, 2).empty());
        const Status refused = writePart(file("no.png"), result, {}, CompletionPart::Reconstruction);
        QVERIFY(!refused && refused.error().code == ErrorCode::InvalidArgument);
        QVERIFY(!fs::exists(file("no.png")));
    }

    void theInputHidesWhatIsHidden() {
        auto session = openBox(1);
        const CompletionResult result = session.complete(requestOf(2)).value();
        const Image input = completionInput(result);
        QVERIFY(keepsSeen(input, result));
        Image changed = m_picture;  // nothing of the hidden quadrants is on it
        changed.at(2, 25) = std::uint8_t(255 - changed.at(2, 25));
        CompletionRequest request = requestOf(2);
        request.image = changed;
        QCOMPARE(completionInput(session.complete(request).value()), input);
        const Image sheet = completionSheet(result);
        QCOMPARE(sheet.width, 6 * 4 * kSide);
        QCOMPARE(sheet.channels, 3);
    }
};

VITRINE_TEST(TestCompletion)
#include "tst_completion.moc"
