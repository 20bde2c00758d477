// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <filesystem>

#include "core/base/result.h"
#include "core/jobs/job.h"

namespace vitrine {

class HelperProcess;
class RunService;
class RunWatch;

/// Teaches a network a chair: vitrine-cli prepares a run, which is then trained like any other, outlives the
/// window and is seen in the Training panel. One chair at a time. Thread: GUI.
class TeachService : public QObject {
    Q_OBJECT
public:
    /// `program`: empty: vitrine-cli beside this program.
    explicit TeachService(QString program = {}, QObject* parent = nullptr);
    ~TeachService() override;

    /// `chairId`: of the catalogue. `model`: the weights to begin with, which stay as they are.
    void teach(const QString& chairId, const std::filesystem::path& model);
    /// While the run is prepared nothing is left of it; later it stops with a checkpoint.
    void cancel();
    bool isBusy() const { return !m_chairId.isEmpty(); }
    /// Of the chair that is being learned; empty: none.
    const QString& chairId() const { return m_chairId; }

Q_SIGNALS:
    void progressed(const vitrine::Progress& progress);
    /// `weights`: of the network that knows the chair.
    void taught(const QString& chairId, const QString& weights);
    /// Before the end; nothing where the run was not prepared yet.
    void stopped(const QString& chairId, const QString& run);
    void failed(const QString& chairId, const vitrine::Error& error);

private:
    void train(const std::filesystem::path& run);
    void look();
    void fail(const Error& error);
    /// Nothing is being learned any more; the chair's id.
    QString end();

    QString m_program, m_chairId;
    HelperProcess* m_helper = nullptr;
    RunWatch* m_watch = nullptr;  ///< while a run is trained
    RunService* m_runs = nullptr;
    std::filesystem::path m_run;  ///< empty: not prepared yet
    bool m_wasLive = false;
};

}  // namespace vitrine
