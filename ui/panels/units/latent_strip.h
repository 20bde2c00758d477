// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <filesystem>
#include <vector>

#include "ui/bridge/segmentation_service.h"

namespace vitrine {

class SegmentationService;
class TaskService;
class TileView;

/// The same question to the segmentation CVAE: what do its latent channels say? Each of the most active ones
/// is held at three deviations either side of the prior's mean, and the answer at the mean is shown. Asked
/// for when it is first looked at.
class LatentStrip : public QObject {
    Q_OBJECT
public:
    /// `models`, `pictures`: folders of the weight files and of the scenes.
    LatentStrip(TileView* tiles,
                SegmentationService::Opener opener,
                std::filesystem::path models,
                std::filesystem::path pictures,
                QObject* parent = nullptr);

    /// Looks, unless it has looked before.
    void show();
    bool isSettled() const;
    const QString& note() const { return m_note; }

Q_SIGNALS:
    void changed();

private:
    struct Held {
        int channel = 0;
        double deviations = 0;  ///< from the prior's mean; 0: nothing is held
        double nats = 0;
    };
    void networkChanged();
    void takePicture(const Image& picture);
    void takeActivity(const std::vector<double>& nats);
    void ask();
    void takeResult(const SegmentationResult& result);
    void say(const QString& text);

    TileView* m_tiles;
    std::filesystem::path m_models, m_pictures;
    SegmentationService* m_network = nullptr;
    TaskService* m_tasks = nullptr;
    SegmentationRequest m_request;
    std::vector<Held> m_held;
    std::size_t m_next = 0;
    QString m_note;
    bool m_shown = false;
};

}  // namespace vitrine
