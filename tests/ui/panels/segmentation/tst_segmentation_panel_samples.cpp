// SPDX-License-Identifier: GPL-3.0-or-later
// Samples as they come, their order, votes and latent channels.
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>

#include "tests/support/test_program.h"
#include "tests/ui/panels/segmentation/segmentation_fixture.h"
#include "ui/panels/segmentation/reliability_diagram.h"
#include "ui/shell/labeled_slider.h"
#include "ui/views/label_paint.h"
#include "ui/views/vote_bars.h"

using namespace vitrine;
using namespace Qt::StringLiterals;

class TestSegmentationPanelSamples : public QObject {
    Q_OBJECT
private Q_SLOTS:
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
};

VITRINE_TEST(TestSegmentationPanelSamples)
#include "tst_segmentation_panel_samples.moc"
