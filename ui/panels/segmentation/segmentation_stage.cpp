// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/segmentation/segmentation_stage.h"

#include <QVBoxLayout>

#include "ui/panels/segmentation/paint_bar.h"
#include "ui/panels/segmentation/segmentation_state.h"
#include "ui/shell/theme.h"
#include "ui/views/captioned_view.h"
#include "ui/views/color_map.h"
#include "ui/views/legend_bar.h"
#include "ui/views/mask_canvas.h"
#include "ui/views/vote_bars.h"

namespace vitrine {

using namespace Qt::StringLiterals;

SegmentationStage::SegmentationStage(PaintBar* bar, QWidget* parent)
    : ComparisonStage(u"segmentation"_s, parent) {
    m_canvas = new MaskCanvas(page());
    m_input = addView(u"canvas"_s, m_canvas);
    m_aggregate = addView(u"aggregate"_s, new ZoomView(page()));
    m_uncertainty = addView(u"uncertainty"_s, new ZoomView(page()));
    m_answer = addView(u"answer"_s, new ZoomView(page()));
    m_truth = addView(u"truth"_s, new ZoomView(page()));
    m_votes = new VoteBars(page());
    m_votes->setObjectName(u"segmentation.votes"_s);
    m_votes->setToolTip(
        tr("The parts and their colours; over a picture, the votes of the samples at that pixel"));
    addTitles();
    arrange(bar);
}

void SegmentationStage::addTitles() {
    m_aggregate->setChoices(tr("All samples together"),
                            {{tr("Mean"), int(AggregateView::Mean), tr("Mean of the samples")},
                             {tr("Vote"), int(AggregateView::Vote), tr("Vote of the samples")},
                             {tr("Chosen"), int(AggregateView::Chosen), tr("Chosen sample")},
                             {tr("Difference"),
                              int(AggregateView::Difference),
                              tr("Where the first two pinned samples differ, as a checkerboard of both "
                                 "colours")},
                             {tr("Interpolate"),
                              int(AggregateView::Path),
                              tr("On the latent path from the first pinned sample to the second")}});
    m_uncertainty->setChoices(
        tr("Uncertainty"),
        {{tr("Entropy"), int(UncertaintyView::Entropy), tr("Entropy of the samples' mean")},
         {tr("Mutual info"),
          int(UncertaintyView::MutualInformation),
          tr("Mutual information: the part of the entropy that is due to disagreement between samples")}});
    m_answer->setChoices(tr("One answer"),
                         {{tr("Prior mean"), int(AnswerView::PriorMean), tr("Answer at the prior mean")},
                          {tr("First guess"), int(AnswerView::Guess), tr("The CNN's first guess")},
                          {tr("GDNN"), int(AnswerView::Gdnn), tr("Answer of the GDNN, without noise")},
                          {tr("Posterior"),
                           int(AnswerView::Reconstruction),
                           tr("Reconstruction: the answer with the latent inferred from the truth, the best "
                              "that this network can generate")},
                          {tr("Nearest"),
                           int(AnswerView::NearestKnown),
                           tr("Nearest known label, without a network: each hidden pixel copies the nearest "
                              "painted label or, without one, the nearest visible label")}});
    m_truth->setTitle(tr("Truth"));
    for (CaptionedView* labels : {m_answer, m_truth}) labels->view()->setPixelText({});  // the colour says it
    m_uncertaintyLegend =
        new LegendBar([](double position) { return uncertaintyColor((position + 1) / 2); }, page());
    m_uncertaintyLegend->setInline(true);
    m_uncertainty->setLegend(m_uncertaintyLegend);
}

void SegmentationStage::arrange(PaintBar* bar) {
    auto* left = new QVBoxLayout;
    left->setSpacing(4);
    left->addWidget(bar);
    left->addWidget(m_input, 1);
    auto* column = new QVBoxLayout(page());
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(measure::kGap);
    column->addLayout(besideGrid(left, {m_aggregate, m_uncertainty, m_answer, m_truth}), 1);
    column->addWidget(m_votes);
}

}  // namespace vitrine
