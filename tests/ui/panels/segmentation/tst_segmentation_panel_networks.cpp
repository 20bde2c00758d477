// SPDX-License-Identifier: GPL-3.0-or-later
// What each kind of network is asked and answers; following known labels in sweeps.
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QRegularExpression>

#include "tests/support/test_program.h"
#include "tests/ui/panels/segmentation/segmentation_fixture.h"
#include "ui/panels/segmentation/sweep_curve.h"
#include "ui/shell/inspector_section.h"
#include "ui/shell/labeled_slider.h"
#include "ui/views/label_paint.h"

using namespace vitrine;
using namespace Qt::StringLiterals;

class TestSegmentationPanelNetworks : public QObject {
    Q_OBJECT
private Q_SLOTS:
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
};

VITRINE_TEST(TestSegmentationPanelNetworks)
#include "tst_segmentation_panel_networks.moc"
