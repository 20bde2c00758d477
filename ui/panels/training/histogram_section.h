// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <map>
#include <vector>

#include "core/runs/metrics_file.h"

class QComboBox;
class QLabel;

namespace vitrine {

class HistogramPlot;

/// All layers' histograms by step.
using HistogramsByStep = std::map<std::int64_t, std::vector<LayerHistogram>>;

/// How the numbers of one layer are distributed as training goes on: its weights and their gradients.
class HistogramSection : public QWidget {
    Q_OBJECT
public:
    explicit HistogramSection(QWidget* parent = nullptr);

    /// `layer`: the one to show; where it is missing the first.
    void show(HistogramsByStep histograms, const QString& layer);
    void showNothing(const QString& why);
    QString layer() const;

Q_SIGNALS:
    void layerChosen(const QString& layer);

private:
    void buildLayout();
    void fillLayers(const QString& wanted);
    void showLayer();

    HistogramsByStep m_histograms;
    QComboBox* m_layer = nullptr;
    QLabel* m_text = nullptr;
    HistogramPlot* m_plot = nullptr;
};

}  // namespace vitrine
