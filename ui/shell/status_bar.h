// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <functional>
#include <vector>

#include "core/jobs/job.h"

class QLabel;
class QProgressBar;
class QToolButton;

namespace vitrine {

/// The line under the window: model - device - latency - frames per second; the running job with time left
/// and cancel. Every field has the width its longest value needs, so that nothing moves. Thread: GUI.
class StatusBar : public QWidget {
    Q_OBJECT
public:
    explicit StatusBar(QWidget* parent = nullptr);

    void setModel(const QString& name, const QString& tip = {});
    void setDevice(const QString& name);
    /// Units: milliseconds from request to picture; < 0 clears it.
    void setLatencyMs(double ms);
    /// Units: frames a second while something moves; < 0 clears it.
    void setFps(double fps);

    /// Shows a job until endJob. `cancel` is called at most once, by the [x]; without it there is no [x].
    int beginJob(const QString& text, std::function<void()> cancel = {});
    void setJobText(int job, const QString& text);
    void setJobProgress(int job, const Progress& progress);
    void endJob(int job);
    int numJobs() const { return int(m_jobs.size()); }
    /// As shown: "Rendering 43 %, 1 min left".
    QString jobText() const;

private:
    struct Entry {
        int id = 0;
        QString text;
        Progress progress;
        std::function<void()> cancel;
        bool cancelling = false;
    };
    struct Separator {
        QWidget* line = nullptr;
        QLabel* field = nullptr;  ///< behind it
    };
    void buildLayout();
    void setField(QLabel* field, const QString& text);
    void showSeparators();
    void showNewestJob();
    void cancelShownJob();
    Entry* find(int job);

    std::vector<Entry> m_jobs;
    int m_nextJob = 1;
    std::vector<Separator> m_separators;
    QLabel* m_model = nullptr;
    QLabel* m_device = nullptr;
    QLabel* m_latency = nullptr;
    QLabel* m_fps = nullptr;
    QWidget* m_jobBox = nullptr;
    QLabel* m_jobLabel = nullptr;
    QProgressBar* m_jobBar = nullptr;
    QToolButton* m_cancel = nullptr;
};

/// "2 s left", "1 min left", "3 h left"; empty for < 0.
QString timeLeftText(double seconds);
/// Nothing while so little is done that the time left is a guess.
QString timeLeftText(const Progress& progress);

}  // namespace vitrine
