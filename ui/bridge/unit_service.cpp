// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/unit_service.h"

#include <algorithm>
#include <numeric>

#include "core/recipe/unit_pictures.h"
#include "ui/bridge/image_convert.h"

namespace vitrine {
namespace {

constexpr std::size_t kUnitsPerPass = 8;  ///< few, so that the stage need not wait

std::vector<int> unitsOf(const ChairLayer& layer, const std::vector<int>& first) {
    std::vector<int> units(std::size_t(layer.numUnits), 0);
    std::iota(units.begin(), units.end(), 0);
    std::ranges::stable_partition(
        units, [&first](int unit) { return std::ranges::find(first, unit) != first.end(); });
    return units;
}

}  // namespace

struct UnitService::Sweep {
    UnitRequest request;
    PictureChannel channel;
    std::vector<int> units;
    MapWindow footprint;
    std::size_t next = 0;
    std::atomic<bool> stopped = false;
};

const ChairLayer* UnitModelInfo::layer(const std::string& name) const {
    const auto found = std::ranges::find(layers, name, &ChairLayer::name);
    return found == layers.end() ? nullptr : &*found;
}

UnitService::UnitService(Opener opener, QObject* parent) : NetworkService(std::move(opener), parent) {}

void UnitService::open(const std::filesystem::path& file) {
    stopSweep();
    NetworkService::open(file);
}

quint64 UnitService::request(const UnitRequest& request) {
    return ask(
        m_stage,
        Turn::Next,
        [request](UnitSession& session) { return session.run(request); },
        [this](const UnitResult& result, double latencyMs) {
            Q_EMIT resultReady(m_stage.answered(), result, latencyMs);
        });
}

void UnitService::requestSteps(const UnitRequest& request, const std::vector<double>& values) {
    ask(
        m_steps,
        Turn::InOrder,
        [request, values](UnitSession& session) { return session.runValues(request, values); },
        [this](const std::vector<ChairOutput>& steps) { Q_EMIT stepsReady(steps); });
}

void UnitService::requestActivations(const ChairRequest& chair, const std::string& layer) {
    ask(
        m_activations,
        Turn::InOrder,
        [chair, layer](UnitSession& session) { return session.activations(chair, layer); },
        [this](const LayerActivations& activations) { Q_EMIT activationsReady(activations); });
}

void UnitService::requestMaps(const ChairRequest& chair, const std::string& layer) {
    using Maps = std::pair<LayerActivations, std::vector<MapEntry>>;
    ask(
        m_maps,
        Turn::InOrder,
        [chair, layer](UnitSession& session) -> Result<Maps> {
            VITRINE_TRY(LayerActivations activations, session.activations(chair, layer));
            auto entries = mapsByPeriod(activations);
            return Maps{std::move(activations), std::move(entries)};
        },
        [this](const Maps& maps) { Q_EMIT mapsReady(maps.first, maps.second); });
}

void UnitService::requestOther(const UnitRequest& request) {
    ask(
        m_other,
        Turn::InOrder,
        [request](UnitSession& session) { return session.run(request); },
        [this, request](const UnitResult& result) { Q_EMIT otherReady(request, result); });
}

void UnitService::requestFilters(bool mask) {
    ask(
        m_filters,
        Turn::InOrder,
        [mask](UnitSession& session) { return Result<FilterBank>(session.filters(mask)); },
        [this](const FilterBank& bank) { Q_EMIT filtersReady(bank); });
}

void UnitService::writeFigure(const std::filesystem::path& file, const UnitRecipe& recipe) {
    ask(
        m_files,
        Turn::InOrder,
        [file, recipe](UnitSession& session) -> Status {
            VITRINE_TRY(const UnitFigure figure, makeUnitFigure(session, recipe, {}));
            return writeUnitFigure(file, figure, recipe);
        },
        [this, file] { Q_EMIT written(QString::fromStdString(file.string())); });
}

void UnitService::writeArrays(const std::filesystem::path& file, const UnitRequest& request) {
    ask(
        m_files,
        Turn::InOrder,
        [file, request](UnitSession& session) { return writeUnitArrays(file, session, request); },
        [this, file] { Q_EMIT written(QString::fromStdString(file.string())); });
}

void UnitService::startSweep(const UnitRequest& request,
                             PictureChannel channel,
                             const std::vector<int>& first) {
    stopSweep();
    const ChairLayer* layer = canAnswer() ? model()->layer(request.layer) : nullptr;
    if (!layer) return;
    m_sweep = std::make_shared<Sweep>();
    m_sweep->request = request;
    m_sweep->channel = channel;
    m_sweep->units = unitsOf(*layer, first);
    const MapWindow whole{0, 0, layer->side, layer->side};
    m_sweep->footprint =
        footprintOf(*layer,
                    request.cell ? MapWindow{request.cell->row, request.cell->column, 1, 1} : whole,
                    model()->chairs.size);
    askPass(m_sweep);
}

void UnitService::askPass(const std::shared_ptr<Sweep>& sweep) {
    using Thumbnails = Result<QList<UnitThumbnail>>;
    const std::size_t first = sweep->next;
    sweep->next = std::min(first + kUnitsPerPass, sweep->units.size());
    askFor(
        m_passes,
        Turn::InOrder,
        [sweep, units = std::span(sweep->units).subspan(first, sweep->next - first)](
            UnitSession& session, const std::stop_token& stop) -> Thumbnails {
            QList<UnitThumbnail> thumbnails;
            if (sweep->stopped) return thumbnails;
            const auto keep = [&](const std::vector<UnitSample>& samples) {
                for (const UnitSample& sample : samples) {
                    const Image shown = shownPicture(sample.output, sweep->channel);
                    thumbnails << UnitThumbnail{sample.unit,
                                                toQImage(closeUp(shown, sweep->footprint, kUnitThumbnail)),
                                                sample.effect};
                }
            };
            VITRINE_TRY([[maybe_unused]] const JobOutcome outcome,
                        session.sweep(sweep->request, keep, stop, units));
            return thumbnails;
        },
        [this, sweep](const Thumbnails& thumbnails, double) {
            if (sweep == m_sweep) takePass(*sweep, thumbnails);
        });
}

void UnitService::takePass(const Sweep& sweep, const Result<QList<UnitThumbnail>>& thumbnails) {
    if (thumbnails)
        Q_EMIT sweepAdvanced(*thumbnails, int(sweep.units.size()));
    else
        Q_EMIT failed(thumbnails.error());
    if (&sweep != m_sweep.get()) return;  // whoever listened began another one
    if (!thumbnails || sweep.next == sweep.units.size())
        endSweep();
    else
        askPass(m_sweep);
}

void UnitService::endSweep() {
    m_sweep.reset();
    Q_EMIT sweepFinished();
}

void UnitService::stopSweep() {
    if (!m_sweep) return;
    m_sweep->stopped = true;
    endSweep();
}

}  // namespace vitrine
