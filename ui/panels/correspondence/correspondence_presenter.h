// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QList>
#include <QObject>
#include <memory>
#include <vector>

#include "core/recipe/correspondence_points.h"
#include "ui/panels/correspondence/correspondence_state.h"

class QTimer;

namespace vitrine {

class CorrespondenceStage;
class MorphStrip;
struct CanvasPoint;

/// Shows state and answer on the stage and the strip.
class CorrespondencePresenter : public QObject {
    Q_OBJECT
public:
    CorrespondencePresenter(CorrespondenceStage* stage,
                            MorphStrip* strip,
                            CorrespondenceStore& store,
                            QObject* parent);

    void setResult(std::shared_ptr<const CorrespondenceResult> result);
    /// The answer belongs to another question by now.
    void setStale(bool stale);
    const CorrespondenceResult* result() const { return m_result.get(); }
    std::shared_ptr<const CorrespondenceResult> sharedResult() const { return m_result; }
    /// Of the state's points, in order; empty without an answer.
    const std::vector<PointMatch>& matches() const { return m_matches; }
    /// Mean distance of the match from what annotators marked. Units: pixels; NaN where nobody did.
    double annotationErrorPx() const;
    void setFrame(int frame);

Q_SIGNALS:
    void matchesChanged();

private:
    void showState();
    void showFrames(int current);
    void showPictures();
    void showPoints();
    void showFrame();
    void showCurve();
    void showCaption();
    QList<CanvasPoint> pointsOfA() const;
    QList<CanvasPoint> pointsOfB() const;
    QList<CanvasPoint> annotatedPoints(bool onB) const;

    CorrespondenceStage* m_stage;
    MorphStrip* m_strip;
    CorrespondenceStore& m_store;
    CorrespondenceState m_shown;
    std::shared_ptr<const CorrespondenceResult> m_result;
    std::vector<PointMatch> m_matches;
    QTimer* m_blink = nullptr;
    bool m_blinksToA = false;
    int m_frame = 0;
};

}  // namespace vitrine
