// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <functional>
#include <memory>
#include <vector>

#include "core/data/theta.h"
#include "core/jobs/worker.h"
#include "core/render/chair_renderer.h"

namespace vitrine {

/// A real chair from anywhere, transformed as the network's output is.
struct RealChairRequest {
    ChairEntry chair;
    ChairView view;
    Theta theta;
    int size = 128;
};

/// Whether both are one chair, turned alike: a chair of the user's own can be turned.
bool isSameChair(const ChairEntry& a, const ChairEntry& b);

/// Shapes: [H, W, 4] premultiplied. Thread: a worker's. Errors: those of ChairModel::load.
using RealChairPainter = std::function<Result<Image>(const RealChairRequest&)>;
/// Keeps the few chairs used last in memory.
RealChairPainter makeRealChairPainter();

/// Renders real chairs off the GUI thread; as with the stage, the newest request wins. Thread: GUI.
class RealChairService : public QObject {
    Q_OBJECT
public:
    explicit RealChairService(RealChairPainter painter = makeRealChairPainter(), QObject* parent = nullptr);
    ~RealChairService() override;

    /// Several chairs that are shown together. Its number.
    quint64 request(const std::vector<RealChairRequest>& chairs);
    quint64 newestRequested() const { return m_newestRequested; }
    quint64 newestAnswered() const { return m_newestAnswered; }

Q_SIGNALS:
    /// One result for each chair, in order.
    void ready(quint64 number, const std::vector<vitrine::Result<vitrine::Image>>& pictures);

private:
    void deliver(quint64 number, const std::vector<Result<Image>>& pictures);

    RealChairPainter m_painter;
    quint64 m_newestRequested = 0;
    quint64 m_newestAnswered = 0;
    std::unique_ptr<Worker> m_worker;
};

}  // namespace vitrine
