// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractItemView>
#include <QClipboard>
#include <QComboBox>
#include <QFile>
#include <QGuiApplication>
#include <QMimeData>
#include <QPushButton>
#include <QScopeGuard>
#include <QToolButton>
#include <QUrl>

#include "core/data/own_chairs.h"
#include "core/io/image_file.h"
#include "core/io/png.h"
#include "core/recipe/recipe_file.h"
#include "core/render/chair_import.h"
#include "tests/support/test_program.h"
#include "tests/support/toy_meshes.h"
#include "tests/ui/panels/chairs/chair_fixture.h"
#include "ui/bridge/chair_import_service.h"
#include "ui/shell/labeled_slider.h"
#include "ui/shell/unit_drag.h"

using namespace vitrine;
using namespace Qt::StringLiterals;

class TestChairPanelFiles : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<ChairFixture> m_it;

    void start(ChairPanelParts parts = {}) {
        m_it = std::make_unique<ChairFixture>(std::move(parts));
        QTRY_VERIFY(m_it->panel->isSettled());
    }
    QString path(const char* name) const { return m_it->folder.filePath(QString::fromLatin1(name)); }
    void drop(const QString& file) {
        QMimeData mime;
        mime.setUrls({QUrl::fromLocalFile(file)});
        QVERIFY(m_it->panel->acceptsDrop(&mime));
        m_it->panel->drop(&mime);
    }
    void answerSaveWith(const QString& file) {
        m_it->services.dialogs.saveFile = [file](QWidget*, const QString&, const QString&, const QString&) {
            return file;
        };
    }
    void somewhere() {
        m_it->dragTrack(0, 0.35);
        m_it->run("turnLeft");
        QTRY_VERIFY(m_it->panel->isSettled());
    }

