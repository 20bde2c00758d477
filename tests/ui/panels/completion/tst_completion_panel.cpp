// SPDX-License-Identifier: GPL-3.0-or-later
// The panel as a user meets it, on networks that need no weights, and once on the bundled ones.
#include <QComboBox>
#include <QLabel>
#include <QListWidget>
#include <QMimeData>
#include <QPushButton>
#include <QSet>
#include <QSpinBox>
#include <QUrl>
#include <algorithm>

#include "core/recipe/completion_recipe.h"
#include "tests/support/accessible_names.h"
#include "tests/support/test_program.h"
#include "tests/ui/panels/completion/completion_fixture.h"
#include "ui/panel_kit/recipe_panel.h"
#include "ui/shell/inspector_section.h"
#include "ui/shell/labeled_slider.h"

using namespace vitrine;
using namespace Qt::StringLiterals;

namespace {

int greyOf(const ZoomView* view) {
    return view->image().isNull() ? -1 : qGray(view->image().pixel(0, 0));
}

/// A dress, bright on black.
Image drawnDress(int side) {
    Image dress(side, side, 1);
    for (int y = side / 10; y < side * 9 / 10; ++y)
        for (int x = side * 2 / 5 - y / 5; x < side * 3 / 5 + y / 5; ++x) dress.at(y, x) = 200;
    return dress;
}

bool keepsSeen(const Image& picture, const CompletionResult& result) {
    for (std::size_t i = 0; i < picture.pixels.size(); ++i)
        if (result.hidden.pixels[i] == 0 && picture.pixels[i] != result.picture.pixels[i]) return false;
    return true;
}

bool offers(const QComboBox* box, const QString& model) {
    const int row = box->findData(model);
    return box->model()->flags(box->model()->index(row, 0)).testFlag(Qt::ItemIsEnabled);
}

void choose(QComboBox* box, const QString& model) {
    const int row = box->findData(model);
    box->setCurrentIndex(row);
    Q_EMIT box->activated(row);
}

void dropFile(CompletionPanel& panel, const QString& path) {
    QMimeData mime;
    mime.setUrls({QUrl::fromLocalFile(path)});
    QVERIFY(panel.acceptsDrop(&mime));
    panel.drop(&mime);
}

}  // namespace

