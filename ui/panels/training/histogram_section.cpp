// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/training/histogram_section.h"

#include <QComboBox>
#include <QLabel>
#include <QVBoxLayout>

#include "ui/plots/histogram_plot.h"
#include "ui/shell/text.h"
#include "ui/shell/theme.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

constexpr int kHistogramHeight = 240;

HistogramColumn columnOf(std::int64_t step, const LayerHistogram::Bins& bins) {
    HistogramColumn column{double(step), bins.low, bins.high, {}};
    for (const std::int64_t count : bins.counts) column.counts << double(count);
    return column;
}

}  // namespace

HistogramSection::HistogramSection(QWidget* parent) : QWidget(parent) {
    buildLayout();
    connect(m_layer, &QComboBox::activated, this, [this] {
        showLayer();
        Q_EMIT layerChosen(layer());
    });
    showNothing({});
}

void HistogramSection::buildLayout() {
    m_layer = new QComboBox(this);
    m_layer->setObjectName(u"training.histogram.layer"_s);
    m_layer->setAccessibleName(tr("Layer"));
    m_layer->setToolTip(tr("Layer whose weights and gradients are shown"));
    m_layer->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_layer->setMinimumContentsLength(12);
    m_text = new QLabel(this);
    m_text->setObjectName(u"training.histogram.text"_s);
    m_text->setProperty("role", u"caption"_s);
    m_text->setFont(Theme::font(TextRole::Caption));
    m_text->setWordWrap(true);
    m_plot = new HistogramPlot(this);
    m_plot->setObjectName(u"training.histogram.plot"_s);
    m_plot->setAccessibleName(tr("Weights and gradients of a layer over the steps"));
    m_plot->setXLabel(tr("Step"));
    m_plot->setFixedHeight(kHistogramHeight);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(measure::kGap);
    column->addWidget(m_layer);
    column->addWidget(m_plot);
    column->addWidget(m_text);
}

QString HistogramSection::layer() const {
    return m_layer->currentText();
}

void HistogramSection::showNothing(const QString& why) {
    m_histograms.clear();
    m_layer->clear();
    m_layer->hide();
    m_plot->hide();
    m_text->setText(why);
}

void HistogramSection::show(HistogramsByStep histograms, const QString& layer) {
    if (histograms.empty()) return showNothing(tr("This run has no histograms."));
    m_histograms = std::move(histograms);
    fillLayers(layer.isEmpty() ? this->layer() : layer);
    m_layer->show();
    m_plot->show();
    m_text->setText(
        tr("Distribution of the layer's values at each step. Weights should spread slowly; vanishing or "
           "exploding gradients mean that a layer doesn't learn."));
    showLayer();
}

void HistogramSection::fillLayers(const QString& wanted) {
    m_layer->clear();
    for (const LayerHistogram& each : m_histograms.rbegin()->second) m_layer->addItem(toQ(each.layer));
    m_layer->setCurrentIndex(std::max(0, m_layer->findText(wanted)));
}

void HistogramSection::showLayer() {
    HistogramSeries weights{u"weights"_s, tr("Weights"), 0, {}};
    HistogramSeries gradients{u"gradients"_s, tr("Gradients"), 1, {}};
    for (const auto& [step, layers] : m_histograms) {
        for (const LayerHistogram& each : layers) {
            if (toQ(each.layer) != layer()) continue;
            weights.columns << columnOf(step, each.weights);
            gradients.columns << columnOf(step, each.gradients);
        }
    }
    m_plot->setSeries({weights, gradients});
}

}  // namespace vitrine
