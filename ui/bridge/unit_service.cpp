// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/unit_service.h"

#include <QElapsedTimer>
#include <algorithm>
#include <numeric>

#include "core/explore/unit_pictures.h"
#include "ui/views/image_convert.h"

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

struct UnitService::Network {
    std::unique_ptr<UnitSource> source;
};

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

UnitService::UnitService(UnitSourceOpener opener, QObject* parent)
    : QObject(parent), m_opener(std::move(opener)), m_network(std::make_shared<Network>()) {
    for (Newest* newest : {&m_steps, &m_activations, &m_maps, &m_filters, &m_other, &m_files})
        *newest = std::make_shared<std::atomic<quint64>>(0);
    m_worker = makeThreadWorker([this](const char* what) {
        QMetaObject::invokeMethod(
            this, [this, text = QString::fromUtf8(what)] { workerFailed(text); }, Qt::QueuedConnection);
    });
}

UnitService::~UnitService() {
    if (m_sweep) m_sweep->stopped = true;
    m_worker.reset();
}

void UnitService::open(const std::filesystem::path& file) {
    stopSweep();
    m_state = State::Loading;
    Q_EMIT stateChanged();
    m_worker->post([this, file, network = m_network, opener = m_opener](std::stop_token) {
        auto source = opener(file);
        if (!source) {
            QMetaObject::invokeMethod(
                this, [this, error = source.error()] { openFailed(error); }, Qt::QueuedConnection);
            return;
        }
        network->source = std::move(*source);
        UnitModelInfo info{network->source->info(), network->source->layers()};
        QMetaObject::invokeMethod(
            this, [this, info = std::move(info)] { opened(info); }, Qt::QueuedConnection);
    });
}

void UnitService::opened(UnitModelInfo info) {
    m_model = std::move(info);
    m_state = State::Ready;
    ++m_epoch;
    m_answered = m_requested;
    Q_EMIT stateChanged();
}

void UnitService::openFailed(const Error& error) {
    m_error = error;
    m_state = State::Failed;
    Q_EMIT stateChanged();
}

void UnitService::workerFailed(const QString& what) {
    m_answered = m_requested;
    m_numOpen = 0;
    m_sweep.reset();
    Q_EMIT failed({ErrorCode::Internal, "The network stopped with an error.", what.toStdString()});
    Q_EMIT idle();
}

void UnitService::checkIdle() {
    if (isIdle()) Q_EMIT idle();
}

quint64 UnitService::request(const UnitRequest& request) {
    if (!m_model) return 0;
    const quint64 number = ++m_requested;
    QElapsedTimer timer;
    timer.start();
    m_worker->postLatest(
        [this, request, number, timer, epoch = m_epoch, network = m_network](std::stop_token) {
            auto result = network->source->run(request);
            QMetaObject::invokeMethod(
                this,
                [this, number, epoch, timer, result = std::move(result)] {
                    if (epoch != m_epoch || number <= m_answered) return;
                    m_answered = number;
                    if (result)
                        Q_EMIT resultReady(number, *result, double(timer.nsecsElapsed()) / 1e6);
                    else
                        Q_EMIT failed(result.error());
                    checkIdle();
                },
                Qt::QueuedConnection);
        });
    return number;
}

template <class Work, class Done>
void UnitService::post(const Newest& newest, Work work, Done done) {
    if (!m_model) return;
    const quint64 number = ++*newest;
    ++m_numOpen;
    m_worker->post([this, newest, number, work, done, epoch = m_epoch, network = m_network](std::stop_token) {
        using Answer = decltype(work(*network->source));
        std::optional<Answer> answer;
        if (*newest == number) answer.emplace(work(*network->source));
        QMetaObject::invokeMethod(
            this,
            [this, newest, number, done, epoch, answer = std::move(answer)] {
                m_numOpen = std::max(0, m_numOpen - 1);
                if (answer && epoch == m_epoch && *newest == number) {
                    if (!answer->ok())
                        Q_EMIT failed(answer->error());
                    else if constexpr (std::is_same_v<Answer, Status>)
                        done();
                    else
                        done(**answer);
                }
                checkIdle();
            },
            Qt::QueuedConnection);
    });
}

void UnitService::requestSteps(const UnitRequest& request, const std::vector<double>& values) {
    post(
        m_steps,
        [request, values](UnitSource& source) { return source.runValues(request, values); },
        [this](const std::vector<ChairOutput>& steps) { Q_EMIT stepsReady(steps); });
}