class TestCompletionPanel : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void itStartsWithAGarmentAndSamples() {
        CompletionFixture f;
        f.open();
        QVERIFY(f.settle());
        QCOMPARE(f.panel->state().picture->name, u"Fashion-MNIST: bag 2"_s);
        QCOMPARE(f.grid()->tiles().size(), 16);
        QCOMPARE(f.find<QListWidget>("garments")->count(), 40);
        QCOMPARE(greyOf(f.find<ZoomView>("mean")), 50);
        QCOMPARE(greyOf(f.find<ZoomView>("answer")), 100);
        QCOMPARE(greyOf(f.find<ZoomView>("truth")), 18);
        QCOMPARE(f.find<QLabel>("numbers.guess")->text(), u"30.0 nats"_s);
        QCOMPARE(f.find<QLabel>("numbers.importance")->text(), u"10.0 nats"_s);
        QCOMPARE(f.find<QLabel>("input.caption")->text(), u"1 of 4 quadrants observed"_s);
        QCOMPARE(f.find<ZoomView>("input")->accessibleDescription(), u"75 % hidden"_s);
    }

    void theHiddenPartIsCovered() {
        CompletionFixture f;
        f.open();
        QVERIFY(f.settle());
        auto* input = f.find<ZoomView>("input");
        const QRectF area = input->pictureRect();
        const QImage shown = input->grab().toImage();
        const auto coloursIn = [&](const QPointF& corner) {
            QSet<QRgb> colours;
            for (int i = 0; i < 24; ++i) colours << shown.pixel((corner + QPointF(i, i / 2)).toPoint());
            return int(colours.size());
        };
        QVERIFY(coloursIn(area.center() + QPointF(20, -60)) > 1);  // hatched
        QVERIFY(shown.pixel((area.center() + QPointF(-20, 60)).toPoint()) !=
                shown.pixel((area.center() + QPointF(20, -60)).toPoint()));
    }

    void withoutGarmentsItSaysWhatToDo() {
        CompletionFixture f(/*withGarments=*/false);
        f.open();
        QVERIFY(f.settle());
        QVERIFY(f.find<QLabel>("notice.text")->text().contains(u"dataset-fashion-mnist"_s));
        QVERIFY(f.find<QLabel>("garments.caption")->text().contains(u"not installed"_s));
        QVERIFY(!f.can("export") && !f.can("drawAgain"));
        (void)writePng(f.at("own.png"), Image(70, 40, 3, 10));
        f.answer = f.pathOf("own.png");
        f.find<QPushButton>("notice.button")->click();
        QTRY_VERIFY_WITH_TIMEOUT(f.panel->state().picture != nullptr, 10'000);
        QVERIFY(f.settle());
        QVERIFY(f.panel->result() && f.can("export"));
        QVERIFY(!f.find<QLabel>("notice.text")->isVisible());
    }

    void nothingSeenNeedsNoPicture() {
        CompletionFixture f(/*withGarments=*/false);
        f.open();
        f.run("seen.0");
        QVERIFY(f.settle());
        QVERIFY(!f.find<QLabel>("notice.text")->isVisible());
        QCOMPARE(f.grid()->tiles().size(), 16);
        QVERIFY(f.log.last().image.empty());
        for (const char* view : {"answer", "truth"}) QVERIFY(f.find<ZoomView>(view)->image().isNull());
        QCOMPARE(f.find<QLabel>("input.caption")->text(), u"Nothing observed"_s);
        QCOMPARE(f.find<QLabel>("numbers.guess")->text(), u"–"_s);
        f.find<QComboBox>("answer.choice")->setCurrentIndex(1);
        QCOMPARE(greyOf(f.find<ZoomView>("answer")), 110);
        QVERIFY(f.settle());
    }

    void aMissingNetworkIsSaid() {
        CompletionFixture f;
        f.open();
        QVERIFY(f.settle());
        f.run("seen.3");
        QVERIFY(f.settle());
        QVERIFY(f.find<QLabel>("notice.text")->text().contains(u"quadrants-3-cvae"_s));
        QVERIFY(f.find<QPushButton>("notice.button")->isVisible());
        QVERIFY(!f.panel->result() && !f.can("export"));
        f.undo.undo();
        QVERIFY(f.settle());
        QVERIFY(f.panel->result() && f.can("export"));
        QVERIFY(!f.find<QLabel>("notice.text")->isVisible());
        QVERIFY(f.action("seen.1")->isChecked());
    }

    void thereIsNoGsnnThatSeesNothing() {
        CompletionFixture f;
        f.open();
        auto* model = f.find<QComboBox>("model");
        QVERIFY(offers(model, u"gsnn"_s));
        choose(model, u"gsnn"_s);
        QVERIFY(f.settle());
        QCOMPARE(f.find<QLabel>("numbers.importance")->text(), u"–"_s);
        const QJsonObject gsnn = f.panel->saveState();
        f.run("seen.0");
        QVERIFY(f.settle());
        QCOMPARE(f.panel->state().model, u"cvae"_s);
        QCOMPARE(model->currentText(), u"Plain VAE"_s);
        QVERIFY(!offers(model, u"gsnn"_s));
        QVERIFY(!model->itemData(model->findData(u"gsnn"_s), Qt::ToolTipRole).toString().isEmpty());
        f.undo.undo();
        QCOMPARE(f.panel->state().model, u"gsnn"_s);
        QJsonObject impossible = gsnn;
        impossible[u"numQuadrants"_s] = 0;
        QVERIFY(f.panel->restoreState(impossible));
        QVERIFY(f.settle());
        QVERIFY(f.find<QLabel>("notice.text")->text().contains(u"needs observed pixels"_s));
    }

    void whatIsChangedIsUndone() {
        CompletionFixture f;
        f.open();
        QVERIFY(f.settle());
        Q_EMIT f.find<LabeledSlider>("numSamples")->valueChanged(5);
        Q_EMIT f.find<LabeledSlider>("numSamples")->dragFinished();
        Q_EMIT f.find<LabeledSlider>("temperature")->valueChanged(0.5);
        QVERIFY(f.settle());
        QCOMPARE(f.grid()->tiles().size(), 5);
        QCOMPARE(f.log.last().temperature, 0.5);
        f.undo.undo();
        f.undo.undo();
        QVERIFY(f.settle());
        QCOMPARE(f.grid()->tiles().size(), 16);
        QCOMPARE(f.log.last().temperature, 1.0);
        f.undo.redo();
        QVERIFY(f.settle());
        QCOMPARE(f.grid()->tiles().size(), 5);
        QCOMPARE(f.find<LabeledSlider>("numSamples")->value(), 5.0);
    }

    void garmentsAreChosen() {
        CompletionFixture f;
        f.open();
        QVERIFY(f.settle());
        auto* list = f.find<QListWidget>("garments");
        QCOMPARE(list->item(4)->toolTip(), u"Fashion-MNIST: trousers 1"_s);
        Q_EMIT list->itemClicked(list->item(4));
        QVERIFY(f.settle());
        QCOMPARE(greyOf(f.find<ZoomView>("truth")), 1);
        f.undo.undo();
        QVERIFY(f.settle());
        QCOMPARE(greyOf(f.find<ZoomView>("truth")), 18);
    }

    void onlyTheNewestQuestionIsAnswered() {
        CompletionFixture f;
        f.open();
        QVERIFY(f.settle());
        const int before = f.log.numAsked();
        f.log.isHeld = true;
        for (int value = 20; value < 30; ++value) {
            Q_EMIT f.find<LabeledSlider>("numSamples")->valueChanged(value);
            QTRY_VERIFY(f.log.numAsked() > before);  // the first is being answered
        }
        QVERIFY(!f.panel->result() && !f.panel->isSettled());
        QVERIFY(!f.grid()->tiles().isEmpty());  // an old answer stays until then
        f.log.isHeld = false;
        QVERIFY(f.settle());
        QCOMPARE(f.panel->result()->samples.size(), std::size_t(29));
        QCOMPARE(f.log.numAsked() - before, 2);  // the first and the newest
    }

    void theNewestNetworkAnswers() {
        CompletionFixture f;
        f.open();
        QVERIFY(f.settle());
        f.log.delayMs = 40;
        for (const char* seen : {"seen.2", "seen.0", "seen.2", "seen.0", "seen.2"}) f.run(seen);
        QVERIFY(f.settle());
        QVERIFY(f.panel->result());
        QCOMPARE(f.find<QLabel>("input.caption")->text(), u"2 of 4 quadrants observed"_s);
        QVERIFY(f.panel->diagnostics().first().contains(u"observes 2 of 4"_s));
    }

    void thePanelEndsWhileItIsAsked() {
        CompletionFixture f;
        f.open();
        QVERIFY(f.settle());
        f.log.delayMs = 100;
        f.run("drawAgain");
        f.panel.reset();
        QVERIFY(f.undo.count() > 0);
        f.undo.undo();  // the history outlives the panel
    }

    void aFailedAnswerIsSaidAndThePanelGoesOn() {
        CompletionFixture f;
        f.open();
        QVERIFY(f.settle());
        f.find<QSpinBox>("seed")->setValue(666);
        QVERIFY(f.settle());
        QVERIFY(f.messages.text().contains(u"no answer"_s));
        QVERIFY(!f.panel->result());
        f.find<QSpinBox>("seed")->setValue(667);
        QVERIFY(f.settle());
        QVERIFY(f.messages.text().contains(u"stopped"_s));
        f.find<QSpinBox>("seed")->setValue(5);
        QVERIFY(f.settle());
        QVERIFY(f.panel->result());
    }

    void samplesAreChosenAndAWayIsWalked() {
        CompletionFixture f;
        f.open();
        QVERIFY(f.settle());
        Q_EMIT f.grid()->sampleChosen(3);
        QCOMPARE(greyOf(f.find<ZoomView>("mean")), 3);
        QCOMPARE(f.find<QLabel>("mean.caption")->text(), u"Sample 4"_s);
        auto* path = f.find<LabeledSlider>("path");
        QVERIFY(!path->isEnabled());
        Q_EMIT f.grid()->pinToggled(5);
        Q_EMIT f.grid()->pinToggled(1);
        QVERIFY(f.grid()->tiles()[5].isPinned && path->isEnabled());
        Q_EMIT path->valueChanged(7);
        QVERIFY(f.settle());
        QCOMPARE(greyOf(f.find<ZoomView>("mean")), 70);
        QCOMPARE(f.find<QLabel>("mean.caption")->text(), u"Sample 6 to 2, 8 of 25"_s);
        Q_EMIT f.grid()->pinToggled(1);
        QVERIFY(f.find<ZoomView>("mean")->image().isNull());
        QVERIFY(!path->isEnabled());
        f.find<QComboBox>("mean.choice")->setCurrentIndex(0);
        QCOMPARE(f.find<QLabel>("mean.caption")->text(), u"16 samples"_s);
        QVERIFY(f.settle());
    }

    void samplesThatAreGoneAreNotPinned() {
        CompletionFixture f;
        f.open();
        QVERIFY(f.settle());
        Q_EMIT f.grid()->pinToggled(2);
        Q_EMIT f.grid()->pinToggled(12);
        Q_EMIT f.grid()->sampleChosen(12);
        Q_EMIT f.find<LabeledSlider>("numSamples")->valueChanged(10);
        QCOMPARE(f.panel->state().pinned, QList<int>{2});
        QCOMPARE(f.panel->state().chosen, -1);
        QVERIFY(f.settle());
    }

    void aLatentChannelIsHeldAndLetGo() {
        CompletionFixture f;
        f.open();
        QVERIFY(f.settle());
        auto* slider = f.find<LabeledSlider>("channel.0");
        QCOMPARE(slider->spec().label, u"Channel 3"_s);  // the most active
        QVERIFY(f.find<LabeledSlider>("channel.3")->isVisible());
        QVERIFY(!f.find<LabeledSlider>("channel.4")->isVisible());  // there are four
        QVERIFY(!f.can("resetLatent"));
        Q_EMIT slider->valueChanged(1.5);
        QVERIFY(f.settle());
        QVERIFY((f.log.last().forced == std::vector<ForcedChannel>{{3, 1.5}}));
        f.run("resetLatent");
        QVERIFY(f.settle());
        QVERIFY(f.log.last().forced.empty());
        QCOMPARE(slider->value(), 0.0);
    }

    void aChannelStaysInSightWhileItIsHeld() {
        CompletionFixture f;
        f.open();
        QVERIFY(f.settle());
        Q_EMIT f.find<LabeledSlider>("channel.2")->valueChanged(-2);
        choose(f.find<QComboBox>("model"), u"gsnn"_s);  // tells no nats
        QVERIFY(f.settle());
        auto* slider = f.find<LabeledSlider>("channel.0");
        QVERIFY(slider->isVisible() && !f.find<LabeledSlider>("channel.1")->isVisible());
        QCOMPARE(slider->spec().label, u"Channel 2"_s);
        QCOMPARE(slider->value(), -2.0);
    }

    void ownPicturesAreDropped() {
        CompletionFixture f;
        f.open();
        QVERIFY(f.settle());
        Image paper(90, 60, 3, 255);
        for (int y = 20; y < 40; ++y) std::fill_n(paper.row(y) + 3 * 35, 3 * 20, std::uint8_t(0));
        (void)writePng(f.at("a-shoe.png"), paper);
        dropFile(*f.panel, f.pathOf("a-shoe.png"));
        QTRY_COMPARE_WITH_TIMEOUT(f.panel->state().picture->name, u"A shoe"_s, 10'000);
        const Image& image = f.panel->state().picture->image;
        QCOMPARE(image.width, kGarmentSide);
        QCOMPARE(image.channels, 1);
        QVERIFY(image.at(14, 14) > 200 && image.at(14, 2) < 50);  // its negative
        QVERIFY(f.settle());
        std::ofstream(f.at("empty.png")).flush();
        dropFile(*f.panel, f.pathOf("empty.png"));
        QTRY_VERIFY_WITH_TIMEOUT(f.messages.text().contains(u"empty.png"_s), 10'000);
        QCOMPARE(f.panel->state().picture->name, u"A shoe"_s);
        QMimeData words;
        words.setText(u"a shoe"_s);
        QVERIFY(!f.panel->acceptsDrop(&words));
    }

    void aWeightFileSaysWhatItSees() {
        CompletionFixture f;
        f.open();
        QVERIFY(f.settle());
        std::filesystem::create_directories(f.at("own"));
        std::ofstream(f.at("own/mine-2-cvae.safetensors")) << "toy";
        QVERIFY(f.panel->openFile(f.pathOf("own/mine-2-cvae.safetensors")));
        QVERIFY(f.settle());
        QCOMPARE(f.panel->state().numQuadrants, 2);
        QVERIFY(f.action("seen.2")->isChecked());
        QCOMPARE(f.find<QComboBox>("model")->currentText(), u"mine-2-cvae.safetensors"_s);
        f.run("seen.1");  // of the box again
        QVERIFY(f.settle());
        QCOMPARE(f.panel->state().model, u"cvae"_s);
        QVERIFY(f.panel->diagnostics().first().contains(u"observes 1 of 4"_s));
    }

    void formerKeysOfTheStateAreRead() {
        CompletionFixture f;
        f.open();
        QVERIFY(f.settle());
        QJsonObject state = f.panel->saveState();
        state.remove(u"temperature"_s);
        state[u"spread"_s] = 0.5;
        state[u"panel"_s] = u"{\"pinned\":[1,2],\"samples\":\"way\",\"way\":7}"_s;
        QVERIFY(f.panel->restoreState(state));
        QCOMPARE(f.panel->state().temperature, 0.5);
        QCOMPARE(f.panel->state().samples, CompletionSamples::Path);
        QCOMPARE(f.panel->state().pathStep, 7);
        QVERIFY(f.settle());
    }

    void theStateSurvivesAFile() {
        CompletionFixture f;
        f.open();
        QVERIFY(f.settle());
        f.run("seen.2");
        Q_EMIT f.grid()->pinToggled(2);
        Q_EMIT f.find<LabeledSlider>("channel.0")->valueChanged(1.5);
        f.find<QComboBox>("answer.choice")->setCurrentIndex(2);
        QVERIFY(f.settle());
        const QJsonObject saved = f.panel->saveState();
        f.run("seen.0");
        f.run("drawAgain");
        QVERIFY(f.panel->saveState() != saved);
        QVERIFY(f.panel->restoreState(saved));
        QCOMPARE(f.panel->saveState(), saved);
        QCOMPARE(f.panel->state().answer, CompletionAnswer::Reconstruction);
        const auto broken = [&saved](const QString& before, const QString& after) {
            QJsonObject bad = saved;
            bad[u"panel"_s] = bad[u"panel"_s].toString().replace(before, after);
            return bad;
        };
        for (const QJsonObject& bad : {broken(u"\"mean\""_s, u"\"attic\""_s),
                                       broken(u"[2]"_s, u"[-2]"_s),
                                       broken(u"\"path\":0"_s, u"\"path\":25"_s)}) {
            QVERIFY(bad != saved);
            QVERIFY(!f.panel->restoreState(bad));
        }
        QJsonObject bad = saved;
        bad[u"picture"_s] = u"not a picture"_s;
        QVERIFY(!f.panel->restoreState(bad));
        QCOMPARE(f.panel->saveState(), saved);
        QVERIFY(f.settle());
    }

    void theAnswerIsExportedAndDroppedAgain() {
        CompletionFixture f;
        f.open();
        QVERIFY(f.settle());
        Q_EMIT f.grid()->pinToggled(5);
        Q_EMIT f.grid()->pinToggled(1);
        Q_EMIT f.find<LabeledSlider>("path")->valueChanged(7);
        QVERIFY(f.settle());
        f.answer = f.pathOf("out");
        f.run("export");
        QVERIFY(f.settle());
        for (const char* name : {"out/sample-000.png",
                                 "out/sample-015.png",
                                 "out/answer.npz",
                                 "out/sheet.png",
                                 "out/way-024.png"})
            QVERIFY2(std::filesystem::exists(f.at(name)), name);
        const QJsonObject saved = f.panel->saveState();
        const QString sample = f.pathOf("out/sample-003.png");
        const RecipeOwners owners = recipeOwners({f.panel.get()});
        QCOMPARE(panelOfRecipe(sample, owners), u"completion"_s);
        QCOMPARE(panelOfRecipe(f.pathOf("out/way-024.png"), owners), QString());
        f.run("seen.2");
        f.find<QSpinBox>("seed")->setValue(9);
        dropFile(*f.panel, sample);
        QTRY_VERIFY_WITH_TIMEOUT(f.panel->saveState() == saved, 10'000);
        QVERIFY(f.settle());
        QCOMPARE(greyOf(f.find<ZoomView>("mean")), 70);
    }

    void theNetworksInTheBoxAnswer() {
        CompletionFixture f(/*withGarments=*/false);
        f.openReal();
        (void)writePng(f.at("dress.png"), drawnDress(56));
        QVERIFY(f.panel->openFile(f.pathOf("dress.png")));
        QTRY_VERIFY_WITH_TIMEOUT(f.panel->state().picture != nullptr, 10'000);
        QVERIFY(f.settle());
        const CompletionResult* result = f.panel->result();
        QVERIFY2(result, qPrintable(f.messages.text()));
        QCOMPARE(result->samples.size(), std::size_t(16));
        for (const Image& sample : result->samples) QVERIFY(keepsSeen(sample, *result));
        QVERIFY(result->samples[0] != result->samples[1] && result->meanDeviation > 0);
        QVERIFY(std::isfinite(result->scores->guess) && std::isfinite(result->scores->importance));
        QVERIFY(f.find<QLabel>("numbers.importance")->text().endsWith(u" nats"_s));
        QVERIFY(f.find<LabeledSlider>("channel.5")->isVisible());
        choose(f.find<QComboBox>("model"), u"gsnn"_s);
        QVERIFY(f.settle());
        QVERIFY(f.panel->result() && f.panel->result()->reconstruction.empty());
        f.run("seen.0");
        QVERIFY(f.settle());
        QVERIFY(f.panel->result() && f.panel->result()->guess.empty());
    }

    void keysDoNotClash() {
        CompletionFixture f;
        f.open();
        QVERIFY2(f.registry.clashes().isEmpty(), qPrintable(f.registry.clashes().join(u'\n')));
        QVERIFY(f.settle());
    }

    void everyPartTellsWhatItIs() {
        CompletionFixture f;
        f.open();
        QVERIFY(f.settle());
        // What says nothing itself asks its parent.
        const auto helpOf = [&f](const QWidget* widget) {
            while (widget != f.panel.get() && widget->whatsThis().isEmpty()) widget = widget->parentWidget();
            return widget == f.panel.get() ? QString() : widget->whatsThis();
        };
        for (const QWidget* widget : f.panel->findChildren<QWidget*>()) {
            const bool isPart = isInteractive(widget) && !widget->focusProxy() && widget->isVisible();
            const bool isOverflow = widget->objectName().endsWith(u".more"_s);
            if (!isPart && !qobject_cast<const InspectorSection*>(widget)) continue;
            QVERIFY2(isOverflow || !helpOf(widget).isEmpty(), qPrintable(widget->objectName()));
        }
        QVERIFY(f.find<ZoomView>("input")->whatsThis().contains(u"section 5.1"_s));
        QVERIFY(f.panel->whatsThis().contains(u"Sohn"_s));
    }

    void everyPartHasAName() {
        CompletionFixture f;
        f.open();
        QVERIFY(f.settle());
        const QStringList unnamed = unnamedWidgets(f.panel.get());
        QVERIFY2(unnamed.isEmpty(), qPrintable(unnamed.join(u'\n')));
    }
};

VITRINE_TEST(TestCompletionPanel)
#include "tst_completion_panel.moc"