private Q_SLOTS:
    void initTestCase() { Theme::instance().apply(ThemeChoice::Light); }
    void cleanup() { m_it.reset(); }

    void droppingAnExportedPictureBringsTheStateBack() {
        start();
        somewhere();
        const ChairPanelState wanted = m_it->panel->state();
        const QString file = path("chair.png");
        answerSaveWith(file);
        m_it->run("exportPicture");
        QTRY_VERIFY(QFile::exists(file));
        QTRY_VERIFY(m_it->messages.text().contains(u"chair.png"_s));
        const auto picture = readImage(file.toStdString());
        QVERIFY(picture.ok());
        QCOMPARE(picture->width, kToySize);

        m_it->dragTrack(0.35, 1.2);
        m_it->run("swap");
        QVERIFY(m_it->panel->state() != wanted);
        drop(file);
        QTRY_VERIFY(m_it->panel->state() == wanted);
        QTRY_COMPARE(m_it->stageColor(), m_it->wantedColor());
        m_it->undo.undo();
        QVERIFY(m_it->panel->state() != wanted);
    }

    void aPictureIsHandedToAnotherPanel() {
        const QTemporaryDir cache;
        qputenv("XDG_CACHE_HOME", cache.path().toUtf8());
        start();
        somewhere();
        QString panel, file;
        m_it->services.openInPanel = [&](const QString& id, const QString& path) { panel = id, file = path; };
        m_it->run("openInSegmentation");
        QTRY_COMPARE(panel, u"segmentation"_s);
        const auto picture = readImage(file.toStdString());
        QVERIFY(picture.ok());
        QCOMPARE(picture->width, kToySize);
        qunsetenv("XDG_CACHE_HOME");
    }

    void aUnitThatIsDroppedIsOneMoreSlider() {
        start();
        QMimeData mime;
        addToDrag(mime, DraggedUnit{u"FC-4"_s, 12, 20, 40});
        QVERIFY(m_it->panel->acceptsDrop(&mime));
        m_it->panel->drop(&mime);
        m_it->panel->drop(&mime);  // the same once more
        QCOMPARE(m_it->panel->state().units, (std::vector<UnitSlider>{{{"FC-4", 12, 20}, 40}}));
        const auto boosts = [this] { return recipeOf(m_it->panel->state(), RecipeKind::Picture).boosts; };
        QCOMPARE(boosts(), (std::vector<UnitBoost>{{"FC-4", 12, 20}}));
        auto* slider = m_it->find<LabeledSlider>("unit.FC-4.12");
        QCOMPARE(slider->value(), 20.0);
        slider->resetValue();
        QVERIFY(boosts().empty());
        m_it->undo.undo();
        QCOMPARE(slider->value(), 20.0);
        m_it->find<QToolButton>("unit.FC-4.12.remove")->click();
        QVERIFY(m_it->panel->state().units.empty());
        m_it->undo.undo();
        QCOMPARE(m_it->panel->state().units.size(), std::size_t(1));
        m_it->run("removeUnits");
        QVERIFY(m_it->panel->state().units.empty());
    }

    void exportedRecipeMakesTheSamePicture() {
        start();
        somewhere();
        const QString file = path("chair.png");
        answerSaveWith(file);
        m_it->run("exportPicture");
        QTRY_VERIFY(QFile::exists(file));
        const auto recipe = recipeFromJson(**readPngRecipe(file.toStdString()));
        QVERIFY(recipe.ok());
        QCOMPARE(recipe->model, std::string("toy"));
        QCOMPARE(recipe->pictureHash, pictureHash(*readImage(file.toStdString())));
        const auto requests = requestsOf(*recipe, kToyIds);
        QVERIFY(requests.ok());
        QCOMPARE(toyColor(requests->front()), m_it->stageColor());
    }

    void sheetFramesAndGif() {
        start();
        answerSaveWith(path("sheet"));
        m_it->run("exportSheet");
        QTRY_VERIFY(QFile::exists(path("sheet.png")));
        QTRY_VERIFY(m_it->messages.text().contains(u"sheet.png"_s));
        const auto recipe = recipeFromJson(**readPngRecipe(path("sheet.png").toStdString()));
        const auto sheet = readImage(path("sheet.png").toStdString());
        QCOMPARE(sheet->width - recipe->labelsLeft, 9 * kToySize + 8 * 2);
        QCOMPARE(sheet->height - recipe->labelsTop, 5 * kToySize + 4 * 2);

        m_it->services.dialogs.chooseFolder = [this](QWidget*, const QString&, const QString&) {
            return path("frames");
        };
        m_it->run("exportFrames");
        QTRY_VERIFY(m_it->messages.text().contains(u"frames"_s));
        QVERIFY(QFile::exists(path("frames/frame-0016.png")));
        const auto last = recipeFromJson(**readPngRecipe(path("frames/frame-0016.png").toStdString()));
        QCOMPARE(last->u, 1.0);

        answerSaveWith(path("morph.gif"));
        m_it->run("exportGif");
        QTRY_VERIFY(m_it->messages.text().contains(u"morph.gif"_s));
        const ChairPanelState wanted = m_it->panel->state();
        m_it->dragTrack(0, 0.5);
        drop(path("morph.gif"));
        QTRY_VERIFY(m_it->panel->state() == wanted);
    }

    /// The labels are ink before the pictures; the pictures are what they are without.
    void aSheetHasItsAxisLabels() {
        start();
        answerSaveWith(path("sheet.png"));
        m_it->run("exportSheet");
        QTRY_VERIFY(m_it->messages.text().contains(u"sheet.png"_s));
        const auto sheet = readImage(path("sheet.png").toStdString());
        const auto recipe = recipeFromJson(**readPngRecipe(path("sheet.png").toStdString()));
        const int left = recipe->labelsLeft, top = recipe->labelsTop;
        const auto ink = [&sheet](int x0, int y0, int x1, int y1) {
            int numDark = 0;
            for (int y = y0; y < y1; ++y)
                for (int x = x0; x < x1; ++x) numDark += sheet->at(y, x, 1) < 128;
            return numDark;
        };
        QVERIFY(left > 0 && top > 0);
        QVERIFY(ink(left, 0, sheet->width, top) > 20);
        QVERIFY(ink(0, top, left, sheet->height) > 20);
        const auto requests = requestsOf(*recipe, kToyIds);
        const QColor first = toyColor(requests->front()), last = toyColor(requests->back());
        QCOMPARE(int(sheet->at(top, left, 0)), first.red());
        QCOMPARE(int(sheet->at(sheet->height - 1, sheet->width - 1, 1)), last.green());
    }

    void figuresKeepTheirTextAsText() {
        start();
        m_it->find<QComboBox>("exportScale")->setCurrentIndex(2);  // labels fit above the cells
        answerSaveWith(path("figure.svg"));
        m_it->run("exportSheet");
        QTRY_VERIFY(m_it->messages.text().contains(u"figure.svg"_s));
        QFile svg(path("figure.svg"));
        QVERIFY(svg.open(QIODevice::ReadOnly));
        const QByteArray text = svg.readAll();
        QVERIFY(text.contains("<text"));
        QVERIFY(text.contains(QString(u"348°"_s).toUtf8()));
        QCOMPARE(text.count("<image"), 9 * 5);
        answerSaveWith(path("figure.pdf"));
        m_it->run("exportSheet");
        QTRY_VERIFY(m_it->messages.text().contains(u"figure.pdf"_s));
        QFile pdf(path("figure.pdf"));
        QVERIFY(pdf.open(QIODevice::ReadOnly));
        const QByteArray page = pdf.readAll();
        QVERIFY(page.startsWith("%PDF") && page.contains("/FontDescriptor"));  // letters, no outlines
    }

    void exportedPicturesHaveTheChosenSize() {
        start();
        auto* size = m_it->find<QComboBox>("exportScale");
        QCOMPARE(size->itemText(2), u"%1 px (4×)"_s.arg(4 * kToySize));
        size->setCurrentIndex(2);
        QCOMPARE(m_it->panel->state().exportScale, 4);
        answerSaveWith(path("large.png"));
        m_it->run("exportPicture");
        QTRY_VERIFY(m_it->messages.text().contains(u"large.png"_s));
        QCOMPARE(readImage(path("large.png").toStdString())->width, 4 * kToySize);
        answerSaveWith(path("sheet.png"));
        m_it->run("exportSheet");
        QTRY_VERIFY(m_it->messages.text().contains(u"sheet.png"_s));
        const auto recipe = recipeFromJson(**readPngRecipe(path("sheet.png").toStdString()));
        QCOMPARE(readImage(path("sheet.png").toStdString())->width - recipe->labelsLeft,
                 9 * 4 * kToySize + 8 * 2);
        m_it->undo.undo();
        QCOMPARE(size->currentIndex(), 0);
    }

    void webpBringsTheStateBack() {
        start();
        answerSaveWith(path("morph"));
        m_it->run("exportWebP");
        QTRY_VERIFY(m_it->messages.text().contains(u"morph.webp"_s));
        const ChairPanelState wanted = m_it->panel->state();
        m_it->dragTrack(0, 0.5);
        QVERIFY(m_it->panel->state() != wanted);
        drop(path("morph.webp"));
        QTRY_VERIFY(m_it->panel->state() == wanted);
    }

    void copyPutsPictureAndRecipeOnTheClipboard() {
        start();
        m_it->run("copyPicture");
        const QMimeData* mime = QGuiApplication::clipboard()->mimeData();
        QVERIFY(mime->hasImage());
        QCOMPARE(qvariant_cast<QImage>(mime->imageData()).pixelColor(1, 1), m_it->stageColor());
    }

    void exportIntoNowhereSaysSo() {
        start();
        answerSaveWith(u"/nowhere/at/all/chair.png"_s);
        m_it->run("exportPicture");
        QTRY_VERIFY(!m_it->messages.text().isEmpty());
        QVERIFY(m_it->messages.text().contains(u"chair.png"_s));
        QVERIFY(m_it->panel->isVisible());
    }

    void brokenModelLeavesTheWindowAlive() {
        start();
        const QColor before = m_it->stageColor();
        drop(u"/tmp/broken.safetensors"_s);
        QTRY_VERIFY(m_it->messages.text().contains(u"damaged"_s));
        QTRY_VERIFY(m_it->find("notice")->isVisible());
        QVERIFY(m_it->text("notice.text").contains(u"damaged"_s));
        QVERIFY(m_it->stage()->isDimmed());
        QCOMPARE(m_it->stageColor(), before);
        QTRY_VERIFY(m_it->panel->isSettled());
        QTest::mouseClick(m_it->find<QPushButton>("notice.button"), Qt::LeftButton);
        QVERIFY(!m_it->find("notice")->isVisible());
        QVERIFY(!m_it->stage()->isDimmed());
        m_it->dragTrack(0, 0.5);
        QTRY_COMPARE(m_it->stageColor(), m_it->wantedColor());
    }

    void withoutAModelTheWayOnIsShown() {
        ChairPanelParts parts;
        parts.model = "missing.safetensors";
        start(std::move(parts));
        QTRY_VERIFY(m_it->find("notice")->isVisible());
        QVERIFY(m_it->text("notice.text").contains(u".safetensors"_s));
        m_it->services.dialogs.openFile = [](QWidget*, const QString&, const QString&, const QString&) {
            return u"/tmp/toy.safetensors"_s;
        };
        QTest::mouseClick(m_it->find<QPushButton>("notice.button"), Qt::LeftButton);
        QTRY_VERIFY(!m_it->find("notice")->isVisible());
        QTRY_COMPARE(m_it->stageColor(), m_it->wantedColor());
    }

    void openingAnotherModelPaintsAnew() {
        start();
        const std::size_t before = m_it->control->requests().size();
        drop(u"/tmp/other.safetensors"_s);
        QTRY_VERIFY(m_it->control->requests().size() > before);
        QTRY_VERIFY(m_it->panel->isSettled());
        QCOMPARE(m_it->stageColor(), m_it->wantedColor());
    }

    void pictureWithoutARecipeIsOfferedAsBackground() {
        start();
        const QString file = path("photo.png");
        QVERIFY(writePng(file.toStdString(), Image(4, 4, 3, 9)).ok());
        drop(file);
        QTRY_VERIFY(m_it->messages.text().contains(u"no Vitrine recipe"_s));
    }

    void damagedFilesAreNamed_data() {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("text") << QByteArray("hello");
        QTest::newRow("cut png") << QByteArray("\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR", 16);
    }
    void damagedFilesAreNamed() {
        QFETCH(QByteArray, content);
        start();
        const ChairPanelState before = m_it->panel->state();
        QFile file(path("bad.png"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
        file.close();
        drop(file.fileName());
        QTRY_VERIFY(m_it->messages.text().contains(u"bad.png"_s));
        QVERIFY(m_it->panel->state() == before);
    }

    void stateSurvivesSavingAndRefusesNonsense() {
        start();
        somewhere();
        const QJsonObject saved = m_it->panel->saveState();
        const ChairPanelState wanted = m_it->panel->state();
        m_it->dragTrack(0.35, 1);
        QVERIFY(m_it->panel->restoreState(saved).ok());
        QVERIFY(m_it->panel->state() == wanted);
        QJsonObject bad = saved;
        bad[u"azimuth"_s] = u"left"_s;
        const Status refused = m_it->panel->restoreState(bad);
        QVERIFY(!refused);
        QVERIFY(refused.error().message.find("azimuth") != std::string::npos);
        QVERIFY(m_it->panel->state() == wanted);
    }

    void ownChairsComeThroughAChildProcess() {
        int numLoads = 0;
        ChairPanelParts parts;
        parts.loadCatalogue = [&numLoads]() -> Result<std::vector<ChairEntry>> {
            auto entries = toyCatalogue();
            if (numLoads++ > 0) {
                ChairEntry own = entries.front();
                own.id = "own-chair";
                own.name = "My chair";
                entries.push_back(own);
            }
            return entries;
        };
        QTemporaryDir programs;
        QFile program(programs.filePath(u"cli"_s));
        QVERIFY(program.open(QIODevice::WriteOnly));
        program.write(
            "#!/bin/sh\ncase \"$3\" in *bad*) echo 'vitrine-cli: bad.obj has no faces; export it again.' "
            ">&2; exit 1;; esac\nexit 0\n");
        program.close();
        program.setPermissions(QFile::ReadOwner | QFile::ExeOwner);
        parts.importProgram = program.fileName();
        start(std::move(parts));

        drop(u"/tmp/bad.obj"_s);
        QTRY_COMPARE(m_it->messages.text(), u"bad.obj has no faces; export it again."_s);
        QCOMPARE(numLoads, 1);
        drop(u"/tmp/mine.obj"_s);
        QTRY_VERIFY(m_it->messages.text().contains(u"mine.obj"_s));
        auto* gallery = m_it->find<QAbstractItemView>("gallery");
        QTRY_COMPARE(gallery->model()->rowCount(), 5);
    }

    void anOwnChairIsTurnedAndTurnedBack() {
        const QTemporaryDir data;
        qputenv("VITRINE_DATA", data.path().toUtf8());
        const auto restored = qScopeGuard([] { qunsetenv("VITRINE_DATA"); });
        const auto mesh = std::filesystem::path(data.path().toStdString()) / "stool.obj";
        test::writeToyChair(mesh, 0.5);
        const auto added = importOwnChairs(mesh, ChairCatalogue(), {});
        QVERIFY2(added.ok(), added ? "" : added.error().message.c_str());
        ChairPanelParts parts;
        parts.loadCatalogue = []() -> Result<std::vector<ChairEntry>> {
            auto entries = toyCatalogue();
            VITRINE_TRY(const auto own, loadOwnChairs());
            entries.insert(entries.end(), own.begin(), own.end());
            return entries;
        };
        start(std::move(parts));
        QVERIFY(!m_it->can("turnOwn"));
        ChairPanelState state = m_it->panel->state();
        state.slots = {RecipeMix{{added->chairs[0].id, -1, 1}}, {}, {}, {}};
        QVERIFY(m_it->panel->restoreState(toJson(state)).ok());
        QVERIFY(m_it->can("turnOwn"));

        const auto isTurned = [] { return !loadOwnChairs().value().front().rotation.empty(); };
        QVERIFY(!isTurned());
        m_it->run("turnOwn");
        QTRY_VERIFY(isTurned());
        QTRY_VERIFY(m_it->messages.text().contains(u"turned"_s));
        m_it->messages.findChild<QPushButton*>(u"messageBar.action"_s)->click();
        QTRY_VERIFY(!isTurned());
        QTRY_VERIFY(m_it->panel->isSettled());
    }

    void warningsOfAnImportAreHandedOn() {
        QTemporaryDir programs;
        QFile program(programs.filePath(u"cli"_s));
        QVERIFY(program.open(QIODevice::WriteOnly));
        program.write(
            "#!/bin/sh\necho '{\"chairs\": [], \"warnings\": [\"The texture wood.png is not there.\"]}'\n");
        program.close();
        program.setPermissions(QFile::ReadOwner | QFile::ExeOwner);
        ChairImportService service(program.fileName());
        QStringList said;
        connect(&service,
                &ChairImportService::warned,
                this,
                [&said](const QString&, const QStringList& warnings) { said = warnings; });
        service.import({u"/tmp/stool.obj"_s});
        QTRY_COMPARE(said, QStringList{u"The texture wood.png is not there."_s});
    }

    void endlessImportIsStopped() {
        QTemporaryDir programs;
        QFile program(programs.filePath(u"cli"_s));
        QVERIFY(program.open(QIODevice::WriteOnly));
        program.write("#!/bin/sh\nexec sleep 600\n");
        program.close();
        program.setPermissions(QFile::ReadOwner | QFile::ExeOwner);
        ChairImportService service(program.fileName());
        service.setTimeLimit(1);
        QString said;
        connect(&service, &ChairImportService::failed, this, [&said](const QString&, const Error& error) {
            said = QString::fromStdString(error.message);
        });
        service.import({u"/tmp/knot.obj"_s});
        QTRY_VERIFY_WITH_TIMEOUT(!said.isEmpty(), 20000);
        QVERIFY2(said.contains(u"knot.obj"_s) && said.contains(u"more than 1 s"_s), qPrintable(said));
        QVERIFY(!service.isBusy());
    }

    void missingProgramIsSaid() {
        ChairPanelParts parts;
        parts.importProgram = u"/nowhere/vitrine-cli"_s;
        start(std::move(parts));
        drop(u"/tmp/mine.glb"_s);
        QTRY_VERIFY(m_it->messages.text().contains(u"vitrine-cli is missing"_s));
        QTRY_COMPARE(m_it->status.numJobs(), 0);
    }
};

VITRINE_TEST(TestChairPanelFiles)
#include "tst_chair_panel_files.moc"
