// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QImage>
#include <QObject>
#include <QSet>
#include <QStringList>
#include <deque>
#include <filesystem>
#include <memory>

#include "core/jobs/worker.h"
#include "ui/bridge/real_chair_service.h"

namespace vitrine {

/// Small pictures of real chairs, rendered once in the background and kept on disk. Thread: GUI.
class ThumbnailService : public QObject {
    Q_OBJECT
public:
    static constexpr int kSize = 160;  ///< pixels a side

    ThumbnailService(RealChairPainter painter, std::filesystem::path folder, QObject* parent = nullptr);
    ~ThumbnailService() override;

    /// Asks for those that are neither here, nor asked for, nor failed. They come in this order.
    void request(const std::vector<ChairEntry>& chairs);
    /// What failed may be asked for again.
    void forgetFailures() { m_failed.clear(); }
    /// The chair looks different now: its thumbnail is rendered anew when it is asked for.
    void forget(const QString& id);
    /// These next, if they are waiting.
    void prioritise(const QStringList& ids);
    QImage thumbnail(const QString& id) const { return m_thumbnails.value(id); }
    bool isWaitingFor(const QString& id) const { return m_asked.contains(id); }
    bool isIdle() const { return m_waiting.empty() && !m_busy; }

Q_SIGNALS:
    void thumbnailReady(const QString& id, const QImage& image);
    void thumbnailFailed(const QString& id, const vitrine::Error& error);
    void idle();

private:
    void postNext();
    void deliver(const QString& id, const Result<QImage>& result);

    RealChairPainter m_painter;
    std::filesystem::path m_folder;
    QHash<QString, QImage> m_thumbnails;
    QSet<QString> m_asked;
    QSet<QString> m_failed;
    std::deque<ChairEntry> m_waiting;
    bool m_busy = false;
    std::unique_ptr<Worker> m_worker;
};

}  // namespace vitrine
