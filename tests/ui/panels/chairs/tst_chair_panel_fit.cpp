// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QMimeData>
#include <QPushButton>
#include <QToolButton>
#include <QUrl>
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <thread>

#include "core/io/atomic_file.h"
#include "core/io/image_file.h"
#include "core/io/png.h"
#include "core/recipe/chair_cutout.h"
#include "core/recipe/segmentation_input.h"
#include "tests/support/random_chair_model.h"
#include "tests/support/test_program.h"
#include "tests/ui/panels/chairs/chair_fixture.h"
#include "ui/panel_kit/recipe_panel.h"
#include "ui/views/mask_canvas.h"

using namespace vitrine;
using namespace Qt::StringLiterals;

namespace {

/// A fit that finds a mix of all toy styles at once, and ends when it is let or stopped.
struct StandIn {
    std::atomic<bool> mayEnd = true;
    std::atomic<int> numFits = 0;
    Image target;  ///< of the last fit

    static ChairFit found() {
        ChairFit fit;
        fit.request = {{{0, 0.4f}, {1, 0.3f}, {2, 0.2f}, {3, 0.1f}}, {100, 24}, {}};
        fit.request.theta.logZoom = 0.1f;
        fit.picture = Image(kToySize, kToySize, 4, 255);
        fit.maskIou = 0.9;
        return fit;
    }
    Result<ChairFit> operator()(const ChairModelInfo& model,
                                const Image& target,
                                const ChairFitContext& context) {
        this->target = target;
        ++numFits;
        if (target.width != model.size) return invalidArgument("The target has another size.");
        ChairFit fit = found();
        context.job.report({0.5, 12, {}});
        context.better(fit);
        while (!mayEnd && !context.job.stop.stop_requested())
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
        fit.converged = !context.job.stop.stop_requested();
        return fit;
    }
};

/// A violet seat on a plain background.
Image seat() {
    Image picture(90, 60, 3, 240);
    for (int y = 10; y < 50; ++y)
        for (int x = 30; x < 60; ++x) picture.at(y, x, 1) = 40;
    return picture;
}

}  // namespace

class TestChairPanelFit : public QObject {
    Q_OBJECT
private:
    std::shared_ptr<StandIn> m_standIn;
    std::unique_ptr<ChairFixture> m_it;

    void start() {
        m_standIn = std::make_shared<StandIn>();
        ChairPanelParts parts;
        parts.fitPicture = [fit = m_standIn](const auto&... asked) { return (*fit)(asked...); };
        m_it = std::make_unique<ChairFixture>(std::move(parts));
        QTRY_VERIFY(m_it->panel->isSettled());
        QVERIFY(writePng(m_it->at("seat.png"), seat()).ok());
    }
    void fit(const char* name = "seat.png") {
        m_it->answer = m_it->pathOf(name);
        m_it->run("fit");
    }
    void drop(const char* name) {
        QMimeData mime;
        mime.setUrls({QUrl::fromLocalFile(m_it->pathOf(name))});
        QVERIFY(m_it->panel->acceptsDrop(&mime));
        m_it->panel->drop(&mime);
    }
    void press(const char* messageButton) {
        m_it->messages.findChild<QPushButton*>(QLatin1String(messageButton))->click();
    }
    QWidget* card() const { return m_it->find("fitCard"); }
    MaskCanvas* canvas() const { return m_it->find<MaskCanvas>("fitMask.canvas"); }
    /// `from` and `to`: pixels of the canvas's picture, whose longer side is 512.
    void stroke(const QPointF& from, const QPointF& to, Qt::MouseButton button = Qt::LeftButton) const {
        const QRectF shown = canvas()->pictureRect();
        const auto at = [&shown](const QPointF& pixel) {
            return (shown.topLeft() + pixel * (shown.width() / 512)).toPoint();
        };
        QTest::mousePress(canvas(), button, {}, at(from));
        QTest::mouseMove(canvas(), at(to));
        QTest::mouseRelease(canvas(), button, {}, at(to));
    }
    /// Of the file's 90 x 60 pixels.
    bool isMarked(int x, int y) const {
        const LabelMap& marks = canvas()->marks().observed;
        return marks.at(y * marks.height / 60, x * marks.width / 90) == 1;
    }
    bool lieInTheCard(const QList<const char*>& names) const {
        return std::ranges::all_of(names, [this](const char* name) {
            const QWidget* part = m_it->find(name);
            return part->isVisible() &&
                   card()->rect().contains(QRect(part->mapTo(card(), QPoint()), part->size()));
        });
    }
    bool isSaid(const QString& text) const { return m_it->messages.text().contains(text); }
    const ChairPanelState& state() const { return m_it->panel->state(); }
    static RecipeMix foundMix() { return recipeOf(StandIn::found().request, kToyIds).corners.front(); }

private Q_SLOTS:
    void cleanup() { m_it.reset(); }

