// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/completion/completion_stage.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "ui/panels/completion/completion_state.h"
#include "ui/panels/completion/hidden_view.h"
#include "ui/shell/state_notice.h"
#include "ui/shell/theme.h"
#include "ui/views/captioned_view.h"
#include "ui/views/color_map.h"
#include "ui/views/legend_bar.h"

namespace vitrine {

using namespace Qt::StringLiterals;

CompletionStage::CompletionStage(QWidget* parent) : QWidget(parent) {
    m_link = new ViewLink(this);
    m_pages = new QStackedWidget(this);
    m_pages->addWidget(buildPictures());
    m_notice = new StateNotice(u"completion.notice"_s, false, this);
    connect(m_notice, &StateNotice::buttonPressed, this, &CompletionStage::noticePressed);
    m_pages->addWidget(m_notice);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_pages);
}

QWidget* CompletionStage::buildPictures() {
    auto* page = new QWidget(this);
    const auto add = [this, page](const QString& id, ZoomView* view) {
        m_link->add(view);
        view->setMinimumSize(44, 44);
        return new CaptionedView(u"completion."_s + id, view, page);
    };
    m_hidden = new HiddenView(page);
    m_input = add(u"input"_s, m_hidden);
    m_samples = add(u"mean"_s, new ZoomView(page));
    m_deviation = add(u"deviation"_s, new ZoomView(page));
    m_answer = add(u"answer"_s, new ZoomView(page));
    m_truth = add(u"truth"_s, new ZoomView(page));
    addTitles();

    auto* right = new QGridLayout;
    right->setSpacing(measure::kGap);
    right->addWidget(m_answer, 0, 0);
    right->addWidget(m_samples, 0, 1);
    right->addWidget(m_truth, 1, 0);
    right->addWidget(m_deviation, 1, 1);
    for (int i : {0, 1}) {
        right->setColumnStretch(i, 1);
        right->setRowStretch(i, 1);
    }
    auto* row = new QHBoxLayout(page);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(measure::kGroupGap);
    row->addWidget(m_input, 1);
    row->addLayout(right, 1);
    return page;
}

void CompletionStage::addTitles() {
    m_input->setTitle(tr("Input"));
    m_samples->setChoices(tr("All samples together"),
                          {{tr("Mean"), int(CompletionSamples::Mean), tr("Mean of the samples")},
                           {tr("Chosen"), int(CompletionSamples::Chosen), tr("Chosen sample")},
                           {tr("Way"),
                            int(CompletionSamples::Way),
                            tr("On the way from the first pinned sample to the second")}});
    m_answer->setChoices(
        tr("One answer"),
        {{tr("NN answer"),
          int(CompletionAnswer::Guess),
          tr("Answer of the deterministic network (the paper's NN)")},
         {tr("Prior mean"), int(CompletionAnswer::PriorMean), tr("Answer at the prior mean")},
         {tr("Recon."),
          int(CompletionAnswer::Reconstruction),
          tr("What the recognition network, which sees all of the picture, keeps of it")}});
    m_deviation->setTitle(tr("Deviation"));
    m_truth->setTitle(tr("Picture"));
    auto* legend = new LegendBar([](double position) { return infernoColor((position + 1) / 2); }, this);
    legend->setInline(true);
    legend->setLabels(tr("0"), {}, tr("0.5"));
    legend->setToolTip(
        tr("Standard deviation between the samples, grey being 0 to 1. 0: all are the same; 0.5, the most "
           "there can be: half of them are black, half white"));
    legend->setAccessibleName(legend->toolTip());
    m_deviation->setLegend(legend);
}

void CompletionStage::showNotice(const QString& text, const QString& button) {
    m_notice->show(StateNotice::Kind::Empty, u"completion"_s, text, button);
    m_pages->setCurrentWidget(m_notice);
}

void CompletionStage::showPictures() {
    m_pages->setCurrentIndex(0);
}

}  // namespace vitrine
