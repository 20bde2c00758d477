// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/units/unit_presenter.h"

#include <algorithm>
#include <utility>

#include "core/recipe/unit_pictures.h"
#include "ui/bridge/image_convert.h"
#include "ui/panels/units/effect_section.h"
#include "ui/panels/units/unit_stage.h"
#include "ui/panels/units/unit_strip_pane.h"
#include "ui/shell/status_bar.h"
#include "ui/views/captioned_view.h"
#include "ui/views/color_map.h"
#include "ui/views/tile_view.h"
#include "ui/views/zoom_view.h"

namespace vitrine {

using namespace Qt::StringLiterals;

namespace {

constexpr int kRestMs = 250;
constexpr int kTileMs = 80;
constexpr int kCloseUpSide = 384;

QString numberText(double value) {
    return QString::number(value, 'g', 3);
}

QString nameOf(const ChairLayer& layer, int unit) {
    return UnitPresenter::tr(layer.isMap() ? "%1, map %2" : "%1, unit %2")
        .arg(QString::fromStdString(layer.name))
        .arg(unit);
}

/// What is seen in the large picture.
QString captionOf(const UnitRequest& request, const ChairLayer& layer) {
    const QString layerName = QString::fromStdString(layer.name);
    switch (request.mode) {
        case UnitMode::Replace:
            return UnitPresenter::tr("%1 at %2").arg(nameOf(layer, request.unit), numberText(request.value));
        case UnitMode::Add:
            return UnitPresenter::tr("%1 plus %2")
                .arg(nameOf(layer, request.unit), numberText(request.value));
        case UnitMode::Window:
            return UnitPresenter::tr(request.outside ? "%1 outside a window of %2 × %3"
                                                     : "%1 in a window of %2 × %3")
                .arg(layerName)
                .arg(request.window.height)
                .arg(request.window.width);
        case UnitMode::Maps:
            return UnitPresenter::tr(request.keepMaps ? "%1, only %2 maps" : "%1 without %2 maps")
                .arg(layerName)
                .arg(request.maps.size());
    }
    return {};
}

bool asksTheSamePicture(const UnitState& a, const UnitState& b) {
    return a.model == b.model && a.recipe.chair == b.recipe.chair && a.recipe.request == b.recipe.request;
}

}  // namespace

UnitPresenter::UnitPresenter(UnitStage* stage,
                             UnitStripPane* strip,
                             UnitStore& store,
                             UnitService& units,
                             StatusBar& status,
                             QObject* parent)
    : QObject(parent), m_stage(stage), m_strip(strip), m_store(store), m_units(units), m_status(status) {
    m_stripTimer.setSingleShot(true);
    m_stripTimer.setInterval(kRestMs);
    m_tileTimer.setSingleShot(true);
    m_tileTimer.setInterval(kTileMs);
    connect(&m_stripTimer, &QTimer::timeout, this, &UnitPresenter::askStrip);
    connect(&m_tileTimer, &QTimer::timeout, this, &UnitPresenter::showUnits);
    connect(&m_store, &UnitStore::changed, this, &UnitPresenter::stateChanged);
    connectService();
    connectTiles();
}

void UnitPresenter::connectService() {
    connect(&m_units,
            &UnitService::resultReady,
            this,
            [this](quint64, const UnitResult& result, double latencyMs) { takeResult(result, latencyMs); });
    connect(&m_units, &UnitService::activationsReady, this, &UnitPresenter::activationsChanged);
    connect(&m_units, &UnitService::stepsReady, this, &UnitPresenter::showSteps);
    connect(&m_units, &UnitService::filtersReady, this, &UnitPresenter::showFilters);
    connect(&m_units, &UnitService::mapsReady, this, &UnitPresenter::showMaps);
    connect(&m_units,
            &UnitService::otherReady,
            this,
            [this](const UnitRequest& request, const UnitResult& result) {
                m_pinned = result;
                m_pinnedUnit = request.unit;
                showPinned();
            });
    connect(&m_units, &UnitService::sweepAdvanced, this, [this](const QList<UnitThumbnail>& thumbnails) {
        for (const UnitThumbnail& thumbnail : thumbnails) m_thumbnails.insert(thumbnail.unit, thumbnail);
        if (!m_tileTimer.isActive()) m_tileTimer.start();
    });
    connect(&m_units, &UnitService::sweepFinished, this, [this] {
        m_tileTimer.stop();
        showUnits();
        Q_EMIT settledChanged();
    });
    connect(&m_units, &UnitService::idle, this, &UnitPresenter::settledChanged);
}

void UnitPresenter::connectTiles() {
    connect(m_strip->units(), &TileView::tileChosen, this, [this](int unit) {
        m_store.change(
            u"unit"_s, tr("Choose a unit"), [unit](UnitState& state) { state.recipe.request.unit = unit; });
    });
    const auto pin = [this](int unit) {
        m_store.changeOnce(u"pin"_s, tr("Pin a unit"), [unit](UnitState& state) {
            if (state.pinned.removeAll(unit) == 0) state.pinned << unit;
        });
    };
    connect(m_strip->units(), &TileView::markToggled, this, pin);
    connect(m_strip->units(), &TileView::doubleClicked, this, [this, pin](const QModelIndex& index) {
        pin(m_strip->units()->tiles()[index.row()].number);
    });
    connect(m_strip->steps(), &TileView::tileChosen, this, [this](int step) {
        const std::vector<double> steps = boostSteps(m_store.state().recipe.request.value);
        m_store.changeOnce(
            u"step"_s, tr("Choose a step"), [value = steps[std::size_t(step)]](UnitState& state) {
                state.recipe.request.value = value;
            });
    });
    connect(m_strip->filters(), &TileView::tileChosen, this, [this](int map) {
        const auto& layers = m_units.model()->layers;
        const bool mask = m_store.state().recipe.mask;
        auto output = std::ranges::find(layers, mask ? "output mask" : "output", &ChairLayer::name);
        if (output == layers.end()) output = std::ranges::find(layers, "output", &ChairLayer::name);
        m_store.changeOnce(u"filter"_s, tr("Choose a filter"), [&](UnitState& state) {
            setLayer(state, *std::prev(output));
            setMode(state, UnitMode::Replace, *std::prev(output));
            state.recipe.request.unit = map;
        });
    });
    const auto toggleMap = [this](int map) {
        const ChairLayer* layer = mapLayer();
        m_store.changeOnce(u"maps"_s, tr("Choose feature maps"), [&](UnitState& state) {
            UnitRequest& request = state.recipe.request;
            if (request.layer != layer->name) setLayer(state, *layer);
            if (request.mode != UnitMode::Maps) setMode(state, UnitMode::Maps, *layer), request.maps.clear();
            if (std::erase(request.maps, map) == 0) request.maps.push_back(map);
        });
    };
    connect(m_strip->maps(), &TileView::clicked, this, [this, toggleMap](const QModelIndex& index) {
        toggleMap(m_strip->maps()->tiles()[index.row()].number);
    });
    connect(m_strip->maps(), &TileView::markToggled, this, toggleMap);
}

bool UnitPresenter::isSettled() const {
    return m_units.isIdle() && !m_units.isSweeping() && !m_stripTimer.isActive() && !m_tileTimer.isActive();
}

std::optional<UnitRequest> UnitPresenter::request() const {
    if (!m_units.model()) return std::nullopt;
    const auto request = requestOf(m_store.state().recipe, m_units.model()->chairs.styleIds);
    return request ? std::optional(*request) : std::nullopt;
}

const ChairLayer* UnitPresenter::mapLayer() const {
    if (!m_units.model()) return nullptr;
    const auto& layers = m_units.model()->layers;
    const ChairLayer* own = m_units.model()->layer(m_store.state().recipe.request.layer);
    if (own && own->isMap() && !own->name.starts_with("output")) return own;
    return &*std::prev(std::ranges::find(layers, "output", &ChairLayer::name));
}

void UnitPresenter::networkChanged() {
    m_asked.reset();
    m_swept.reset();
    m_result.reset();
    m_pinned.reset();
    stateChanged();
}

void UnitPresenter::stateChanged() {
    const UnitState& state = m_store.state();
    const std::optional<UnitState> before = std::exchange(m_asked, state);
    m_strip->showState();
    const auto asked = request();
    if (!asked) return;
    const bool otherChair = !before || before->recipe.chair != state.recipe.chair;
    if (otherChair || before->recipe.request.layer != state.recipe.request.layer)
        m_units.requestActivations(asked->chair, asked->layer);
    if (!before || !asksTheSamePicture(*before, state))
        m_units.request(*asked);
    else if (m_result)
        showPictures();
    if (state.pinned.isEmpty()) m_pinned.reset();
    showPinned();
    showUnits();
    markMaps();
    m_stripTimer.start();
    Q_EMIT settledChanged();
}

void UnitPresenter::askStrip() {
    const auto asked = request();
    if (!asked) return;
    const UnitState& state = m_store.state();
    if (!state.pinned.isEmpty()) {
        UnitRequest other = *asked;
        other.unit = state.pinned.last();
        m_units.requestOther(other);
    }
    const bool isUnit = asked->mode == UnitMode::Replace || asked->mode == UnitMode::Add;
    if (state.strip == UnitStrip::Units && isUnit) sweep();
    if (state.strip == UnitStrip::Steps && isUnit) m_units.requestSteps(*asked, boostSteps(asked->value));
    if (state.strip == UnitStrip::Filters) m_units.requestFilters(state.recipe.mask);
    if (state.strip == UnitStrip::Maps) m_units.requestMaps(asked->chair, mapLayer()->name);
    showNote();
    Q_EMIT settledChanged();
}

void UnitPresenter::sweep() {
    const UnitState& state = m_store.state();
    if (m_swept && sweepsTheSame(*m_swept, state)) return;
    const bool otherLayer = !m_swept || m_swept->recipe.request.layer != state.recipe.request.layer;
    if (otherLayer) m_thumbnails.clear();  // else the old ones stay until the new ones are there
    m_swept = state;
    const QList<int>& pinned = state.pinned;
    std::vector<int> first(pinned.begin(), pinned.end());
    first.push_back(state.recipe.request.unit);
    m_units.startSweep(*request(), state.recipe.channel, first);
    showUnits();
}

void UnitPresenter::stopSweep() {
    m_units.stopSweep();
}

void UnitPresenter::takeResult(const UnitResult& result, double latencyMs) {
    m_result = result;
    if (m_stage->isVisible()) m_status.setLatencyMs(latencyMs);
    showPictures();
    Q_EMIT resultChanged();
}

void UnitPresenter::showPictures() {
    const UnitState& state = m_store.state();
    const UnitRequest& request = state.recipe.request;
    const ChairLayer* layer = m_units.model()->layer(request.layer);
    if (!layer) return;
    const bool replaces = request.mode == UnitMode::Replace;
    const Image changed = shownPicture(m_result->changed, state.recipe.channel);
    m_stage->changed()->setChoice(int(state.recipe.channel));
    m_stage->changed()->view()->setImage(toQImage(changed));
    m_stage->changed()->setCaption(captionOf(request, *layer));
    m_stage->base()->setTitle(replaces ? tr("Zero activations") : tr("The chair"));
    m_stage->base()->view()->setImage(toQImage(shownPicture(m_result->base, state.recipe.channel)));
    m_stage->base()->setCaption(replaces ? tr("%1 all zero").arg(QString::fromStdString(layer->name))
                                         : tr("As generated"));
    const ScalarMap difference = outputDifference(m_result->base, m_result->changed);
    const double range = std::max(rangeOf(difference), 1e-3);
    m_stage->difference()->view()->setImage(differenceImage(difference, range));
    m_stage->difference()->setCaption(tr("mean %1").arg(
        scoreText(scoreOf(m_result->effect, EffectMeasure::Difference), EffectMeasure::Difference)));
    m_stage->setDifferenceRange(range);
    const MapWindow window = closeUpWindow(*m_result);
    m_stage->closeUp()->view()->setImage(toQImage(closeUp(changed, window, kCloseUpSide)));
    m_stage->closeUp()->setCaption(
        tr("%1 × %2 px").arg(window.height).arg(window.width),
        tr("From row %1, column %2 of the picture").arg(window.top).arg(window.left));
}

void UnitPresenter::showPinned() {
    const UnitState& state = m_store.state();
    const ChairLayer* layer = m_units.model() ? m_units.model()->layer(state.recipe.request.layer) : nullptr;
    const bool isThere = m_pinned && layer && !state.pinned.isEmpty();
    m_stage->pinned()->view()->setImage(
        isThere ? toQImage(shownPicture(m_pinned->changed, state.recipe.channel)) : QImage());
    m_stage->pinned()->setCaption(isThere ? nameOf(*layer, m_pinnedUnit) : QString());
}

QList<int> UnitPresenter::order() const {
    const UnitState& state = m_store.state();
    const ChairLayer* layer = m_units.model() ? m_units.model()->layer(state.recipe.request.layer) : nullptr;
    QList<int> order;
    if (!layer || !m_swept || m_swept->recipe.request.layer != layer->name) return order;
    for (int unit = 0; unit < layer->numUnits; ++unit) order << unit;
    if (state.recipe.measure)
        std::ranges::stable_sort(order, std::greater{}, [&](int unit) {
            const auto found = m_thumbnails.find(unit);
            return found == m_thumbnails.end() ? -1 : std::abs(scoreOf(found->effect, *state.recipe.measure));
        });
    std::ranges::stable_partition(order, [&state](int unit) { return state.pinned.contains(unit); });
    return order;
}

void UnitPresenter::showUnits() {
    const UnitState& state = m_store.state();
    QList<Tile> tiles;
    for (const int unit : order()) {
        const auto found = m_thumbnails.find(unit);
        Tile tile{unit, {}, QString::number(unit), {}, state.pinned.contains(unit)};
        if (found != m_thumbnails.end()) {
            tile.picture = found->picture;
            if (state.recipe.measure)
                tile.caption +=
                    u'\n' + scoreText(scoreOf(found->effect, *state.recipe.measure), *state.recipe.measure);
            tile.tip = tr("Unit %1").arg(QString(tile.caption).replace(u'\n', u": "_s));
        }
        tiles << tile;
    }
    m_strip->units()->setCaptionLines(state.recipe.measure ? 2 : 1);
    m_strip->units()->setTiles(tiles);
    m_strip->units()->setChosen(state.recipe.request.unit);
    m_strip->setSweeping(m_units.isSweeping());
    showNote();
}

void UnitPresenter::showSteps(const std::vector<ChairOutput>& steps) {
    const std::vector<double> values = boostSteps(m_store.state().recipe.request.value);
    QList<Tile> tiles;
    for (std::size_t i = 0; i < steps.size(); ++i)
        tiles << Tile{
            int(i), toQImage(shownPicture(steps[i], m_store.state().recipe.channel)), numberText(values[i])};
    m_strip->steps()->setTiles(tiles);
}

void UnitPresenter::showFilters(const FilterBank& bank) {
    QList<Tile> tiles;
    for (const int map : bank.order)
        tiles << Tile{
            map, toQImage(filterPicture(bank.filters[std::size_t(map)], bank.range)), QString::number(map)};
    m_strip->filters()->setTiles(tiles);
    m_filterNote = tr("Weights, one scale for all: black −%1, mid-grey 0, white +%1; the strongest first")
                       .arg(numberText(bank.range));
    showNote();
}

void UnitPresenter::showMaps(const LayerActivations& activations, const std::vector<MapEntry>& maps) {
    const double range = activations.range();
    QList<Tile> tiles;
    for (const MapEntry& entry : maps)
        tiles << Tile{entry.map,
                      differenceImage(activations.map(entry.map), range),
                      tr("%1 · %2 %").arg(entry.map).arg(100 * entry.spectrum.share, 0, 'f', 0),
                      tr("Map %1: %2 % of its power in a wave of %3 px at %4°")
                          .arg(entry.map)
                          .arg(100 * entry.spectrum.share, 0, 'f', 1)
                          .arg(entry.spectrum.periodPx, 0, 'f', 1)
                          .arg(entry.spectrum.directionDeg, 0, 'f', 0)};
    m_strip->maps()->setTiles(tiles);
    m_mapNote = tr("%1, one scale for all: full red +%2; share of the power in the strongest wave; click to "
                   "zero or keep")
                    .arg(QString::fromStdString(activations.layer.name), numberText(range));
    markMaps();
    showNote();
}

void UnitPresenter::markMaps() {
    const UnitRequest& request = m_store.state().recipe.request;
    QList<Tile> tiles = m_strip->maps()->tiles();
    for (Tile& tile : tiles)
        tile.marked = request.mode == UnitMode::Maps &&
                      std::ranges::find(request.maps, tile.number) != request.maps.end();
    m_strip->maps()->setTiles(tiles);
}

void UnitPresenter::showNote() {
    const UnitState& state = m_store.state();
    if (state.strip == UnitStrip::Latent) return;  // it has a note of its own
    const bool isUnit =
        state.recipe.request.mode == UnitMode::Replace || state.recipe.request.mode == UnitMode::Add;
    const bool hasUnits = state.strip == UnitStrip::Units || state.strip == UnitStrip::Steps;
    if (hasUnits && !isUnit) return m_strip->setNote(tr("Choose “One unit” on the right to explore units."));
    if (state.strip == UnitStrip::Filters) return m_strip->setNote(m_filterNote, m_filterNote);
    if (state.strip == UnitStrip::Maps) return m_strip->setNote(m_mapNote, m_mapNote);
    if (state.strip == UnitStrip::Steps) return m_strip->setNote(tr("Click a step to take its value"));
    if (m_units.isSweeping())
        return m_strip->setNote(
            tr("%1 of %2").arg(m_thumbnails.size()).arg(m_strip->units()->tiles().size()));
    if (!state.recipe.measure) return m_strip->setNote(tr("Arrow keys move, P pins"));
    const QString definition = QString::fromUtf8(infoOf(*state.recipe.measure).definition);
    m_strip->setNote(definition, definition);
}

}  // namespace vitrine