    void aFitIsStyleA() {
        start();
        const ChairPanelState before = state();
        m_standIn->mayEnd = false;
        fit();
        QTRY_VERIFY(!m_it->find<ImageView>("fitCard.best")->image().isNull());
        QVERIFY(m_it->find("fitCard")->isVisible());
        QCOMPARE(m_it->find<ImageView>("fitCard.picture")->image().width(), kToySize);
        QVERIFY(m_it->text("fitCard.left").contains(u"50 %"_s));
        QCOMPARE(m_it->status.numJobs(), 1);
        m_it->run("turnLeft");  // the panel stays alive
        QTRY_COMPARE(m_it->stageColor(), m_it->wantedColor());
        m_it->undo.undo();

        m_standIn->mayEnd = true;
        QTRY_VERIFY2(isSaid(u"seat.png is style A"_s), qPrintable(m_it->messages.text()));
        QCOMPARE(m_it->status.numJobs(), 0);
        QCOMPARE(state().slots[0], foundMix());
        QCOMPARE(state().slots[1], before.slots[1]);
        QCOMPARE(state().view.azimuthDeg, 100.0f);
        QCOMPARE(state().theta.logZoom, 0.1f);
        QCOMPARE(m_it->text("caption"), u"seat.png"_s);
        QTRY_VERIFY(m_it->panel->isSettled());
        QTRY_COMPARE(m_it->stageColor(), toyColor(StandIn::found().request));

        // Picture and fit stay to be compared, until they are closed.
        QVERIFY(m_it->find("fitCard")->isVisible());
        QVERIFY(m_it->text("fitCard.left").contains(u"0.90"_s));
        m_it->find<QPushButton>("fitCard.close")->click();
        QVERIFY(!m_it->find("fitCard")->isVisible());

        // It has its name after saving, and in a morph.
        const auto again = chairPanelStateFromJson(m_it->panel->saveState());
        QVERIFY(again.ok() && *again == state());
        m_it->dragTrack(0, 0.5);
        QVERIFY(m_it->text("caption").startsWith(u"seat.png 5"_s) ||
                m_it->text("caption").startsWith(u"seat.png 4"_s));
    }

    void aFitIsUndone() {
        start();
        const ChairPanelState before = state();
        fit();
        QTRY_VERIFY2(isSaid(u"is style A"_s), qPrintable(m_it->messages.text()));
        const ChairPanelState fitted = state();
        m_it->undo.undo();
        QVERIFY(state() == before);
        m_it->undo.redo();
        QVERIFY(state() == fitted);
        press("messageBar.otherAction");  // Undo
        QCOMPARE(state().slots, before.slots);
        QVERIFY(state().view == before.view && state().theta == before.theta);
    }

    void cancelledTheBestIsKept() {
        start();
        m_standIn->mayEnd = false;
        fit();
        QTRY_VERIFY(!m_it->find<ImageView>("fitCard.best")->image().isNull());
        fit();  // the second has to wait
        QVERIFY(isSaid(u"being fitted"_s));
        m_it->find<QPushButton>("fitCard.cancel")->click();
        QTRY_VERIFY2(isSaid(u"stopped; the best so far is kept"_s), qPrintable(m_it->messages.text()));
        QCOMPARE(state().slots[0], foundMix());
        QCOMPARE(m_standIn->numFits.load(), 1);
        QTRY_VERIFY(m_it->panel->isSettled());
    }

    void anotherModelEndsIt() {
        start();
        const auto before = state().slots;
        m_standIn->mayEnd = false;
        fit();
        QTRY_VERIFY(m_standIn->numFits > 0);
        QVERIFY(m_it->panel->openFile(u"/tmp/gaussian.safetensors"_s).ok());
        QVERIFY(isSaid(u"another model"_s));
        QTRY_VERIFY(m_it->panel->isSettled());
        QCOMPARE(state().slots, before);
    }

