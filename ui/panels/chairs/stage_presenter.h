// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>
#include <deque>
#include <optional>
#include <vector>

#include "core/sessions/chair_session.h"
#include "ui/bridge/real_chair_service.h"
#include "ui/panels/chairs/chair_panel_state.h"
#include "ui/panels/chairs/chair_stage.h"

namespace vitrine {

class ChairService;
class ImageCompositor;
class StatusBar;
class StyleGalleryModel;
struct StyleItem;

/// The chair that the network is being taught, and how far that is; or that it was taught.
struct TaughtChair {
    QString id;
    QString progress;  ///< "43 %, 6 min left"
    QString weights;   ///< of the network that knows it; empty: it is still learning
};

/// Keeps the stage true to the state: asks for the generated and the real pictures and shows them with their
/// captions.
class StagePresenter : public QObject {
    Q_OBJECT
public:
    StagePresenter(ChairStage* stage,
                   ChairStateStore& store,
                   ChairService& chairs,
                   RealChairService& reals,
                   ImageCompositor& compositor,
                   const StyleGalleryModel& gallery,
                   StatusBar& status,
                   QObject* parent = nullptr);

    /// Every picture that was asked for is shown.
    bool isSettled() const;
    /// As shown, at the network's size; null before the first, and where it no longer belongs to the state.
    QImage generatedImage() const;
    /// A real chair in the mix that the network was not trained on; none: it knows them all.
    const StyleItem* unknownChair() const;
    /// "Windsor chair", or "Windsor chair 62 %, bar stool 38 %".
    QString mixName(const RecipeMix& mix) const;
    /// What is shown: mixName(), or by the names that mixes were given.
    QString caption() const;
    /// The chairs known have changed.
    void galleryChanged();
    void setTaught(const TaughtChair& chair);

Q_SIGNALS:
    void settledChanged();

private:
    void connectSignals();
    void follow();
    void requestGenerated();
    void requestReal();
    void pictureArrived(const ChairPicture& picture, double latencyMs);
    void realArrived(quint64 number, const std::vector<Result<Image>>& pictures);
    void showGenerated();
    void showSides();
    void finishReal();
    void compare();
    QList<SidePicture> pureSides() const;
    QList<SidePicture> endSides() const;
    void showNotice();
    /// In the status line, which belongs to the panel in front.
    void countFrame(double latencyMs);
    std::vector<RealChairRequest> realRequests() const;
    void showUnknown(StageNotice& notice) const;
    void showTaught(StageNotice& notice, const QString& name) const;
    std::vector<std::size_t> shownEnds() const;

    ChairStage* m_stage;
    ChairStateStore& m_store;
    ChairService& m_chairs;
    RealChairService& m_reals;
    ImageCompositor& m_compositor;
    const StyleGalleryModel& m_gallery;
    StatusBar& m_status;

    std::deque<std::pair<quint64, ChairRequest>> m_sent;  ///< on their way to the worker and back
    std::optional<ChairRequest> m_asked;
    std::optional<ChairRequest> m_shownRequest;
    std::optional<ChairPicture> m_shown;
    TaughtChair m_taught;
    QString m_cannot;  ///< why the network can't paint what the state asks for

    std::vector<RealChairRequest> m_realAsked;
    std::vector<RealChairRequest> m_realShownRequests;
    std::vector<Result<Image>> m_realShown;
    QList<QImage> m_realImages;     ///< of m_realShown, as they are drawn; null where there is an error
    quint64 m_firstRealNumber = 0;  ///< older answers show other chairs
    QImage m_difference;
    QString m_psnr;

    std::deque<qint64> m_frameTimes;
    QTimer m_fpsTimer;
};

}  // namespace vitrine
