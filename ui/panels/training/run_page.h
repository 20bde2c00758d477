// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <vector>

#include "ui/bridge/run_info.h"
#include "ui/panels/training/curve_data.h"

class QSplitter;
class QStackedWidget;

namespace vitrine {

class CurvesPane;
class PictureFilm;
class RunHeader;
class StateNotice;

/// The stage of a run: what it is doing, its curves at the left, its previews at the right. Without one:
/// why, and what to do.
class RunPage : public QWidget {
    Q_OBJECT
public:
    enum class Notice { None, Loading, NoRuns, NoSelection };
    explicit RunPage(QWidget* parent = nullptr);

    /// Instead of a run.
    void showNotice(Notice notice);
    void showRun(const RunInfo& run, const QString& qualityMetric, const QString& qualityUnit);
    void showCurves(const std::vector<CurveSet>& curves, bool loaded);
    void showPreviewSteps(const std::vector<std::int64_t>& steps, bool loaded);

    CurvesPane* curves() const { return m_curves; }
    PictureFilm* film() const { return m_film; }
    RunHeader* header() const { return m_header; }
    StateNotice* problem() const { return m_problem; }

Q_SIGNALS:
    /// The button of the notice that is shown, or that of a problem.
    void noticePressed();
    void problemPressed();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void buildLayout();
    void showProblem(const RunInfo& run);

    QStackedWidget* m_stack = nullptr;
    StateNotice* m_empty = nullptr;
    QWidget* m_content = nullptr;
    RunHeader* m_header = nullptr;
    StateNotice* m_problem = nullptr;
    QSplitter* m_halves = nullptr;
    CurvesPane* m_curves = nullptr;
    PictureFilm* m_film = nullptr;
};

}  // namespace vitrine