    void aPictureWithoutARecipeIsOffered() {
        start();
        drop("seat.png");
        QTRY_VERIFY2(isSaid(u"no Vitrine recipe"_s), qPrintable(m_it->messages.text()));
        press("messageBar.action");
        QTRY_VERIFY2(isSaid(u"is style A"_s), qPrintable(m_it->messages.text()));
        QVERIFY(QFile::copy(m_it->pathOf("seat.png"), m_it->pathOf("seat.jpg")));
        drop("seat.jpg");
        QTRY_VERIFY2(isSaid(u"seat.jpg contains no"_s), qPrintable(m_it->messages.text()));
        press("messageBar.otherAction");
        QCOMPARE(state().backgroundFile, m_it->at("seat.jpg").string());
    }

    void picturesThatCannotBePaintedAreSaid_data() {
        QTest::addColumn<Image>("picture");
        QTest::addColumn<QString>("said");
        QTest::newRow("transparent") << Image(40, 40, 4, 0) << u"transparent"_s;
        QTest::newRow("no picture") << Image() << u"bad.png"_s;
    }
    void picturesThatCannotBePaintedAreSaid() {
        QFETCH(Image, picture);
        QFETCH(QString, said);
        start();
        const ChairPanelState before = state();
        if (picture.empty())
            QVERIFY(writeFileAtomically(m_it->at("bad.png"), "hello").ok());
        else
            QVERIFY(writePng(m_it->at("bad.png"), picture).ok());
        fit("bad.png");
        QTRY_VERIFY2(isSaid(said), qPrintable(m_it->messages.text()));
        QVERIFY(state() == before);
        QVERIFY(!m_it->find("fitCard")->isVisible());
        QCOMPARE(m_standIn->numFits.load(), 0);
        QTRY_VERIFY(m_it->panel->isSettled());
    }

    void withoutAChairTheBrushOpens_data() {
        QTest::addColumn<Image>("picture");
        QTest::addColumn<QString>("hint");
        QTest::newRow("one colour") << Image(90, 60, 3, 240) << u"No chair was found"_s;
        Image noise(90, 60, 3);
        for (std::size_t i = 0; i < noise.pixels.size(); ++i)
            noise.pixels[i] = std::uint8_t((i * 2654435761u) >> 13);
        QTest::newRow("not plain") << noise << u"cannot be told from its background"_s;
    }
    void withoutAChairTheBrushOpens() {
        QFETCH(Image, picture);
        QFETCH(QString, hint);
        start();
        QVERIFY(writePng(m_it->at("bad.png"), picture).ok());
        fit("bad.png");
        QTRY_VERIFY(canvas()->isVisible());
        QVERIFY2(m_it->text("fitMask.hint").contains(hint), qPrintable(m_it->text("fitMask.hint")));
        QVERIFY(m_it->text("fitMask.hint").contains(u"Paint over the chair"_s));
        QCOMPARE(m_standIn->numFits.load(), 0);
        QCOMPARE(m_it->status.numJobs(), 0);
        auto* fitAgain = m_it->find<QPushButton>("fitMask.fit");
        QVERIFY(!fitAgain->isEnabled());

        // Too little is asked for again, and what was painted stays.
        canvas()->setBrushSize(2);
        stroke({256, 100}, {260, 100});
        QVERIFY(fitAgain->isEnabled());
        fitAgain->click();
        QTRY_VERIFY(m_it->text("fitMask.hint").contains(u"Too little"_s));
        QCOMPARE(m_standIn->numFits.load(), 0);
        canvas()->setBrushSize(64);
        stroke({256, 100}, {256, 250});
        fitAgain->click();
        QTRY_VERIFY2(isSaid(u"bad.png is style A"_s), qPrintable(m_it->messages.text()));
        QCOMPARE(m_standIn->numFits.load(), 1);
        QCOMPARE(int(m_standIn->target.at(kToySize / 2, kToySize / 2, 3)), 255);
    }

