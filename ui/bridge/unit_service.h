// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QList>
#include <memory>
#include <vector>

#include "core/sessions/unit_figure.h"
#include "ui/bridge/network_service.h"

namespace vitrine {

struct UnitModelInfo {
    explicit UnitModelInfo(const UnitSession& session) : chairs(session.info()), layers(session.layers()) {}
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

/// Looks into a chair generator off the GUI thread. Of requests for the stage only the newest of those that
/// wait is answered; a sweep over a layer comes in small passes that let the stage go first. Thread: GUI.
class UnitService : public NetworkService<UnitSession, UnitModelInfo> {
    Q_OBJECT
public:
    explicit UnitService(Opener opener = openSession<UnitSession>, QObject* parent = nullptr);

    /// Ends a sweep.
    void open(const std::filesystem::path& file);

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

private:
    struct Sweep;

    void askPass(const std::shared_ptr<Sweep>& sweep);
    void takePass(const Sweep& sweep, const Result<QList<UnitThumbnail>>& thumbnails);
    void endSweep();

    Question m_stage{*this, Question::Answers::Every};
    Question m_steps{*this}, m_activations{*this}, m_maps{*this}, m_filters{*this}, m_other{*this};
    Question m_files{*this, Question::Answers::Every};
    Question m_passes{*this, Question::Answers::Every};
    std::shared_ptr<Sweep> m_sweep;
};

}  // namespace vitrine
