// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panel_kit/comparison_stage.h"

class QLabel;

namespace vitrine {

class FlowWheelLegend;
class PictureFilm;
class PointCanvas;
class StateNotice;

/// A, the morph between and B beside each other; or one sentence where there is nothing to see.
class CorrespondenceStage : public ComparisonStage {
    Q_OBJECT
public:
    explicit CorrespondenceStage(QWidget* parent = nullptr);

    PointCanvas* a() const { return m_a; }
    PointCanvas* b() const { return m_b; }
    PictureFilm* film() const { return m_film; }
    void setNames(const QString& a, const QString& b);
    /// Under B, e.g. how far the chosen point can be believed.
    void setCaption(const QString& text);
    /// Full scale of the colour wheel in pixels; 0 hides the legend.
    void setWheelScale(double px);
    void setDimmed(bool dimmed);
    /// A line over the pictures that stay; empty: none.
    void showWarning(const QString& text);

Q_SIGNALS:
    /// A chair was dropped on A (0) or B (1).
    void chairDropped(int side, const QString& id);

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void buildPictures();
    QWidget* column(const QString& id, QLabel*& title, const QList<QWidget*>& parts);

    PointCanvas* m_a = nullptr;
    PointCanvas* m_b = nullptr;
    PictureFilm* m_film = nullptr;
    QLabel* m_nameA = nullptr;
    QLabel* m_nameB = nullptr;
    QLabel* m_middle = nullptr;
    QLabel* m_caption = nullptr;
    FlowWheelLegend* m_wheel = nullptr;
    StateNotice* m_warning = nullptr;
};

}  // namespace vitrine