    void aMaskIsCorrectedAndSaved() {
        start();
        m_standIn->mayEnd = false;
        fit();
        QTRY_VERIFY(!m_it->find<ImageView>("fitCard.best")->image().isNull());
        const ChairPanelState before = state();
        m_it->find<QPushButton>("fitCard.correct")->click();
        QVERIFY(canvas()->isVisible());
        QCOMPARE(m_it->status.numJobs(), 0);
        QTRY_VERIFY(m_it->panel->isSettled());
        QVERIFY(state() == before);
        QVERIFY(isMarked(35, 30) && isMarked(50, 30) && !isMarked(80, 30));

        // The left button adds, the right one erases; undo is the editor's own.
        canvas()->setBrushSize(64);
        stroke({455, 100}, {455, 240});
        QVERIFY(isMarked(80, 30));
        stroke({284, 2}, {284, 339}, Qt::RightButton);
        QVERIFY(!isMarked(50, 30));
        const int step = m_it->undo.index();
        QTest::keyClick(canvas(), Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(isMarked(50, 30));
        QTest::keyClick(canvas(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(!isMarked(50, 30));
        m_it->find<QToolButton>("fitMask.undo")->click();
        m_it->find<QToolButton>("fitMask.undo")->click();
        QVERIFY(!m_it->find<QToolButton>("fitMask.undo")->isEnabled());
        QVERIFY(!isMarked(80, 30));
        QCOMPARE(m_it->undo.index(), step);

        m_it->find<QToolButton>("fitMask.background")->click();
        stroke({284, 2}, {284, 339});
        QVERIFY(!isMarked(50, 30));
        m_it->find<QPushButton>("fitMask.reset")->click();
        QVERIFY(isMarked(50, 30));
        m_it->find<QToolButton>("fitMask.undo")->click();
        QVERIFY(!isMarked(50, 30));

        // What the command makes of the saved mask is what is fitted.
        m_it->answer = m_it->pathOf("mask");
        m_it->find<QPushButton>("fitMask.save")->click();
        QTRY_VERIFY2(isSaid(u"mask.png is saved"_s), qPrintable(m_it->messages.text()));
        const auto saved = readImage(m_it->at("mask.png"));
        QVERIFY(saved.ok() && saved->width == 90 && saved->height == 60);
        m_standIn->mayEnd = true;
        m_it->find<QPushButton>("fitMask.fit")->click();
        QTRY_VERIFY2(isSaid(u"seat.png is style A"_s), qPrintable(m_it->messages.text()));
        const auto cutout = cutOutChair(seat(), maskOfPicture(*saved), kToySize);
        QVERIFY(cutout.ok());
        QVERIFY(m_standIn->target == cutout->premultiplied);

        // The mask can be corrected again, from where it was.
        m_it->find<QPushButton>("fitCard.correct")->click();
        QVERIFY(canvas()->isVisible() && !isMarked(50, 30));
        m_it->find<QPushButton>("fitMask.close")->click();
        QVERIFY(m_it->find("fitCard.close")->isVisible());
    }

    void aPaintedMaskOutlivesTheModel() {
        start();
        fit();
        QTRY_VERIFY2(isSaid(u"is style A"_s), qPrintable(m_it->messages.text()));
        m_it->find<QPushButton>("fitCard.correct")->click();
        canvas()->setBrushSize(64);
        stroke({455, 100}, {455, 240});
        m_standIn->mayEnd = false;
        m_it->find<QPushButton>("fitMask.fit")->click();
        QTRY_COMPARE(m_standIn->numFits.load(), 2);
        QVERIFY(m_it->panel->openFile(u"/tmp/gaussian.safetensors"_s).ok());
        QTRY_VERIFY(m_it->panel->isSettled());
        QVERIFY(canvas()->isVisible() && isMarked(80, 30));
    }

    void theCardFitsIntoASmallWindow() {
        start();
        m_it->panel->resize(855, 548);  // of a window of 960 x 600
        m_standIn->mayEnd = false;
        fit();
        QTRY_VERIFY(!m_it->find<ImageView>("fitCard.best")->image().isNull());
        QTRY_VERIFY(lieInTheCard({"fitCard.title", "fitCard.picture", "fitCard.best", "fitCard.cancel"}));
        QVERIFY(m_it->find("fitCard.picture")->height() >= 64);
        m_it->find<QPushButton>("fitCard.correct")->click();
        QTRY_VERIFY(lieInTheCard({"fitMask.canvas", "fitMask.save", "fitMask.close", "fitMask.fit"}));
        QVERIFY(canvas()->height() >= 150 && canvas()->width() >= 150);
        QVERIFY(canvas()->geometry().right() < m_it->find("fitMask.fit")->mapTo(card(), QPoint()).x());
    }

    void ofSeveralObjectsTheLargestIsTaken() {
        start();
        Image picture = seat();
        for (int y = 20; y < 40; ++y)
            for (int x = 68; x < 85; ++x) picture.at(y, x, 2) = 30;
        QVERIFY(writePng(m_it->at("two.png"), picture).ok());
        fit("two.png");
        QTRY_VERIFY2(isSaid(u"two.png is style A"_s), qPrintable(m_it->messages.text()));
        QVERIFY2(isSaid(u"several objects"_s), qPrintable(m_it->messages.text()));
    }

    void aStyleIsSavedAndOpened() {
        start();
        const ChairPanelState before = state();
        fit();
        QTRY_VERIFY2(isSaid(u"is style A"_s), qPrintable(m_it->messages.text()));
        m_it->answer = m_it->pathOf("seat");
        press("messageBar.action");  // Save style
        QTRY_VERIFY2(isSaid(u"seat.json is saved"_s), qPrintable(m_it->messages.text()));
        m_it->undo.undo();
        QVERIFY(state() == before);
        m_it->answer = m_it->pathOf("seat.json");
        m_it->run("openStyle");
        QTRY_COMPARE(m_it->text("caption"), u"seat"_s);
        QCOMPARE(state().slots[0].size(), foundMix().size());
        QVERIFY(std::abs(state().slots[0][1].weight - 0.3f) < 1e-5f);
        m_it->undo.undo();
        QMimeData dropped;
        dropped.setUrls({QUrl::fromLocalFile(m_it->pathOf("seat.json"))});
        QVERIFY(m_it->panel->acceptsDrop(&dropped));
        m_it->panel->drop(&dropped);
        QTRY_COMPARE(m_it->text("caption"), u"seat"_s);

        m_it->answer = m_it->pathOf("again.json");
        m_it->run("saveStyle");
        QTRY_VERIFY2(isSaid(u"again.json is saved"_s), qPrintable(m_it->messages.text()));
        QVERIFY(m_it->panel->openFile(u"/tmp/gaussian.safetensors"_s).ok());
        QTRY_VERIFY(m_it->panel->isSettled());
        m_it->run("openStyle");
        QTRY_VERIFY2(isSaid(u"another network"_s), qPrintable(m_it->messages.text()));
    }

    void aStyleOfTheCommandLineWaitsForTheNetwork() {
        start();
        fit();
        QTRY_VERIFY2(isSaid(u"is style A"_s), qPrintable(m_it->messages.text()));
        m_it->answer = m_it->pathOf("seat");
        press("messageBar.action");  // Save style
        QTRY_VERIFY2(isSaid(u"seat.json is saved"_s), qPrintable(m_it->messages.text()));
        const RecipeOwners owners = recipeOwners({m_it->panel.get()});
        QCOMPARE(panelOfRecipe(m_it->pathOf("seat.json"), owners), u"chairs"_s);

        const auto first = std::move(m_it);  // keeps the file
        m_it = std::make_unique<ChairFixture>();
        QVERIFY(!m_it->panel->isSettled());
        QVERIFY(m_it->panel->openFile(first->pathOf("seat.json")).ok());
        QTRY_COMPARE(m_it->text("caption"), u"seat"_s);
        QCOMPARE(state().slots[0].size(), foundMix().size());
    }

    /// The whole way, with a network of random weights.
    void aNetworkIsFitted() {
        const QTemporaryDir folder;
        const auto at = [&folder](const char* name) {
            return std::filesystem::path(folder.filePath(QLatin1String(name)).toStdString());
        };
        test::writeRandomChairModel(at("chairs.safetensors"), {.styleIds = {"a", "b", "c", "d", "e"}});
        QVERIFY(writePng(at("seat.png"), seat()).ok());
        ChairPanelParts parts;
        parts.model = at("chairs.safetensors");
        parts.loadCatalogue = [] { return std::vector<ChairEntry>(); };
        parts.thumbnailFolder = at("thumbnails");
        PanelFixture<ChairPanel> it(u"chairs"_s, std::move(parts));
        QVERIFY(it.settle());
        QTRY_VERIFY(it.can("fit"));
        it.answer = folder.filePath(u"seat.png"_s);
        it.run("fit");
        QTRY_VERIFY_WITH_TIMEOUT(it.messages.text().contains(u"seat.png is style A"_s), 60'000);
        const RecipeMix mix = it.panel->state().slots[0];
        QCOMPARE(mix.size(), std::size_t(5));
        double sum = 0;
        for (const RecipeStyle& part : mix) sum += part.weight;
        QVERIFY(std::abs(sum - 1) < 1e-4);
        QVERIFY(it.settle());
        QVERIFY(!it.find<ImageView>("stage")->image().isNull());
    }
};

VITRINE_TEST(TestChairPanelFit)
#include "tst_chair_panel_fit.moc"