void UnitService::requestActivations(const ChairRequest& chair, const std::string& layer) {
    post(
        m_activations,
        [chair, layer](UnitSource& source) { return source.activations(chair, layer); },
        [this](const LayerActivations& activations) { Q_EMIT activationsReady(activations); });
}

void UnitService::requestMaps(const ChairRequest& chair, const std::string& layer) {
    using Maps = std::pair<LayerActivations, std::vector<MapEntry>>;
    post(
        m_maps,
        [chair, layer](UnitSource& source) -> Result<Maps> {
            VITRINE_TRY(LayerActivations activations, source.activations(chair, layer));
            auto entries = mapsByPeriod(activations);
            return Maps{std::move(activations), std::move(entries)};
        },
        [this](const Maps& maps) { Q_EMIT mapsReady(maps.first, maps.second); });
}

void UnitService::requestOther(const UnitRequest& request) {
    post(
        m_other,
        [request](UnitSource& source) { return source.run(request); },
        [this, request](const UnitResult& result) { Q_EMIT otherReady(request, result); });
}

void UnitService::requestFilters(bool mask) {
    post(
        m_filters,
        [mask](UnitSource& source) { return Result<FilterBank>(source.filters(mask)); },
        [this](const FilterBank& bank) { Q_EMIT filtersReady(bank); });
}

void UnitService::writeFigure(const std::filesystem::path& file, const UnitRecipe& recipe) {
    post(
        m_files,
        [file, recipe](UnitSource& source) -> Status {
            VITRINE_TRY(const UnitFigure figure, source.figure(recipe, {}));
            return writeUnitFigure(file, figure, recipe);
        },
        [this, file] { Q_EMIT written(QString::fromStdString(file.string())); });
}

void UnitService::writeArrays(const std::filesystem::path& file, const UnitRequest& request) {
    post(
        m_files,
        [file, request](UnitSource& source) { return source.writeArrays(file, request); },
        [this, file] { Q_EMIT written(QString::fromStdString(file.string())); });
}

void UnitService::startSweep(const UnitRequest& request,
                             PictureChannel channel,
                             const std::vector<int>& first) {
    stopSweep();
    const ChairLayer* layer = m_model ? m_model->layer(request.layer) : nullptr;
    if (!layer) return;
    m_sweep = std::make_shared<Sweep>();
    m_sweep->request = request;
    m_sweep->channel = channel;
    m_sweep->units = unitsOf(*layer, first);
    const MapWindow whole{0, 0, layer->side, layer->side};
    m_sweep->footprint =
        footprintOf(*layer,
                    request.cell ? MapWindow{request.cell->row, request.cell->column, 1, 1} : whole,
                    m_model->chairs.size);
    postPass(m_sweep);
}

void UnitService::postPass(const std::shared_ptr<Sweep>& sweep) {
    ++m_numOpen;
    m_worker->post([this, sweep, network = m_network](std::stop_token) {
        Result<QList<UnitThumbnail>> thumbnails = QList<UnitThumbnail>();
        const std::size_t end = std::min(sweep->next + kUnitsPerPass, sweep->units.size());
        if (!sweep->stopped) {
            const auto samples = network->source->sample(
                sweep->request, std::span(sweep->units).subspan(sweep->next, end - sweep->next));
            if (!samples) thumbnails = samples.error();
            for (std::size_t i = 0; samples && i < samples->size(); ++i) {
                const UnitSample& sample = (*samples)[i];
                const Image shown = shownPicture(sample.output, sweep->channel);
                *thumbnails << UnitThumbnail{
                    sample.unit, toQImage(closeUp(shown, sweep->footprint, kUnitThumbnail)), sample.effect};
            }
        }
        QMetaObject::invokeMethod(
            this,
            [this, sweep, end, thumbnails = std::move(thumbnails)] {
                m_numOpen = std::max(0, m_numOpen - 1);
                if (sweep == m_sweep) {
                    sweep->next = end;
                    if (thumbnails)
                        Q_EMIT sweepAdvanced(*thumbnails, int(sweep->units.size()));
                    else
                        Q_EMIT failed(thumbnails.error());
                    if (!thumbnails || end == sweep->units.size())
                        endSweep();
                    else if (sweep == m_sweep)
                        postPass(sweep);
                }
                checkIdle();
            },
            Qt::QueuedConnection);
    });
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
