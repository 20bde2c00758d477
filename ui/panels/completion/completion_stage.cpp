// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/completion/completion_stage.h"

#include "ui/panels/completion/completion_state.h"
#include "ui/panels/completion/hidden_view.h"
#include "ui/views/captioned_view.h"
#include "ui/views/color_map.h"
#include "ui/views/legend_bar.h"

namespace vitrine {

using namespace Qt::StringLiterals;

CompletionStage::CompletionStage(QWidget* parent) : ComparisonStage(u"completion"_s, parent) {
    m_hidden = new HiddenView(page());
    m_input = addView(u"input"_s, m_hidden);
    m_samples = addView(u"mean"_s, new ZoomView(page()));
    m_deviation = addView(u"deviation"_s, new ZoomView(page()));
    m_answer = addView(u"answer"_s, new ZoomView(page()));
    m_truth = addView(u"truth"_s, new ZoomView(page()));
    addTitles();
    fillPage(m_input, {m_answer, m_samples, m_truth, m_deviation});
}

void CompletionStage::addTitles() {
    m_input->setTitle(tr("Input"));
    m_samples->setChoices(tr("All samples together"),
                          {{tr("Mean"), int(CompletionSamples::Mean), tr("Mean of the samples")},
                           {tr("Chosen"), int(CompletionSamples::Chosen), tr("Chosen sample")},
                           {tr("Interpolate"),
                            int(CompletionSamples::Path),
                            tr("On the latent path from the first pinned sample to the second")}});
    m_answer->setChoices(
        tr("One answer"),
        {{tr("NN answer"),
          int(CompletionAnswer::Guess),
          tr("Answer of the deterministic network (the paper's NN)")},
         {tr("Prior mean"), int(CompletionAnswer::PriorMean), tr("Answer at the prior mean")},
         {tr("Recon."),
          int(CompletionAnswer::Reconstruction),
          tr("Reconstruction: the latent is inferred from the complete picture")}});
    m_deviation->setTitle(tr("Deviation"));
    m_truth->setTitle(tr("Picture"));
    auto* legend = new LegendBar([](double position) { return uncertaintyColor((position + 1) / 2); }, this);
    legend->setInline(true);
    legend->setLabels(tr("0"), {}, tr("0.5"));
    legend->setToolTip(
        tr("Standard deviation between the samples, with grey values from 0 to 1. 0: all are the same; 0.5, "
           "the maximum: half of them are black, half white"));
    legend->setAccessibleName(legend->toolTip());
    m_deviation->setLegend(legend);
}

}  // namespace vitrine
