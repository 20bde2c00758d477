// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QScrollArea>
#include <QSet>
#include <vector>

#include "core/base/result.h"
#include "ui/panels/training/curve_data.h"

class QGridLayout;
class QLabel;

namespace vitrine {

class CurvePlot;

/// All plots of the runs that are shown, under each other, or side by side where there is room. What a click
/// in a legend hides stays hidden.
class CurvesPane : public QScrollArea {
    Q_OBJECT
public:
    explicit CurvesPane(QWidget* parent = nullptr);

    /// `loaded`: what is empty is really empty.
    void setCurves(const std::vector<CurveSet>& curves, bool loaded);
    void setSmoothing(double smoothing);
    void setLogScale(bool logScale);
    int numPlots() const;
    CurvePlot* plot(int index) const { return m_plots[std::size_t(index)].plot; }
    /// "metric,series,step,value": every point of every plot.
    QString toCsv() const;
    /// The plot that was looked at last, else the first. Null: none.
    CurvePlot* chosenPlot() const;

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Entry {
        QWidget* box = nullptr;
        QLabel* title = nullptr;
        CurvePlot* plot = nullptr;
        CurveSet set;
    };
    Entry makeEntry(int index);
    void showSet(Entry& entry, const CurveSet& set);
    void arrange();

    std::vector<Entry> m_plots;
    QSet<QString> m_hidden;  ///< ids of series
    QWidget* m_content = nullptr;
    QGridLayout* m_grid = nullptr;
    QLabel* m_placeholder = nullptr;
    QWidget* m_chosen = nullptr;
    double m_smoothing = 0;
    bool m_logScale = false;
};

}  // namespace vitrine
