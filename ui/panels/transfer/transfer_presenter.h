// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QObject>
#include <optional>
#include <vector>

#include "core/recipe/transfer_nearest.h"
#include "ui/bridge/real_chair_service.h"
#include "ui/panels/transfer/transfer_state.h"

namespace vitrine {

class CaptionedView;
class StatusBar;
class TransferService;
class TransferStage;
class TransferStripPane;

/// Asks networks and renderer for what the state describes, and shows the answers on the stage and the strip.
class TransferPresenter : public QObject {
    Q_OBJECT
public:
    TransferPresenter(TransferStage* stage,
                      TransferStripPane* strip,
                      TransferStore& store,
                      TransferService& networks,
                      RealChairService& chairs,
                      StatusBar& status,
                      QObject* parent);

    /// Chairs that can be rendered.
    void setChairs(std::vector<ChairEntry> chairs);
    /// Empty: none are listed.
    void setNearest(std::vector<NearestSource> nearest);
    void showState();
    /// Other networks answer from now on.
    void networksChanged();

    /// The answer to the state; nullptr while it is being made.
    const TransferResult* result() const { return m_isCurrent && m_result ? &*m_result : nullptr; }
    const TransferNeighbours& beside() const { return m_beside; }
    /// As TransferSession::strip() gives it; empty while it is being made.
    const std::vector<Image>& strip() const { return m_strip; }
    QString nameOf(const QString& id) const;
    bool isSettled() const;

Q_SIGNALS:
    /// Something was asked or answered.
    void changed();

private:
    struct StripRequest {
        std::string target;
        SourceViews without;
        bool operator==(const StripRequest&) const = default;
    };
    void askNetworks();
    void askRenderer();
    void takeRenders(const std::vector<Result<Image>>& pictures);
    void showPictures();
    void showNetwork(CaptionedView* view, SourceViews sources);
    void showNearest();
    void showReal();
    QString psnrText(const Image& picture) const;

    TransferStage* m_stage;
    TransferStripPane* m_stripPane;
    TransferStore& m_store;
    TransferService& m_networks;
    RealChairService& m_chairService;
    std::vector<ChairEntry> m_chairs;
    std::vector<NearestSource> m_nearest;
    QHash<QString, QString> m_names;
    std::optional<TransferRequest> m_asked;
    std::optional<StripRequest> m_askedStrip;
    std::optional<TransferState> m_rendered;  ///< what the newest request to the renderer was for
    std::optional<TransferResult> m_result;
    bool m_isCurrent = false;  ///< the result is the state's
    ChairsBeside m_chairsBeside;
    TransferNeighbours m_beside;
    QString m_renderFault;
    std::vector<Image> m_strip;
};

}  // namespace vitrine
