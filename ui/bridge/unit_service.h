// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QObject>
#include <atomic>
#include <memory>
#include <optional>
#include <vector>

#include "core/jobs/worker.h"
#include "ui/bridge/unit_source.h"

namespace vitrine {

struct UnitModelInfo {
    ChairModelInfo chairs;
    std::vector<ChairLayer> layers;

    const ChairLayer* layer(const std::string& name) const;
};

/// A unit of a sweep, small enough to keep a thousand of them.
struct UnitThumbnail {
    int unit = 0;
    QImage picture;  ///< kUnitThumbnail pixels a side: what the unit can reach of the picture
    UnitEffect effect;
};
inline constexpr int kUnitThumbnail = 64;

/// Looks into a chair generator off the GUI thread. Of requests for the stage only the newest is answered; a
/// sweep over a layer comes in small passes that let the stage go first. Thread: GUI; the network lives on
/// the worker's thread.
class UnitService : public QObject {
    Q_OBJECT
public:
    enum class State { Empty, Loading, Ready, Failed };

    explicit UnitService(UnitSourceOpener opener = openUnitSession, QObject* parent = nullptr);
    ~UnitService() override;

    void open(const std::filesystem::path& file);
    State state() const { return m_state; }
    /// Of the network that answers now; an earlier one stays where a file could not be opened.
    const std::optional<UnitModelInfo>& model() const { return m_model; }
    const Error& error() const { return m_error; }
    /// Whether nothing waits for an answer.
    bool isIdle() const { return m_numOpen == 0 && m_answered == m_requested; }

    /// Its number; 0 where there is no network.
    quint64 request(const UnitRequest& request);
    /// The newest wins, of each kind.
    void requestSteps(const UnitRequest& request, const std::vector<double>& values);
    void requestActivations(const ChairRequest& chair, const std::string& layer);
    /// The layer's maps, the most periodic first.
    void requestMaps(const ChairRequest& chair, const std::string& layer);
    void requestFilters(bool mask);
    /// Another unit beside the stage's.
    void requestOther(const UnitRequest& request);
    /// Every unit of the request's layer, `first` ones before the others; a new sweep ends the one before.
    void startSweep(const UnitRequest& request, PictureChannel channel, const std::vector<int>& first = {});
    void stopSweep();
    bool isSweeping() const { return m_sweep != nullptr; }
    /// A finished figure, into a file. `written` says when.
    void writeFigure(const std::filesystem::path& file, const UnitRecipe& recipe);
    void writeArrays(const std::filesystem::path& file, const UnitRequest& request);

Q_SIGNALS:
    void stateChanged();
    void resultReady(quint64 number, const vitrine::UnitResult& result, double latencyMs);
    void stepsReady(const std::vector<vitrine::ChairOutput>& steps);
    void activationsReady(const vitrine::LayerActivations& activations);
    void mapsReady(const vitrine::LayerActivations& activations, const std::vector<vitrine::MapEntry>& maps);
    void filtersReady(const vitrine::FilterBank& bank);
    void otherReady(const vitrine::UnitRequest& request, const vitrine::UnitResult& result);
    void sweepAdvanced(const QList<vitrine::UnitThumbnail>& thumbnails, int numUnits);
    /// Of the newest sweep: it has come to its end, or was stopped.
    void sweepFinished();
    void written(const QString& file);
    void failed(const vitrine::Error& error);
    void idle();

private:
    struct Network;  ///< touched on the worker's thread only
    struct Sweep;
    /// A kind of question of which only the newest counts.
    using Newest = std::shared_ptr<std::atomic<quint64>>;

    void opened(UnitModelInfo info);
    void openFailed(const Error& error);
    void workerFailed(const QString& what);
    void postPass(const std::shared_ptr<Sweep>& sweep);
    void endSweep();
    void checkIdle();
    /// Runs `work` with the network when its turn comes, unless a newer question of the kind waits, and
    /// `done` with the answer on this thread.
    template <class Work, class Done>
    void post(const Newest& newest, Work work, Done done);

    UnitSourceOpener m_opener;
    std::shared_ptr<Network> m_network;
    State m_state = State::Empty;
    std::optional<UnitModelInfo> m_model;
    Error m_error;
    quint64 m_epoch = 0;  ///< counts networks
    quint64 m_requested = 0;
    quint64 m_answered = 0;
    int m_numOpen = 0;
    Newest m_steps, m_activations, m_maps, m_filters, m_other, m_files;
    std::shared_ptr<Sweep> m_sweep;
    std::unique_ptr<Worker> m_worker;  // last: joins before the rest goes
};

}  // namespace vitrine
