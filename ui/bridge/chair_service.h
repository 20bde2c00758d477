// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <atomic>
#include <memory>
#include <vector>

#include "core/recipe/style_map.h"
#include "core/sessions/chair_session.h"
#include "ui/bridge/network_service.h"

namespace vitrine {

struct OpenChairModel : ChairModelInfo {
    explicit OpenChairModel(const ChairSession& session)
        : ChairModelInfo(session.info()), styleMap(session.styleCodes()) {}
    StyleMap styleMap;  ///< empty where there is none
};

/// Generates chairs off the GUI thread. Pictures for the stage: at most one is being made, of those that wait
/// only the newest is kept, every finished one is delivered. Batches (grids, morphs, exports) go through a
/// queue and let the stage pass. After a file that cannot be opened nothing is generated until
/// keepEarlierModel(). Thread: GUI.
class ChairService : public NetworkService<ChairSession, OpenChairModel> {
    Q_OBJECT
public:
    explicit ChairService(Opener opener = openSession<ChairSession>, QObject* parent = nullptr);

    /// After a failure: continues with the network that was there before.
    void keepEarlierModel();
    /// Of the network that answers now; empty where there is none.
    const StyleMap& styleMap() const;

    /// Its number; 0 where there is no network.
    quint64 requestPicture(const ChairRequest& request);
    /// The number of the newest request that was answered (picture or failure), and of the newest that was
    /// asked.
    quint64 newestAnswered() const { return m_pictures.answered(); }
    quint64 newestRequested() const { return m_pictures.asked(); }

    /// Many pictures, delivered as they are made. Its number; 0 where there is no network.
    quint64 requestBatch(const std::vector<ChairRequest>& requests);
    void cancelBatch(quint64 batch);

    /// Compares all styles with renders of a chair, one for each view, and lets the stage pass. A newer
    /// question ends an older one. Shapes: renders premultiplied [S, S, 4] of the network's size. Its number;
    /// 0 where there is no network.
    quint64 requestNearestStyle(const std::vector<ChairView>& views, const std::vector<Image>& renders);
    void leaveNearestStyle() { m_nearest.leave(); }

Q_SIGNALS:
    /// Numbers only grow.
    void pictureReady(quint64 number, const vitrine::ChairPicture& picture, double latencyMs);
    void batchPicturesReady(quint64 batch, int first, const std::vector<vitrine::ChairPicture>& pictures);
    void batchFinished(quint64 batch);
    void batchFailed(quint64 batch, const vitrine::Error& error);
    void nearestStyleProgress(double share);
    /// Its index.
    void nearestStyleReady(const vitrine::Result<int>& style);

private:
    struct Batch;
    struct Search;

    void askChunk(const std::shared_ptr<Batch>& batch, std::size_t first);
    void deliverChunk(const std::shared_ptr<Batch>& batch,
                      std::size_t first,
                      const Result<std::vector<ChairPicture>>& pictures);
    quint64 compareNextStyles(const std::shared_ptr<Search>& search);

    Question m_pictures{*this, Question::Answers::Every};
    Question m_chunks{*this, Question::Answers::Every};
    Question m_nearest{*this};
    quint64 m_nextBatch = 1;
    QHash<quint64, std::shared_ptr<Batch>> m_batches;
};

}  // namespace vitrine
