// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/segmentation/segmentation_presenter.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "core/metrics/segmentation_metrics.h"
#include "core/sessions/segmentation_answer.h"
#include "ui/bridge/image_convert.h"
#include "ui/bridge/segmentation_service.h"
#include "ui/panels/segmentation/numbers_section.h"
#include "ui/panels/segmentation/segmentation_stage.h"
#include "ui/shell/status_bar.h"
#include "ui/views/captioned_view.h"
#include "ui/views/color_map.h"
#include "ui/views/label_colors.h"
#include "ui/views/label_paint.h"
#include "ui/views/legend_bar.h"
#include "ui/views/sample_grid.h"

namespace vitrine {

using namespace Qt::StringLiterals;

namespace {

/// What the network did not see tells nothing about its answer: it is as dark as the stage.
QImage withHiddenDark(const QImage& picture, const LabelMap& omission) {
    constexpr QRgb kHidden = qRgb(40, 41, 45);
    QImage seen = picture.convertToFormat(QImage::Format_RGB32);
    if (seen.width() != omission.width || seen.height() != omission.height) return seen;
    for (int y = 0; y < seen.height(); ++y) {
        auto* const row = reinterpret_cast<QRgb*>(seen.scanLine(y));
        for (int x = 0; x < seen.width(); ++x)
            if (omission.at(y, x)) row[x] = kHidden;
    }
    return seen;
}

}  // namespace

SegmentationPresenter::SegmentationPresenter(SegmentationStage* stage,
                                             SampleGrid* grid,
                                             SegmentationStore& store,
                                             SegmentationService& network,
                                             SegmentationService& gdnn,
                                             StatusBar& status,
                                             QObject* parent)
    : QObject(parent),
      m_stage(stage),
      m_grid(grid),
      m_store(store),
      m_network(network),
      m_gdnn(gdnn),
      m_status(status) {
    connect(&m_store, &SegmentationStore::changed, this, &SegmentationPresenter::stateChanged);
    connect(&m_network, &SegmentationService::samplesReady, this, &SegmentationPresenter::takeSamples);
    connect(&m_network,
            &SegmentationService::sweepsReady,
            this,
            [this](quint64, const std::vector<double>& shares) {
                m_changedShares = shares;
                Q_EMIT sweepsChanged();
            });
    connect(&m_network, &SegmentationService::resultReady, this, &SegmentationPresenter::takeResult);
    connect(&m_network, &SegmentationService::idle, this, &SegmentationPresenter::settledChanged);
    connect(&m_network, &SegmentationService::pathReady, this, [this](const std::vector<LabelMap>& path) {
        m_path.take(path);
        showAggregate();
    });
    connect(&m_gdnn, &SegmentationService::idle, this, &SegmentationPresenter::settledChanged);
    connect(&m_gdnn,
            &SegmentationService::resultReady,
            this,
            [this](quint64 number, const SegmentationResult& result, double) {
                if (number != m_gdnnNumber) return;
                m_gdnnResult = std::make_shared<SegmentationResult>(result);
                if (m_store.state().answer == AnswerView::Gdnn) showAnswer();
            });
    connect(&m_gdnn, &SegmentationService::stateChanged, this, [this] {
        askGdnn();
        showAnswer();
    });
}

bool SegmentationPresenter::isSettled() const {
    return m_network.isIdle() && m_gdnn.isIdle();
}

void SegmentationPresenter::networkChanged() {
    m_shown = {};
    stateChanged();
}

// A stroke changes the marks many times a second: only what looks otherwise is drawn again.
void SegmentationPresenter::stateChanged() {
    const SegmentationState& state = m_store.state();
    const SegmentationState before = std::exchange(m_shown, state);
    if (before.picture != state.picture) showInput();
    if (before.opacity != state.opacity) m_tiles.clear();
    if (!asksTheSame(before, state)) {
        m_step.reset();
        ask();
    }
    askPath();
    if (before.answer != state.answer) askGdnn();
    showMarks();
    if (!looksTheSame(before, state)) showAll();
}

void SegmentationPresenter::ask() {
    const SegmentationState& state = m_store.state();
    m_path.clear();
    m_gdnnNumber = 0;
    if (std::exchange(m_gdnnResult, nullptr) && state.answer == AnswerView::Gdnn) showAnswer();
    if (!state.picture) return;
    m_number = m_network.request(request());
    askPath();
    askGdnn();
    Q_EMIT settledChanged();
}

/// Only while it is looked at: the samples need the processor.
void SegmentationPresenter::askGdnn() {
    const SegmentationState& state = m_store.state();
    if (state.answer != AnswerView::Gdnn || !state.picture || !m_gdnn.model() || m_gdnnResult) return;
    SegmentationRequest one = answerable(requestOf(state), *m_gdnn.model());
    one.forced.clear();
    one.numSamples = 1;
    m_gdnnNumber = m_gdnn.request(one);
}

SegmentationRequest SegmentationPresenter::request() const {
    SegmentationRequest request = requestOf(m_store.state());
    if (m_step) request.numSweeps = *m_step;
    return m_network.model() ? answerable(std::move(request), *m_network.model()) : request;
}

void SegmentationPresenter::sweepOnce() {
    m_step = std::min(m_step.value_or(0) + 1, kMaxSweeps);
    ask();
}

void SegmentationPresenter::sweepToEnd() {
    m_step.reset();
    ask();
}

void SegmentationPresenter::stop() {
    m_network.stop();
}

SweepProgress SegmentationPresenter::sweeps() const {
    return {m_changedShares, m_store.state().numSweeps, m_step.has_value(), m_network.isAnswering()};
}

// The old answer stays until there is something of the new one.
void SegmentationPresenter::takeSamples(quint64 number, int first, const std::vector<LabelMap>& samples) {
    if (number != m_number) return;
    if (m_votesOf != number || first == 0) beginAnswer(number);
    for (const LabelMap& sample : samples) m_votes.add(sample);
    showAnswers();
}

void SegmentationPresenter::takeResult(quint64 number, const SegmentationResult& result, double latencyMs) {
    if (number != m_number) return;
    if (m_votesOf != number) beginAnswer(number);
    m_result = std::make_shared<SegmentationResult>(result);
    m_resultOf = number;
    for (auto i = std::size_t(m_votes.count()); i < result.samples.size(); ++i)
        m_votes.add(result.samples[i]);
    m_agreements = m_votes.agreements();
    m_changedShares = result.changedShares;
    if (m_stage->isVisible()) m_status.setLatencyMs(latencyMs);
    showAnswers();
    Q_EMIT resultChanged();
}

void SegmentationPresenter::beginAnswer(quint64 number) {
    m_votesOf = number;
    forgetAnswer();
    m_seen = withHiddenDark(m_picture, m_shown.marks.omission);
}

void SegmentationPresenter::forgetAnswer() {
    m_votes.clear();
    m_tiles.clear();
    m_agreements.clear();
    m_result.reset();
}

QImage SegmentationPresenter::pictureOf(const LabelMap& labels) const {
    return overlayLabels(m_seen, labels, m_store.state().opacity);
}

void SegmentationPresenter::showInput() {
    const SegmentationState& state = m_store.state();
    m_picture = state.picture ? toQImage(state.picture->image) : QImage();
    m_seen = m_picture;
    m_stage->canvas()->setImage(m_picture);
    forgetAnswer();
}

void SegmentationPresenter::showMarks() {
    const SegmentationState& state = m_store.state();
    m_stage->canvas()->setMarks(state.marks);
    if (!state.picture) return;
    const double hidden = countOf(state.marks.omission, 1);
    m_stage->input()->setCaption(
        tr("%1, %2 % hidden")
            .arg(state.picture->name)
            .arg(100 * hidden / double(state.marks.omission.pixels.size()), 0, 'f', 0));
}

void SegmentationPresenter::showAll() {
    const SegmentationState& state = m_store.state();
    const bool isKnown = state.picture && !state.picture->truth.empty();
    m_stage->truth()->view()->setImage(isKnown ? overlayLabels(m_picture, state.picture->truth, state.opacity)
                                               : QImage());
    m_stage->truth()->view()->setPlaceholder(tr("Unknown for this picture"));
    m_stage->aggregate()->setChoice(int(state.aggregate));
    m_stage->uncertainty()->setChoice(int(state.uncertainty));
    m_stage->answer()->setChoice(int(state.answer));
    showAnswers();
}

void SegmentationPresenter::showAnswers() {
    showGrid();
    showAggregate();
    showUncertainty();
    showAnswer();
}

std::vector<int> SegmentationPresenter::order() const {
    const SegmentationState& state = m_store.state();
    std::vector<int> order(std::size_t(m_votes.count()));
    std::iota(order.begin(), order.end(), 0);
    if (state.order == SampleOrder::Differing && m_agreements.size() == order.size())
        std::ranges::stable_sort(order, {}, [this](int i) { return m_agreements[std::size_t(i)]; });
    if (state.order == SampleOrder::Best && m_result && m_result->scores &&
        m_result->scores->sampleIous.size() == order.size())
        std::ranges::stable_sort(order, std::greater{}, [this](int i) {
            const double iou = m_result->scores->sampleIous[std::size_t(i)];
            return std::isfinite(iou) ? iou : -1;
        });
    std::ranges::stable_partition(order, [&state](int i) { return state.pinned.contains(i); });
    return order;
}

QString SegmentationPresenter::captionOf(int sample) const {
    const bool scored = m_result && m_result->scores && sample < int(m_result->scores->sampleIous.size());
    const QString number = QString::number(sample + 1);
    return scored ? u"%1 · %2"_s.arg(number, scoreText(m_result->scores->sampleIous[std::size_t(sample)]))
                  : number;
}

const QImage& SegmentationPresenter::tileOf(int sample) {
    while (m_tiles.size() <= sample) m_tiles << pictureOf(m_votes.sample(int(m_tiles.size())));
    return m_tiles[sample];
}

void SegmentationPresenter::showGrid() {
    const SegmentationState& state = m_store.state();
    QList<SampleTile> tiles;
    for (const int sample : order())
        tiles << SampleTile{sample, tileOf(sample), captionOf(sample), state.pinned.contains(sample)};
    const bool isOneAnswer = m_network.model() && !m_network.model()->hasNoise;
    const int numSamples = isOneAnswer ? 1 : state.numSamples;
    while (!tiles.isEmpty() && tiles.size() < numSamples && !m_result)
        tiles << SampleTile{int(tiles.size()), {}, {}, false};
    m_grid->setTiles(tiles);
    m_grid->setChosen(state.chosen);
}

void SegmentationPresenter::showAggregate() {
    const SegmentationState& state = m_store.state();
    CaptionedView* view = m_stage->aggregate();
    const LabelMap* truth = state.picture && !state.picture->truth.empty() ? &state.picture->truth : nullptr;
    view->view()->setPixelText({});
    if (m_truthHeld && truth) {
        view->view()->setImage(pictureOf(*truth));
        view->setCaption(tr("The truth, while Shift is held"));
        return;
    }
    view->view()->setDimmed(!m_result);
    if (state.aggregate == AggregateView::Chosen) {
        const bool there = state.chosen >= 0 && state.chosen < m_votes.count();
        view->view()->setPlaceholder(tr("Click a sample below"));
        view->view()->setImage(there ? tileOf(state.chosen) : QImage());
        view->setCaption(there ? tr("Sample %1").arg(captionOf(state.chosen)) : QString());
        return;
    }
    if (state.aggregate == AggregateView::Difference) return showDifference();
    if (state.aggregate == AggregateView::Path) return showPath();
    if (!m_result) return;
    const bool mean = state.aggregate == AggregateView::Mean;
    view->view()->setImage(mean ? overlayProbabilities(m_seen, m_result->probability, state.opacity)
                                : pictureOf(m_result->argmax));
    if (mean)
        view->view()->setPixelText([result = m_result](const QPoint& pixel) {
            const ScalarMap& shares = result->probability;
            float most = 0;
            for (int c = 0; c < shares.channels; ++c)
                most = std::max(most, shares.at(pixel.y(), pixel.x(), c));
            return scoreText(most);
        });
    if (m_votes.count() < 2) return view->setCaption({});
    view->setCaption(tr("diversity %1").arg(scoreText(m_result->diversity)),
                     tr("Mean of 1 − IoU over pairs of the %n samples", nullptr, m_votes.count()));
}

// While the path is being made, what was there stays.
void SegmentationPresenter::showPath() {
    if (m_path.isAwaited()) return;
    const SegmentationState& state = m_store.state();
    CaptionedView* view = m_stage->aggregate();
    const LabelMap* labels = m_path.picture(state);
    view->view()->setPlaceholder(pathEnds(state) ? QString()
                                                 : tr("Pin two samples: double-click them, or press P"));
    view->view()->setImage(labels ? pictureOf(*labels) : QImage());
    view->setCaption(labels
                         ? tr("Latent path, %1 of %2").arg(state.pathStep + 1).arg(m_path.pictures().size())
                         : QString());
}

/// Of the first two pinned samples.
void SegmentationPresenter::showDifference() {
    CaptionedView* view = m_stage->aggregate();
    const QList<int>& pinned = m_store.state().pinned;
    const bool there = pinned.size() >= 2 && std::max(pinned[0], pinned[1]) < m_votes.count();
    view->view()->setPlaceholder(tr("Pin two samples: double-click them, or press P"));
    if (!there) {
        view->view()->setImage({});
        return view->setCaption({});
    }
    const LabelMap &first = m_votes.sample(pinned[0]), &second = m_votes.sample(pinned[1]);
    view->view()->setImage(overlayDifference(m_seen, first, second));
    const int numClasses = m_network.model() ? m_network.model()->numClasses : 2;
    view->setCaption(tr("Samples %1 and %2, IoU %3")
                         .arg(pinned[0] + 1)
                         .arg(pinned[1] + 1)
                         .arg(scoreText(meanIou(first, second, {numClasses, 1, EmptyClass::Skip}))));
}

void SegmentationPresenter::showUncertainty() {
    CaptionedView* view = m_stage->uncertainty();
    view->view()->setDimmed(!m_result);
    if (!m_result) return;
    const bool entropy = m_store.state().uncertainty == UncertaintyView::Entropy;
    ScalarMap map = entropy ? m_result->entropy : m_result->mutualInformation;
    const float most = entropy || map.pixels.empty() ? 1 : std::ranges::max(map.pixels);
    LegendBar* legend = m_stage->uncertaintyLegend();
    if (entropy) {
        legend->setLabels(tr("0"), {}, tr("1"));
        legend->setToolTip(tr("0: all samples are certain of one class; 1: all classes are equally likely"));
    } else {  // a small part of the entropy, mostly: it has its own scale
        legend->setLabels(tr("0"), {}, QString::number(most, 'g', 2));
        legend->setToolTip(
            tr("0: the samples agree; %1, the maximum here: they differ").arg(most, 0, 'g', 2));
    }
    legend->setAccessibleName(legend->toolTip());
    const double sum = std::accumulate(map.pixels.begin(), map.pixels.end(), 0.0);
    view->setCaption(tr("mean %1").arg(scoreText(sum / double(std::max<std::size_t>(1, map.pixels.size())))),
                     entropy ? tr("Entropy of the samples' mean, 1 where all classes are equally likely")
                             : tr("The part of the entropy that is due to disagreement between samples"));
    view->view()->setPixelText(
        [map](const QPoint& pixel) { return scoreText(map.at(pixel.y(), pixel.x())); });
    if (most > 0)
        for (float& value : map.pixels) value /= most;
    view->view()->setImage(mapImage(map, &uncertaintyColor));
}

void SegmentationPresenter::showAnswer() {
    const AnswerView which = m_store.state().answer;
    CaptionedView* view = m_stage->answer();
    const SegmentationResult* result = which == AnswerView::Gdnn ? m_gdnnResult.get() : m_result.get();
    view->view()->setDimmed(!result);
    if (!result && which == AnswerView::Gdnn && !m_gdnn.model()) {
        view->view()->setPlaceholder(tr("No GDNN is bundled; train one in Training"));
        view->view()->setImage({});
        view->setCaption({});
    }
    if (!result) return;
    const auto show =
        [&](const LabelMap& labels, double SegmentationScores::*iou, const QString& placeholder) {
            view->view()->setPlaceholder(placeholder);
            view->view()->setImage(labels.empty() ? QImage() : pictureOf(labels));
            const bool isScored = result->scores && !labels.empty();
            view->setCaption(isScored ? tr("IoU %1").arg(scoreText((*result->scores).*iou)) : QString());
        };
    switch (which) {
        case AnswerView::PriorMean:
        case AnswerView::Gdnn:
            return show(result->mean, &SegmentationScores::meanIou, {});
        case AnswerView::Guess:
            return show(
                result->guess, &SegmentationScores::guessIou, tr("This network makes no first guess"));
        case AnswerView::Reconstruction:
            return show(result->reconstruction,
                        &SegmentationScores::reconstructionIou,
                        m_store.state().picture->truth.empty()
                            ? tr("The true labels of this picture are not known")
                            : tr("This network has no recognition network"));
        case AnswerView::NearestKnown:
            return show(result->nearestKnown,
                        &SegmentationScores::nearestKnownIou,
                        tr("Hide a part of the picture, or paint labels"));
    }
}

void SegmentationPresenter::askPath() {
    const SegmentationState& state = m_store.state();
    const auto& model = m_network.model();
    const bool hasPath = model && model->hasNoise && model->numChannels > 0;
    if (m_number == 0 || state.aggregate != AggregateView::Path || !state.picture || !hasPath) return;
    if (const auto ends = m_path.next(state))
        m_network.requestPath(request(), ends->first, ends->second, SegmentationState::kPathSteps);
}

void SegmentationPresenter::setTruthHeld(bool held) {
    if (held == m_truthHeld) return;
    m_truthHeld = held;
    showAggregate();
}

}  // namespace vitrine
