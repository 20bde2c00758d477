// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QObject>
#include <QString>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

#include "core/recipe/chair_cutout.h"
#include "core/sessions/chair_fit.h"

namespace vitrine {

class TaskService;

/// Fits the target with the network of `model`, which it opens for it: fp32, on the CPU. Errors: those of
/// ChairFitSession; InvalidArgument where the file is no longer that network.
Result<ChairFit> fitWithNetwork(const ChairModelInfo& model,
                                const Image& target,
                                const ChairFitContext& context);

/// A picture at the size that it is looked at in, on white, and where its chair is: 1. Both are of one size.
struct ShownMask {
    QImage picture;
    LabelMap mask;
    QSize fileSize;  ///< of the picture in its file
};

/// The mask at the size of the picture in its file, white on the chair, as `vitrine-cli fit --mask` takes it.
Status writeMask(const std::filesystem::path& file, const ShownMask& shown);

/// Finds the style of the chair in a picture, on a worker of its own. One picture at a time. Thread: GUI.
class ChairFitService : public QObject {
    Q_OBJECT
public:
    /// As fitWithNetwork(). Thread: the worker's. Shapes: target [S, S, 4] premultiplied, S the model's size.
    using Fitter = std::function<Result<ChairFit>(
        const ChairModelInfo& model, const Image& target, const ChairFitContext& context)>;

    explicit ChairFitService(Fitter fitter = fitWithNetwork, QObject* parent = nullptr);
    ~ChairFitService() override;

    /// Nothing happens while another picture is being fitted. `mask`: 1 on the chair, of any size; empty: it
    /// is looked for.
    void fit(const QString& picture, const ChairModelInfo& model, const LabelMap& mask = {});
    /// Ends soon, with the best so far.
    void cancel();
    /// Ends at once, without a result.
    void leave();
    bool isBusy() const { return !m_picture.isEmpty(); }
    /// The file that is being fitted; empty: none.
    const QString& picture() const { return m_picture; }

Q_SIGNALS:
    /// Where the chair was looked for, and found unless maskNeeded() follows. Not where a mask was given.
    void located(const vitrine::ShownMask& found);
    /// The chair of the picture, at the network's size. `notice`: a sentence, mostly empty.
    void cutOut(const QImage& chair, const QString& notice);
    void progressed(const vitrine::Progress& progress);
    /// What the network makes of the best style so far.
    void better(const QImage& chair);
    /// The last of a picture is one of these four; nothing is being fitted any more.
    void fitted(const QString& picture, const vitrine::ChairFit& fit, bool isCancelled);
    void cancelled(const QString& picture);  ///< before there was anything to keep
    /// All of the picture seems to be chair, or nothing of it.
    void maskNeeded(const QString& picture, vitrine::MaskShare share);
    void failed(const QString& picture, const vitrine::Error& error);

private:
    struct Work;
    void take(const Result<ChairFit>& fit);

    Fitter m_fitter;
    QString m_picture;
    std::optional<MaskShare> m_unusable;  ///< what was found in this picture, where it cannot be cut out
    quint64 m_number = 0;                 ///< of the newest fit; nothing is heard of earlier ones
    std::stop_source m_stop;
    std::unique_ptr<TaskService> m_tasks;
};

}  // namespace vitrine
