// SPDX-License-Identifier: GPL-3.0-or-later
// The panel as a user meets it, on networks that need no weights.
#include <QComboBox>
#include <QLabel>
#include <QListWidget>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QRegularExpression>
#include <QSpinBox>
#include <QToolButton>
#include <QUrl>

#include "core/recipe/segmentation_input.h"
#include "core/recipe/segmentation_recipe.h"
#include "tests/support/accessible_names.h"
#include "tests/ui/panels/segmentation/segmentation_fixture.h"
#include "ui/panels/segmentation/reliability_diagram.h"
#include "ui/panels/segmentation/sweep_curve.h"
#include "ui/shell/chair_drag.h"
#include "ui/shell/inspector_section.h"
#include "ui/shell/labeled_slider.h"
#include "ui/views/label_paint.h"
#include "ui/views/vote_bars.h"

using namespace vitrine;
using namespace Qt::StringLiterals;

class TestSegmentationPanel : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void itStartsWithAPictureAndSamples() {
        SegmentationFixture f;
        f.open();
        QVERIFY(f.settle());
        QCOMPARE(f.panel->state().picture->name, u"A chair"_s);
        QCOMPARE(f.grid()->tiles().size(), 16);
        QVERIFY(f.panel->result()->scores.has_value());
        QCOMPARE(f.find<QLabel>("numbers.answer")->text(), u"0.500"_s);
        QVERIFY(!f.canvas()->image().isNull());
    }

    void withoutANetworkItSaysWhatToDo() {
        SegmentationFixture f;
        std::filesystem::remove(f.at("segmentation-cvae.safetensors"));
        f.open();
        QVERIFY(f.settle());
        QVERIFY(f.find<QLabel>("notice.text")->text().contains(u"no network"_s));
        QVERIFY(f.find<QPushButton>("notice.button")->isVisible());
    }

    void withoutAPictureItAsksForOne() {
        SegmentationFixture f(/*withPictures=*/false);
        f.open();
        QVERIFY(f.settle());
        QVERIFY(f.find<QLabel>("notice.text")->text().contains(u"Choose a picture"_s));
        QVERIFY(!f.can("export"));
        QVERIFY(!f.can("invert"));
        (void)writePng(f.at("own.png"), Image(70, 40, 3, 10));
        f.answer = QString::fromStdString(f.at("own.png").string());
        f.find<QPushButton>("notice.button")->click();
        QVERIFY(QTest::qWaitFor([&f] { return f.panel->state().picture != nullptr; }, 10'000));
        QCOMPARE(f.panel->state().picture->image.width, kToySize);
        QVERIFY(f.settle());
    }

    void aStrokeIsOneStepOfUndoAndTheSamplesFollow() {
        SegmentationFixture f;
        f.open();
        QVERIFY(f.settle());
        const int steps = f.undo.count(), legs = countOf(f.panel->state().marks.omission, 1);
        QVERIFY(legs > 1000);  // something is hidden from the start
        f.paint();
        QCOMPARE(f.undo.count(), steps + 1);
        const int hidden = countOf(f.panel->state().marks.omission, 1);
        QVERIFY(hidden > legs + 10);
        QVERIFY(f.settle());
        QCOMPARE(countOf(f.panel->result()->samples[0], 1), hidden);
        QCOMPARE(countOf(f.panel->result()->samples[1], 2), hidden);
        f.undo.undo();
        QVERIFY(f.settle());
        QCOMPARE(countOf(f.panel->result()->samples[0], 1), legs);
        QCOMPARE(countOf(f.canvas()->marks().omission, 1), legs);
    }

    void aStrokeLeavesThePicturesOfTheAnswerAlone() {
        SegmentationFixture f;
        f.open();
        QVERIFY(f.settle());
        const auto pictures = [&f] {
            QList<qint64> keys{f.find<ZoomView>("truth")->image().cacheKey(),
                               f.find<ZoomView>("answer")->image().cacheKey()};
            for (const SampleTile& tile : f.grid()->tiles()) keys << tile.picture.cacheKey();
            return keys;
        };
        const QList<qint64> before = pictures();
        const QString caption = f.find<QLabel>("canvas.caption")->text();
        f.log.delayMs = 200;
        f.paint();
        QVERIFY(f.find<QLabel>("canvas.caption")->text() != caption);
        QCOMPARE(pictures(), before);
        f.log.delayMs = 0;
        QVERIFY(f.settle());
        QVERIFY(pictures() != before);
        const QList<qint64> after = pictures();
        Q_EMIT f.find<LabeledSlider>("opacity")->valueChanged(0.2);
        QVERIFY(pictures() != after);
    }

    void samplesComeWhileTheyAreDrawn() {
        SegmentationFixture f;
        f.open();
        QVERIFY(f.settle());
        f.log.delayMs = 60;
        f.paint();
        QVERIFY(QTest::qWaitFor([&f] { return !f.panel->result() && !f.grid()->tiles()[0].picture.isNull(); },
                                20'000));
        QCOMPARE(f.grid()->tiles().size(), 16);  // the others keep their places
        f.log.delayMs = 0;
        QVERIFY(f.settle());
        QVERIFY(f.panel->result());
    }

    void onlyTheNewestQuestionIsAnswered() {
        SegmentationFixture f;
        f.open();
        QVERIFY(f.settle());
        f.log.delayMs = 50;
        f.log.finished = 0;
        for (int value = 20; value < 30; ++value) {
            Q_EMIT f.find<LabeledSlider>("numSamples")->valueChanged(value);
            QTest::qWait(10);
        }
        f.log.delayMs = 0;
        QVERIFY(f.settle());
        QCOMPARE(f.panel->result()->samples.size(), std::size_t(29));
        QCOMPARE(int(f.log.finished), 1);  // the others were left in the middle
    }

    void knownLabelsArePaintedAndFollowed() {
        SegmentationFixture f;
        f.open();
        QVERIFY(f.settle());
        QVERIFY(!f.find<LabeledSlider>("numSweeps")->isVisible());
        QVERIFY(f.find<QLabel>("sweeps.hint")->isVisible());
        QVERIFY(!f.can("sweep"));
        auto* target = f.find<QComboBox>("target");
        QCOMPARE(target->count(), 4);
        target->setCurrentIndex(3);  // legs
        f.paint();
        QVERIFY(f.settle());
        const int known = countOf(f.panel->state().marks.observed, 2);
        QVERIFY(known > 10);
        QCOMPARE(countOf(f.panel->result()->samples[0], 2), known);
        QVERIFY(f.find<LabeledSlider>("numSweeps")->isVisible());
        f.run("clear");
        QVERIFY(f.settle());
        QCOMPARE(countOf(f.panel->state().marks.observed, 2), 0);
    }

    void sweepsAreMadeOneByOneOrToTheEnd() {
        SegmentationFixture f;
        f.openWithKnownLabels();
        const auto readout = [&f] { return f.find<QLabel>("sweeps.readout")->text(); };
        QCOMPARE(readout(), u"Sweep 20 of 20: 2.5 % of unknown pixels changed"_s);
        const int steps = f.undo.count();
        for (int sweep = 1; sweep <= 2; ++sweep) {
            f.run("sweep");
            QVERIFY(f.settle());
            QCOMPARE(f.panel->result()->changedShares.size(), std::size_t(sweep));
        }
        QCOMPARE(readout(), u"Sweep 2: 25.0 % of unknown pixels changed"_s);
        QVERIFY(f.find<SweepCurve>("sweeps.curve")->accessibleDescription().startsWith(u"25.0 %"_s));
        f.run("sweepToEnd");
        QVERIFY(f.settle());
        QCOMPARE(f.panel->result()->changedShares.size(), std::size_t(20));
        f.run("sweep");
        Q_EMIT f.find<LabeledSlider>("numSweeps")->valueChanged(5);  // another question: to its end
        QVERIFY(f.settle());
        QCOMPARE(f.panel->result()->changedShares.size(), std::size_t(5));
        QCOMPARE(f.undo.count(), steps + 1);  // of the slider; sweeping is none
    }

    void sweepsAreSeenWhileTheyAreMadeAndStopped() {
        SegmentationFixture f;
        f.openWithKnownLabels();
        f.log.delayMs = 60;
        f.run("sweepToEnd");
        static const QRegularExpression early(u"^Sweep ([3-9]|1.) of 20"_s);
        QTRY_VERIFY_WITH_TIMEOUT(early.match(f.find<QLabel>("sweeps.readout")->text()).hasMatch(), 10'000);
        QVERIFY(f.can("stopSweeps"));
        f.find<QPushButton>("stopSweeps.button")->click();
        f.log.delayMs = 0;
        QVERIFY(f.settle());
        QVERIFY(f.panel->result());
        QVERIFY(f.panel->result()->changedShares.size() < 20);
        QVERIFY(!f.panel->result()->isComplete);
        QVERIFY(!f.can("stopSweeps"));
    }

    void aNetworkThatCannotFollowLabelsSaysSo() {
        SegmentationFixture f;
        f.open();
        QVERIFY(f.settle());
        QVERIFY(f.panel->openFile(QString::fromStdString(f.at("segmentation-gdnn.safetensors").string())));
        QVERIFY(f.settle());
        QVERIFY(f.find<QLabel>("sweeps.hint")->text().contains(u"cannot follow"_s));
        QVERIFY(!f.can("sweep"));
    }

    void theOmissionsOfThePaperAreButtons() {
        SegmentationFixture f;
        f.open();
        const auto hidden = [&f] { return countOf(f.panel->state().marks.omission, 1); };
        QVERIFY(f.settle());
        f.find<QPushButton>("hideBlocks")->click();
        QVERIFY(hidden() > 0 && hidden() % 64 == 0);
        f.run("clear");
        QCOMPARE(hidden(), 0);
        f.find<QPushButton>("quadrant.3")->click();
        QCOMPARE(hidden(), kToySize * kToySize / 4);
        f.run("invert");
        QCOMPARE(hidden(), 3 * kToySize * kToySize / 4);
        f.run("clear");
        f.find<QPushButton>("hideBox")->click();
        QVERIFY(hidden() > kToySize * kToySize / 30 && hidden() < kToySize * kToySize / 5);
        QVERIFY(f.settle());
    }

    void samplesAreChosenPinnedAndSorted() {
        SegmentationFixture f;
        f.open();
        QVERIFY(f.settle());
        Q_EMIT f.grid()->pinToggled(5);
        QCOMPARE(f.grid()->tiles()[0].sample, 5);
        QVERIFY(f.grid()->tiles()[0].isPinned);
        f.find<QComboBox>("order")->setCurrentIndex(2);
        QCOMPARE(f.grid()->tiles()[1].sample, 15);  // the best of the toy
        Q_EMIT f.grid()->sampleChosen(3);
        QCOMPARE(f.panel->state().aggregate, AggregateView::Chosen);
        Q_EMIT f.grid()->pinToggled(5);
        QCOMPARE(f.grid()->tiles()[0].sample, 15);
    }

    void theWayBetweenTwoPinnedSamplesIsWalked() {
        SegmentationFixture f;
        f.open();
        QVERIFY(f.settle());
        auto* path = f.find<LabeledSlider>("path");
        QVERIFY(!path->isEnabled());
        Q_EMIT f.grid()->pinToggled(0);
        Q_EMIT f.grid()->pinToggled(1);
        QVERIFY(f.settle());
        QVERIFY(path->isEnabled());
        Q_EMIT path->valueChanged(3);
        const auto caption = [&f] { return f.find<QLabel>("aggregate.caption")->text(); };
        QTRY_VERIFY_WITH_TIMEOUT(caption().contains(u"4 of 25"_s), 10'000);
        f.find<QComboBox>("aggregate.choice")->setCurrentIndex(1);
        QVERIFY2(caption().contains(u"diversity"_s), qPrintable(caption()));
        Q_EMIT path->valueChanged(4);
        QTRY_VERIFY_WITH_TIMEOUT(caption().contains(u"5 of 25"_s), 10'000);
        Q_EMIT f.grid()->pinToggled(1);
        QVERIFY2(caption().contains(u"diversity"_s), qPrintable(caption()));
    }

    void theWayIsUndoneAndSaved() {
        SegmentationFixture f;
        f.open();
        QVERIFY(f.settle());
        Q_EMIT f.grid()->pinToggled(0);
        Q_EMIT f.grid()->pinToggled(1);
        auto* path = f.find<LabeledSlider>("path");
        Q_EMIT path->valueChanged(3);
        Q_EMIT path->dragFinished();
        QVERIFY(f.settle());
        const QJsonObject saved = f.panel->saveState();
        f.undo.undo();
        QCOMPARE(f.panel->state().aggregate, AggregateView::Mean);
        QCOMPARE(path->value(), 0.0);
        QVERIFY(f.panel->restoreState(saved));
        QCOMPARE(f.panel->state().aggregate, AggregateView::Path);
        QCOMPARE(f.panel->state().pathStep, 3);
        QVERIFY(f.settle());
    }

    void samplesThatAreGoneAreNotPinned() {
        SegmentationFixture f;
        f.open();
        QVERIFY(f.settle());
        Q_EMIT f.grid()->pinToggled(2);
        Q_EMIT f.grid()->pinToggled(12);
        Q_EMIT f.find<LabeledSlider>("numSamples")->valueChanged(10);
        QCOMPARE(f.panel->state().pinned, QList<int>{2});
        QVERIFY(f.settle());
    }

    void twoPinnedSamplesAreCompared() {
        SegmentationFixture f;
        f.open();
        QVERIFY(f.settle());
        f.find<QComboBox>("aggregate.choice")->setCurrentIndex(3);
        QVERIFY(f.find<ZoomView>("aggregate")->image().isNull());
        Q_EMIT f.grid()->pinToggled(0);
        Q_EMIT f.grid()->pinToggled(1);
        QCOMPARE(f.find<QLabel>("aggregate.caption")->text(), u"Samples 1 and 2, IoU 0.000"_s);
        const auto hidden = [&f] {
            const auto& omission = f.panel->state().marks.omission.pixels;
            return std::size_t(std::ranges::find(omission, 1) - omission.begin());
        }();
        const QImage shown = f.find<ZoomView>("aggregate")->image();
        const int x = int(hidden) % kToySize, y = int(hidden) / kToySize;
        QVERIFY(shown.pixel(x, y) != shown.pixel(x + 2, y));  // chequered
        Q_EMIT f.grid()->pinToggled(1);
        Q_EMIT f.grid()->pinToggled(2);  // says the same as the first
        QCOMPARE(f.find<QLabel>("aggregate.caption")->text(), u"Samples 1 and 3, IoU 1.000"_s);
        f.panel->grab();
    }

    void theAnswerComparesWithTheNearestLabel() {
        SegmentationFixture f;
        f.open();
        QVERIFY(f.settle());
        f.find<QComboBox>("answer.choice")->setCurrentIndex(int(AnswerView::NearestKnown));
        f.paint();
        QVERIFY(f.settle());
        QVERIFY(!f.find<ZoomView>("answer")->image().isNull());
        QVERIFY(f.find<QLabel>("answer.caption")->text().contains(u"0.750"_s));
        QCOMPARE(f.find<QLabel>("numbers.nearest")->text(), u"0.750"_s);
        QVERIFY(f.find<QLabel>("numbers.likelihood")->text().contains(u"nats"_s));
        f.find<QComboBox>("answer.choice")->setCurrentIndex(int(AnswerView::Reconstruction));
        QVERIFY(f.find<ZoomView>("answer")->image().isNull());  // the toy has no recognition network
    }

    void theLikelihoodIsAskedOnceWhileItIsLookedAt() {
        SegmentationFixture f;
        f.open();
        QVERIFY(f.settle());
        auto* numbers = f.find<InspectorSection>("numbers");
        const auto* text = f.find<QLabel>("numbers.likelihood");
        QVERIFY(text->text().contains(u"nats"_s));
        numbers->setFolded(true);
        QTRY_VERIFY(!text->isVisible());
        const int first = f.log.likelihoods;
        f.find<QPushButton>("quadrant.0")->click();
        QVERIFY(f.settle());
        QCOMPARE(f.log.likelihoods.load(), first);
        f.log.holdsLikelihood = true;
        numbers->setFolded(false);
        QTRY_COMPARE(f.log.likelihoods.load(), first + 1);
        QCOMPARE(text->text(), u"…"_s);
        f.find<QPushButton>("quadrant.1")->click();  // the new question does not wait for it
        QTRY_COMPARE(f.log.likelihoods.load(), first + 2);
        f.log.holdsLikelihood = false;
        QVERIFY(f.settle());
        QVERIFY(text->text().contains(u"nats"_s));
        numbers->setFolded(true);
        QTRY_VERIFY(!text->isVisible());
        numbers->setFolded(false);
        QTRY_VERIFY(text->isVisible());
        QVERIFY(f.settle());
        QVERIFY(f.panel->openFile(QString::fromStdString(f.at("pictures/b-chair.png").string())));
        QTRY_COMPARE(text->text(), u"–"_s);  // its truth is not known
        QVERIFY(f.settle());
        QCOMPARE(f.log.likelihoods.load(), first + 2);
    }

    void theGdnnIsAskedWhileItIsLookedAt() {
        SegmentationFixture f;
        f.open();
        QVERIFY(f.settle());
        const auto asked = [&f] {
            const std::lock_guard lock(f.log.mutex);
            return std::ranges::count(f.log.asked, 1, &SegmentationRequest::numSamples);
        };
        QCOMPARE(asked(), 0);
        f.find<QComboBox>("answer.choice")->setCurrentIndex(2);
        QVERIFY(f.settle());
        QCOMPARE(asked(), 1);
        QVERIFY(!f.find<ZoomView>("answer")->image().isNull());
        f.paint();
        QVERIFY(f.settle());
        QVERIFY(asked() > 1);
    }

    void aDeterministicNetworkShowsItsOneAnswer() {
        SegmentationFixture f;
        f.open();
        QVERIFY(f.settle());
        auto* model = f.find<QComboBox>("model");
        const auto choose = [&](const QString& variant) {
            model->setCurrentIndex(model->findData(variant));
            Q_EMIT model->activated(model->currentIndex());
            return f.settle();
        };
        QVERIFY(choose(u"gdnn"_s));
        QCOMPARE(f.messages.text(), QString());
        QCOMPARE(f.grid()->tiles().size(), 1);
        QCOMPARE(f.panel->result()->samples.size(), std::size_t(1));
        QVERIFY(f.find<QLabel>("deterministic")->isVisible());
        for (const char* drawing : {"numSamples", "temperature", "samplingSteps", "seed", "order"})
            QVERIFY2(!f.find<QWidget>(drawing)->isVisible(), drawing);
        QVERIFY(!f.find<InspectorSection>("latent")->isVisible());
        QVERIFY(!f.can("drawAgain"));
        QVERIFY(f.find<QLabel>("aggregate.caption")->text().isEmpty());
        f.paint();  // samples come one by one: no empty places beside the one
        QVERIFY(f.settle());
        QCOMPARE(f.grid()->tiles().size(), 1);
        QCOMPARE(f.messages.text(), QString());
        QVERIFY(choose(u"cvae"_s));
        QCOMPARE(f.grid()->tiles().size(), 16);
        QVERIFY(f.find<QWidget>("numSamples")->isVisible());
        QVERIFY(f.find<InspectorSection>("latent")->isVisible());
        QVERIFY(!f.find<QLabel>("deterministic")->isVisible());
        QVERIFY(f.can("drawAgain"));
    }

    void tokensHaveStepsAndNeitherChannelsNorSweeps() {
        SegmentationFixture f;
        f.open();
        QVERIFY(f.settle());
        QVERIFY(f.find<QWidget>("numSteps")->isHidden());
        std::ofstream(f.at("segmentation-tokens.safetensors")) << "toy";
        QVERIFY(f.panel->openFile(QString::fromStdString(f.at("segmentation-tokens.safetensors").string())));
        QVERIFY(f.settle());
        QCOMPARE(f.messages.text(), QString());
        for (const char* hidden : {"samplingSteps", "latent", "sweeps"})
            QVERIFY2(f.find<QWidget>(hidden)->isHidden(), hidden);
        QVERIFY(!f.find<QWidget>("numSteps")->isHidden());
        QCOMPARE(f.log.asked.back().numSteps, 12);
        Q_EMIT f.find<LabeledSlider>("numSteps")->valueChanged(20);
        QVERIFY(f.settle());
        QCOMPARE(f.log.asked.back().numSteps, 20);
        QVERIFY(!f.can("sweep"));
    }

    void aNetworkThatIsNotThereAnswersNothing() {
        SegmentationFixture f;
        f.open();
        QVERIFY(f.settle());
        QVERIFY(f.panel->openFile(QString::fromStdString(f.at("segmentation-lost.safetensors").string())));
        QVERIFY(f.settle());
        QVERIFY(f.find<QLabel>("notice.text")->isVisible());
        QVERIFY(f.messages.text().contains(u"not there"_s));
        QVERIFY(!f.can("export"));
        f.undo.undo();
        QVERIFY(f.settle());
        QVERIFY(!f.find<QLabel>("notice.text")->isVisible() && f.can("export"));
    }

    void aNetworkOpenedAgainIsReadAgain() {
        SegmentationFixture f;
        f.open();
        QVERIFY(f.settle());
        const QString file = QString::fromStdString(f.at("segmentation-gdnn.safetensors").string());
        QVERIFY(f.panel->openFile(file));
        QVERIFY(f.settle());
        const auto asked = f.log.asked.size();
        QVERIFY(f.panel->openFile(file));
        QVERIFY(f.settle());
        QVERIFY(f.log.asked.size() > asked);
    }

    void anotherNetworkIsAskedWhatItCanAnswer() {
        SegmentationFixture f;
        f.openWithKnownLabels();
        QVERIFY(f.panel->openFile(QString::fromStdString(f.at("segmentation-gdnn.safetensors").string())));
        QVERIFY(f.settle());
        QVERIFY(f.panel->result());
        QVERIFY(hasObserved(f.panel->state()));  // they are kept for a network that follows them
        {
            const std::lock_guard lock(f.log.mutex);
            QVERIFY(f.log.asked.back().observed.empty());
        }
        QCOMPARE(f.find<QComboBox>("target")->currentIndex(), 0);
        f.run("clear");
        f.paint();
        QVERIFY(!hasObserved(f.panel->state()));
        QVERIFY(countOf(f.panel->state().marks.omission, 1) > 0);
        QVERIFY(f.settle());
    }

    void aLatentChannelIsHeld() {
        SegmentationFixture f;
        f.open();
        QVERIFY(f.settle());
        auto* slider = f.find<LabeledSlider>("channel.0");
        QCOMPARE(slider->spec().label, u"Channel 3"_s);  // the most active
        Q_EMIT slider->valueChanged(2.5);
        QVERIFY(f.settle());
        QVERIFY((f.panel->state().forced == std::vector<ForcedChannel>{{3, 2.5}}));
        const std::lock_guard lock(f.log.mutex);
        QVERIFY((f.log.asked[f.log.asked.size() - 2].forced == std::vector<ForcedChannel>{{3, 2.5}} ||
                 f.log.asked.back().forced == std::vector<ForcedChannel>{{3, 2.5}}));
    }

    void votesUnderThePointerAreTold() {
        SegmentationFixture f;
        f.open();
        QVERIFY(f.settle());
        f.find<QPushButton>("quadrant.0")->click();
        QVERIFY(f.settle());
        Q_EMIT f.canvas()->hovered({2, 2});
        QVERIFY(f.find<VoteBars>("votes")->accessibleDescription().contains(u"seat 50 %, legs 50 %"_s));
        Q_EMIT f.canvas()->hovered({120, 120});
        QVERIFY(f.find<VoteBars>("votes")->accessibleDescription().contains(u"background 100 %"_s));
    }

    void reliabilityIsToldWhereTheTruthIsKnown() {
        SegmentationFixture f;
        f.open();
        QVERIFY(f.settle());
        QCOMPARE(f.find<QLabel>("numbers.ece")->text(), u"0.125"_s);
        auto* diagram = f.find<ReliabilityDiagram>("reliability");
        QVERIFY(diagram->isVisible());
        QTest::keyClick(diagram, Qt::Key_Left);
        QCOMPARE(f.find<QLabel>("reliability.readout")->text(),
                 u"0.9 to 1.0: 16372 pixels, confidence 0.97, accuracy 0.80"_s);
        QTest::keyClick(diagram, Qt::Key_Left);
        QCOMPARE(diagram->readoutText(), u"0.8 to 0.9: no pixels"_s);
        QVERIFY(f.panel->openFile(QString::fromStdString(f.at("pictures/b-chair.png").string())));
        QTRY_VERIFY_WITH_TIMEOUT(!diagram->isVisible(), 10'000);
        QVERIFY(f.settle());
        QCOMPARE(f.find<QLabel>("numbers.ece")->text(), u"–"_s);
    }

    void theViewsAreOfOneSizeAndAligned() {
        SegmentationFixture f;
        f.open();
        QVERIFY(f.settle());
        const auto area = [&f](const char* id) {
            const auto* view = f.find<ZoomView>(id);
            return QRect(view->mapTo(f.panel.get(), QPoint()), view->size());
        };
        const auto isEven = [&area] {
            const QRect mean = area("aggregate"), uncertainty = area("uncertainty"), answer = area("answer"),
                        truth = area("truth");
            // An odd room has a larger half.
            for (const QRect& other : {uncertainty, answer, truth})
                if (std::abs(other.width() - mean.width()) > 1 ||
                    std::abs(other.height() - mean.height()) > 1)
                    return false;
            return mean.top() == uncertainty.top() && answer.top() == truth.top() &&
                   mean.left() == answer.left() && uncertainty.left() == truth.left();
        };
        for (const QSize& size : {QSize(1280, 800), QSize(960, 600)}) {
            f.panel->resize(size);
            QTRY_VERIFY(isEven());
        }
    }

    void whatTheChannelsSayMakesRoomForNewSamplesAndComesAfterThem() {
        SegmentationFixture f;
        f.open();
        QVERIFY(f.settle());
        const int first = f.log.activities;
        f.log.holdsActivity = true;
        f.find<QPushButton>("quadrant.0")->click();
        QTRY_COMPARE(f.log.activities.load(), first + 1);  // it would last for ever now
        Q_EMIT f.find<LabeledSlider>("channel.0")->valueChanged(1.5);
        QVERIFY(f.settle());
        QVERIFY(f.log.asked.back().forced == f.panel->state().forced ||
                f.log.asked[f.log.asked.size() - 2].forced == f.panel->state().forced);
        QCOMPARE(f.log.activities.load(),
                 first + 2);  // what it was asked of has not changed, and is open still
    }

    void noChoiceIsCutWhereTheWindowIsSmall() {
        SegmentationFixture f;
        f.open();
        QVERIFY(f.settle());
        f.panel->resize(866, 540);  // what a window of 960 x 600 leaves
        const auto room = [](const QComboBox* box) {
            QStyleOptionComboBox option;
            option.initFrom(box);
            return box->style()
                ->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxEditField, box)
                .width();
        };
        for (const char* id : {"aggregate.choice", "uncertainty.choice", "answer.choice"}) {
            const auto* box = f.find<QComboBox>(id);
            for (int i = 0; i < box->count(); ++i) {
                const QString text = box->itemText(i);
                QTRY_VERIFY2(box->fontMetrics().horizontalAdvance(text) <= room(box), qPrintable(text));
                QVERIFY(!box->itemData(i, Qt::ToolTipRole).toString().isEmpty());
            }
        }
    }

    void shiftShowsTheTruth() {
        SegmentationFixture f;
        f.open();
        QVERIFY(f.settle());
        QTest::keyPress(f.canvas(), Qt::Key_Shift);
        QVERIFY(f.find<QLabel>("aggregate.caption")->text().contains(u"truth"_s));
        QTest::keyRelease(f.canvas(), Qt::Key_Shift);
        QVERIFY(!f.find<QLabel>("aggregate.caption")->text().contains(u"truth"_s));
    }

    void keysWorkAsInOtherPainters() {
        SegmentationFixture f;
        f.open();
        QVERIFY(f.settle());
        QVERIFY(f.registry.clashes().isEmpty());
        const double size = f.canvas()->brushSize();
        f.run("larger");
        QVERIFY(f.canvas()->brushSize() > size);
        f.run("swapTool");
        QVERIFY(f.registry.action(u"segmentation.eraser"_s)->isChecked());
        f.run("swapTool");
        QVERIFY(f.registry.action(u"segmentation.brush"_s)->isChecked());
    }

    void shapesShareAButton() {
        SegmentationFixture f;
        f.open();
        QVERIFY(f.settle());
        auto* button = f.find<QToolButton>("shape");
        QCOMPARE(button->menu()->actions().size(), 4);
        f.run("clear");
        f.run("halfPlane");
        QCOMPARE(button->defaultAction()->objectName(), u"segmentation.halfPlane"_s);
        QTest::mousePress(f.canvas(), Qt::LeftButton, {}, f.canvas()->rect().center());
        QTest::mouseMove(f.canvas(), f.canvas()->rect().center() + QPoint(0, 20));
        QTest::mouseRelease(f.canvas(), Qt::LeftButton, {}, f.canvas()->rect().center() + QPoint(0, 20));
        const LabelMap& hidden = f.panel->state().marks.omission;
        QVERIFY(std::abs(countOf(hidden, 1) - kPictureSize * kPictureSize / 2) <= kPictureSize);
        QCOMPARE(int(hidden.at(kPictureSize - 1, 0)), 1);
        f.undo.undo();
        QCOMPARE(countOf(f.panel->state().marks.omission, 1), 0);
        f.run("brush");
        QCOMPARE(button->defaultAction()->objectName(), u"segmentation.halfPlane"_s);
    }

    void labelsCoverMoreAndLess() {
        SegmentationFixture f;
        f.open();
        QVERIFY(f.settle());
        const double before = f.panel->state().opacity;
        f.run("fainter");
        QVERIFY(f.panel->state().opacity < before);
        for (int i = 0; i < 20; ++i) f.run("stronger");
        QCOMPARE(f.panel->state().opacity, 1.0);
    }

    void theSpreadIsAskedForAndUndone() {
        SegmentationFixture f;
        f.open();
        QVERIFY(f.settle());
        QCOMPARE(f.log.asked.back().temperature, 1.0);
        Q_EMIT f.find<LabeledSlider>("temperature")->valueChanged(0.5);
        QVERIFY(f.settle());
        QCOMPARE(f.log.asked.back().temperature, 0.5);
        f.undo.undo();
        QVERIFY(f.settle());
        QCOMPARE(f.log.asked.back().temperature, 1.0);
        QCOMPARE(f.find<LabeledSlider>("temperature")->value(), 1.0);
    }

    void samplesAreDrawnInParts() {
        SegmentationFixture f;
        f.open();
        QVERIFY(f.settle());
        QCOMPARE(f.log.asked.back().numSamplingSteps, 3);
        auto* parts = f.find<LabeledSlider>("samplingSteps");
        QVERIFY(!parts->isHidden());
        Q_EMIT parts->valueChanged(1);
        QVERIFY(f.settle());
        QCOMPARE(f.log.asked.back().numSamplingSteps, 1);
        QVERIFY(f.panel->openFile(QString::fromStdString(f.at("segmentation-gdnn.safetensors").string())));
        QVERIFY(f.settle());
        QVERIFY(parts->isHidden());
    }

    void aFailedAnswerIsSaidAndThePanelGoesOn() {
        SegmentationFixture f;
        f.open();
        QVERIFY(f.settle());
        f.find<QSpinBox>("seed")->setValue(666);
        QVERIFY(f.settle());
        QVERIFY(f.messages.text().contains(u"no answer"_s));
        f.find<QSpinBox>("seed")->setValue(5);
        QVERIFY(f.settle());
        QVERIFY(f.panel->result());
    }

    void picturesAreDroppedAndLabelsOpened() {
        SegmentationFixture f;
        f.open();
        QVERIFY(f.settle());
        QMimeData mime;
        mime.setUrls({QUrl::fromLocalFile(QString::fromStdString(f.at("pictures/b-chair.png").string()))});
        QVERIFY(f.panel->acceptsDrop(&mime));
        f.panel->drop(&mime);
        QVERIFY(QTest::qWaitFor([&f] { return f.panel->state().picture->name == u"B chair"_s; }, 10'000));
        QVERIFY(f.settle());
        QVERIFY(!f.panel->result()->scores);
        f.answer = QString::fromStdString(f.at("pictures/a-chair-labels.png").string());
        f.run("openTruth");
        QVERIFY(QTest::qWaitFor([&f] { return !f.panel->state().picture->truth.empty(); }, 10'000));
        QVERIFY(f.settle());
        QVERIFY(f.panel->result()->scores.has_value());
    }

    void aChairIsDragged() {
        SegmentationFixture f;
        f.open();
        QVERIFY(f.settle());
        QMimeData nothing;
        nothing.setText(u"chair"_s);
        QVERIFY(!f.panel->acceptsDrop(&nothing));
        QMimeData mime;
        QImage picture(160, 120, QImage::Format_ARGB32);
        picture.fill(Qt::transparent);
        addToDrag(mime, {u"Windsor chair"_s, picture});
        QVERIFY(f.panel->acceptsDrop(&mime));
        f.panel->drop(&mime);
        QCOMPARE(f.panel->state().picture->name, u"Windsor chair"_s);
        QCOMPARE(f.panel->state().picture->image.width, kToySize);
        QCOMPARE(int(f.panel->state().picture->image.at(64, 64, 0)), 255);  // on white
        QVERIFY(f.settle());
        f.undo.undo();
        QCOMPARE(f.panel->state().picture->name, u"A chair"_s);
        QVERIFY(f.settle());
    }

    void garmentsAreOffered() {
        SegmentationFixture without;
        without.open();
        QVERIFY(without.settle());
        QVERIFY(!without.find<QListWidget>("garments")->isVisible());
        SegmentationFixture f;
        f.writeGarments();
        f.open();
        QVERIFY(f.settle());
        auto* list = f.find<QListWidget>("garments");
        QVERIFY(list->isVisible());
        QCOMPARE(list->count(), 5);
        Q_EMIT list->itemClicked(list->item(1));
        QCOMPARE(f.panel->state().picture->name, u"Fashion-MNIST: trousers"_s);
        QCOMPARE(int(f.panel->state().picture->image.at(64, 64, 1)), 254);  // 1, on white
        QVERIFY(f.settle());
    }

    void damagedFilesAreNamed() {
        SegmentationFixture f;
        f.open();
        QVERIFY(f.settle());
        std::ofstream(f.at("empty.png")).flush();
        QVERIFY(f.panel->openFile(QString::fromStdString(f.at("empty.png").string())));
        QTRY_VERIFY_WITH_TIMEOUT(f.messages.text().contains(u"empty.png"_s), 10'000);
        (void)writePng(f.at("wrong.png"), Image(kToySize, kToySize, 1, 9));
        f.answer = QString::fromStdString(f.at("wrong.png").string());
        f.run("openLabels");
        QTRY_VERIFY_WITH_TIMEOUT(f.messages.text().contains(u"wrong.png"_s), 10'000);
        (void)writePng(f.at("small.png"), Image(30, kToySize, 1, 1));
        f.answer = QString::fromStdString(f.at("small.png").string());
        f.run("openTruth");
        QTRY_VERIFY_WITH_TIMEOUT(f.messages.text().contains(u"small.png is 30 x 128"_s), 10'000);
        QCOMPARE(f.panel->state().picture->name, u"A chair"_s);
    }

    void formerKeysOfTheStateAreRead() {
        SegmentationFixture f;
        f.open();
        QVERIFY(f.settle());
        QJsonObject state = f.panel->saveState();
        for (const QString& key : {u"temperature"_s, u"samplingSteps"_s}) QVERIFY(state.contains(key));
        state.remove(u"temperature"_s);
        state.remove(u"samplingSteps"_s);
        state[u"spread"_s] = 0.5;
        state[u"numParts"_s] = 5;
        state[u"panel"_s] =
            u"{\"consensus\":\"way\",\"doubt\":\"mutual information\",\"pinned\":[1,2],\"way\":7}"_s;
        QVERIFY(f.panel->restoreState(state));
        QCOMPARE(f.panel->state().temperature, 0.5);
        QCOMPARE(f.panel->state().numSamplingSteps, 5);
        QCOMPARE(f.panel->state().aggregate, AggregateView::Path);
        QCOMPARE(f.panel->state().uncertainty, UncertaintyView::MutualInformation);
        QCOMPARE(f.panel->state().pathStep, 7);
        const QString saved = f.panel->saveState()[u"panel"_s].toString();
        for (const QString& old : {u"consensus"_s, u"doubt"_s, u"way"_s}) QVERIFY(!saved.contains(old));
        QVERIFY(f.settle());
    }

    void theStateSurvivesAFile() {
        SegmentationFixture f;
        f.open();
        QVERIFY(f.settle());
        f.paint();
        f.find<QPushButton>("quadrant.1")->click();
        Q_EMIT f.grid()->pinToggled(2);
        QVERIFY(f.settle());
        const QJsonObject saved = f.panel->saveState();
        f.run("clear");
        QVERIFY(f.panel->restoreState(saved));
        QCOMPARE(f.panel->saveState(), saved);
        QJsonObject bad = saved;
        bad[u"panel"_s] = bad[u"panel"_s].toString().replace(u"\"mean\""_s, u"\"attic\""_s);
        QVERIFY(bad != saved);
        QVERIFY(!f.panel->restoreState(bad));
        bad = saved;
        bad[u"panel"_s] = bad[u"panel"_s].toString().replace(u"[2]"_s, u"[-2]"_s);
        QVERIFY(bad != saved);
        QVERIFY(!f.panel->restoreState(bad));
        bad = saved;
        bad[u"omission"_s] = u"not a picture"_s;
        QVERIFY(!f.panel->restoreState(bad));
        QCOMPARE(f.panel->saveState(), saved);
        QVERIFY(f.settle());
    }

    void theAnswerIsExported() {
        SegmentationFixture f;
        f.open();
        QVERIFY(f.settle());
        f.paint();
        Q_EMIT f.grid()->pinToggled(2);
        QVERIFY(f.settle());
        f.answer = QString::fromStdString(f.at("out").string());
        f.run("export");
        QVERIFY(f.settle());
        for (const char* name :
             {"out/sample-000.png", "out/sample-015.png", "out/answer.npz", "out/sheet.png"})
            QVERIFY2(std::filesystem::exists(f.at(name)), name);
        const QJsonObject saved = f.panel->saveState();
        f.run("clear");
        f.find<QSpinBox>("seed")->setValue(9);
        QVERIFY(f.panel->openFile(QString::fromStdString(f.at("out/sample-003.png").string())));
        QTRY_VERIFY_WITH_TIMEOUT(f.panel->saveState() == saved, 10'000);
        QVERIFY(f.settle());
    }

    void aStoppedAnswerIsNotExported() {
        SegmentationFixture f;
        f.openWithKnownLabels();
        f.log.delayMs = 40;
        f.run("sweepToEnd");
        f.run("stopSweeps");
        f.log.delayMs = 0;
        QVERIFY(f.settle());
        f.answer = QString::fromStdString(f.at("out").string());
        f.run("export");
        QVERIFY(f.messages.text().contains(u"stopped"_s));
        QVERIFY(!std::filesystem::exists(f.at("out")));
        f.run("sweep");
        QVERIFY(f.settle());
        f.run("export");
        QVERIFY(f.settle());
        const auto recipe = readPngRecipe(f.at("out/sheet.png"));
        QCOMPARE(segmentationRecipeFromJson(**recipe)->request.numSweeps, 1);  // what is seen
    }

    void everyPartTellsWhatItIs() {
        SegmentationFixture f;
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
        QVERIFY(f.find<LabeledSlider>("numSweeps")->whatsThis().contains(u"section 5.3"_s));
        QVERIFY(f.find<QPushButton>("hideBox")->whatsThis().contains(u"section 4.3"_s));
        QVERIFY(f.find<QWidget>("reliability")->whatsThis().contains(u"Not described"_s));
        QVERIFY(f.panel->whatsThis().contains(u"Sohn"_s));
    }

    void everyPartHasAName() {
        SegmentationFixture f;
        f.open();
        QVERIFY(f.settle());
        f.find<QComboBox>("target")->setCurrentIndex(3);
        f.paint();
        QVERIFY(f.settle());
        const QStringList unnamed = unnamedWidgets(f.panel.get());
        QVERIFY2(unnamed.isEmpty(), qPrintable(unnamed.join(u'\n')));
    }
};

QTEST_MAIN(TestSegmentationPanel)
#include "tst_segmentation_panel.moc"
