// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QObject>
#include <QString>
#include <functional>
#include <memory>
#include <stop_token>

#include "core/sessions/chair_fit.h"

namespace vitrine {

class TaskService;

/// Fits the target with the network of `model`, which it opens for it: fp32, on the CPU. Errors: those of
/// ChairFitSession; InvalidArgument where the file is no longer that network.
Result<ChairFit> fitWithNetwork(const ChairModelInfo& model,
                                const Image& target,
                                const ChairFitContext& context);

/// Finds the style of the chair in a picture, on a worker of its own. One picture at a time. Thread: GUI.
class ChairFitService : public QObject {
    Q_OBJECT
public:
    /// As fitWithNetwork(). Thread: the worker's. Shapes: target [S, S, 4] premultiplied, S the model's size.
    using Fitter = std::function<Result<ChairFit>(
        const ChairModelInfo& model, const Image& target, const ChairFitContext& context)>;

    explicit ChairFitService(Fitter fitter = fitWithNetwork, QObject* parent = nullptr);
    ~ChairFitService() override;

    /// Nothing happens while another picture is being fitted.
    void fit(const QString& picture, const ChairModelInfo& model);
    /// Ends soon, with the best so far.
    void cancel();
    /// Ends at once, without a result.
    void leave();
    bool isBusy() const { return !m_picture.isEmpty(); }
    /// The file that is being fitted; empty: none.
    const QString& picture() const { return m_picture; }

Q_SIGNALS:
    /// The chair of the picture, at the network's size. `notice`: a sentence, mostly empty.
    void cutOut(const QImage& chair, const QString& notice);
    void progressed(const vitrine::Progress& progress);
    /// What the network makes of the best style so far.
    void better(const QImage& chair);
    /// The last of a picture is one of these three; nothing is being fitted any more.
    void fitted(const QString& picture, const vitrine::ChairFit& fit, bool isCancelled);
    void cancelled(const QString& picture);  ///< before there was anything to keep
    void failed(const QString& picture, const vitrine::Error& error);

private:
    struct Work;
    void take(const Result<ChairFit>& fit);

    Fitter m_fitter;
    QString m_picture;
    quint64 m_number = 0;  ///< of the newest fit; nothing is heard of earlier ones
    std::stop_source m_stop;
    std::unique_ptr<TaskService> m_tasks;
};

}  // namespace vitrine
