// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/completion/completion_presenter.h"

#include "ui/bridge/completion_service.h"
#include "ui/bridge/image_convert.h"
#include "ui/panels/completion/completion_stage.h"
#include "ui/panels/completion/hidden_view.h"
#include "ui/panels/completion/likelihood_section.h"
#include "ui/shell/status_bar.h"
#include "ui/views/captioned_view.h"
#include "ui/views/color_map.h"
#include "ui/views/sample_grid.h"

namespace vitrine {
namespace {

constexpr int kFine = 4;  ///< pixels a pixel: tiles are scaled smoothly, and pixels stay squares

void show(CaptionedView* view, const QImage& picture, const QString& caption, const QString& placeholder) {
    view->view()->setPlaceholder(placeholder);
    view->view()->setImage(picture);
    view->setCaption(picture.isNull() ? QString() : caption);
}

QImage tileOf(const Image& sample) {
    const QImage picture = toQImage(sample);
    return picture.scaled(picture.size() * kFine);
}

}  // namespace

CompletionPresenter::CompletionPresenter(CompletionStage* stage,
                                         SampleGrid* grid,
                                         CompletionStore& store,
                                         CompletionService& network,
                                         StatusBar& status,
                                         QObject* parent)
    : QObject(parent), m_stage(stage), m_grid(grid), m_store(store), m_network(network), m_status(status) {
    connect(&m_network, &CompletionService::resultReady, this, &CompletionPresenter::takeResult);
    connect(&m_network, &CompletionService::pathReady, this, [this](const std::vector<Image>& path) {
        m_path.take(path);
        showAnswer();
    });
    connect(&m_network, &CompletionService::idle, this, &CompletionPresenter::settledChanged);
}

const CompletionResult* CompletionPresenter::result() const {
    return m_number != 0 && m_resultOf == m_number ? &*m_result : nullptr;
}

bool CompletionPresenter::isSettled() const {
    return m_network.isIdle();
}

CompletionRequest CompletionPresenter::request() const {
    CompletionRequest request = requestOf(m_store.state());
    const int numChannels = m_network.model() ? m_network.model()->numChannels : 0;
    std::erase_if(request.forced,
                  [numChannels](const ForcedChannel& each) { return each.channel >= numChannels; });
    return request;
}

void CompletionPresenter::networkChanged() {
    m_asked.reset();
    showState();
}

void CompletionPresenter::showState() {
    if (!m_asked || !asksTheSame(*m_asked, m_store.state())) ask();
    askPath();
    showAnswer();
}

/// A network that sees some of a picture needs one.
bool CompletionPresenter::canAsk() const {
    return m_network.state() == CompletionService::State::Ready &&
           (m_store.state().picture || m_network.model()->numQuadrants == 0);
}

void CompletionPresenter::ask() {
    m_asked = m_store.state();
    m_path.clear();
    m_number = canAsk() ? m_network.request(request()) : 0;
    Q_EMIT settledChanged();
}

void CompletionPresenter::askPath() {
    if (m_number == 0 || m_store.state().samples != CompletionSamples::Path) return;
    const auto ends = m_path.next(m_store.state());
    if (!ends) return;
    m_network.requestPath(request(), ends->first, ends->second, CompletionState::kPathSteps);
    Q_EMIT settledChanged();
}

void CompletionPresenter::takeResult(quint64 number, const CompletionResult& result, double latencyMs) {
    if (number != m_number) return;
    m_result = result;
    m_resultOf = number;
    m_tiles.clear();
    for (const Image& sample : result.samples) m_tiles << tileOf(sample);
    if (m_stage->isVisible()) m_status.setLatencyMs(latencyMs);
    showAnswer();
    Q_EMIT resultChanged();
}

// The old answer stays, dimmed, until the new one is there.
void CompletionPresenter::showAnswer() {
    static const CompletionResult kNone{};
    const CompletionResult& answer = m_result ? *m_result : kNone;
    showInput(answer);
    showSamples(answer);
    showDeviation(answer);
    showOneAnswer(answer);
    showTruth();
    showGrid();
    for (const CaptionedView* view :
         {m_stage->input(), m_stage->samples(), m_stage->deviation(), m_stage->answer()})
        view->view()->setDimmed(!result());
}

void CompletionPresenter::showInput(const CompletionResult& answer) {
    const int numSeen = m_network.model() ? m_network.model()->numQuadrants : 0;
    m_stage->hidden()->setHidden(answer.hidden);
    show(m_stage->input(),
         toQImage(answer.picture),
         numSeen == 0 ? tr("Nothing observed") : tr("%1 of 4 quadrants observed").arg(numSeen),
         tr("Loading the network"));
}

void CompletionPresenter::showSamples(const CompletionResult& answer) {
    const CompletionState& state = m_store.state();
    CaptionedView* view = m_stage->samples();
    view->setChoice(int(state.samples));
    switch (state.samples) {
        case CompletionSamples::Mean:
            return show(view,
                        toQImage(answer.mean),
                        answer.samples.size() == 1 ? tr("1 sample")
                                                   : tr("%n samples", nullptr, int(answer.samples.size())),
                        {});
        case CompletionSamples::Chosen: {
            const bool isThere = state.chosen >= 0 && state.chosen < int(answer.samples.size());
            return show(view,
                        isThere ? toQImage(answer.samples[std::size_t(state.chosen)]) : QImage(),
                        tr("Sample %1").arg(state.chosen + 1),
                        tr("Click a sample below"));
        }
        case CompletionSamples::Path:
            return showPath();
    }
}

void CompletionPresenter::showPath() {
    const CompletionState& state = m_store.state();
    const Image* picture = m_path.picture(state);
    show(m_stage->samples(),
         picture ? toQImage(*picture) : QImage(),
         picture ? tr("Sample %1 to %2, %3 of %4")
                       .arg(m_path.ends().first + 1)
                       .arg(m_path.ends().second + 1)
                       .arg(state.pathStep + 1)
                       .arg(m_path.pictures().size())
                 : QString(),
         pathEnds(state) ? QString() : tr("Pin two samples: double-click them, or press P"));
}

void CompletionPresenter::showDeviation(const CompletionResult& answer) {
    ScalarMap doubled = answer.deviation;  // 0.5 is the most there can be
    for (float& value : doubled.pixels) value *= 2;
    show(m_stage->deviation(),
         mapImage(doubled, &uncertaintyColor),
         tr("mean %1").arg(answer.meanDeviation, 0, 'f', 3),
         {});
}

void CompletionPresenter::showOneAnswer(const CompletionResult& answer) {
    CaptionedView* view = m_stage->answer();
    view->setChoice(int(m_store.state().answer));
    switch (m_store.state().answer) {
        case CompletionAnswer::Guess:
            return show(view,
                        toQImage(answer.guess),
                        answer.scores ? natsText(answer.scores->guess) : QString(),
                        tr("Nothing observed: a deterministic network has no input"));
        case CompletionAnswer::PriorMean:
            return show(view, toQImage(answer.priorMean), {}, tr("This network has no latent"));
        case CompletionAnswer::Reconstruction:
            return show(view,
                        toQImage(answer.reconstruction),
                        {},
                        answer.picture.empty() || answer.scores
                            ? tr("This network has no recognition network")
                            : tr("There is no picture to reconstruct"));
    }
}

void CompletionPresenter::showTruth() {
    const CompletionState& state = m_store.state();
    show(m_stage->truth(),
         state.picture ? toQImage(state.picture->image) : QImage(),
         state.picture ? state.picture->name : QString(),
         tr("No picture to compare with"));
}

void CompletionPresenter::showGrid() {
    const CompletionState& state = m_store.state();
    QList<SampleTile> tiles;
    for (int i = 0; i < int(m_tiles.size()); ++i)
        tiles << SampleTile{i, m_tiles[i], QString::number(i + 1), state.pinned.contains(i)};
    m_grid->setTiles(tiles);
    m_grid->setChosen(state.chosen);
}

}  // namespace vitrine
