// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/segmentation/segmentation_stage.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "ui/panels/segmentation/paint_bar.h"
#include "ui/panels/segmentation/segmentation_state.h"
#include "ui/shell/state_notice.h"
#include "ui/shell/theme.h"
#include "ui/views/captioned_view.h"
#include "ui/views/color_map.h"
#include "ui/views/legend_bar.h"
#include "ui/views/mask_canvas.h"
#include "ui/views/vote_bars.h"

namespace vitrine {

using namespace Qt::StringLiterals;

SegmentationStage::SegmentationStage(PaintBar* bar, QWidget* parent) : QWidget(parent) {
    m_link = new ViewLink(this);
    m_pages = new QStackedWidget(this);
    m_pages->addWidget(buildPictures(bar));
    m_notice = new StateNotice(u"segmentation.notice"_s, false, this);
    connect(m_notice, &StateNotice::buttonPressed, this, &SegmentationStage::noticePressed);
    m_pages->addWidget(m_notice);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_pages);
}

QWidget* SegmentationStage::buildPictures(PaintBar* bar) {
    auto* page = new QWidget(this);
    const auto add = [this, page](const QString& id, ZoomView* view) {
        m_link->add(view);
        view->setMinimumSize(44, 44);
        return new CaptionedView(u"segmentation."_s + id, view, page);
    };
    m_canvas = new MaskCanvas(page);
    m_input = add(u"canvas"_s, m_canvas);
    m_consensus = add(u"consensus"_s, new ZoomView(page));
    m_doubt = add(u"doubt"_s, new ZoomView(page));
    m_answer = add(u"answer"_s, new ZoomView(page));
    m_truth = add(u"truth"_s, new ZoomView(page));
    m_consensus->setChoices(tr("All samples together"),
                            {{tr("Mean"), int(ConsensusView::Mean), tr("Mean of the samples")},
                             {tr("Vote"), int(ConsensusView::Vote), tr("Vote of the samples")},
                             {tr("Chosen"), int(ConsensusView::Chosen), tr("Chosen sample")},
                             {tr("Difference"),
                              int(ConsensusView::Difference),
                              tr("Where the first two pinned samples differ: chequered in both colours")}});
    m_doubt->setChoices(
        tr("Doubt"),
        {{tr("Entropy"), int(DoubtView::Entropy), tr("Entropy of the samples' mean")},
         {tr("Mutual info"),
          int(DoubtView::MutualInformation),
          tr("Mutual information: the part of the entropy that the samples' difference makes")}});
    m_answer->setChoices(tr("One answer"),
                         {{tr("Prior mean"), int(AnswerView::PriorMean), tr("Answer at the prior mean")},
                          {tr("First guess"), int(AnswerView::Guess), tr("The CNN's first guess")},
                          {tr("GDNN"), int(AnswerView::Gdnn), tr("Answer of the GDNN, without noise")},
                          {tr("Posterior"),
                           int(AnswerView::Reconstruction),
                           tr("Reconstruction: the answer when the latent has seen the truth, the best that this network can draw")},
                          {tr("Nearest"),
                           int(AnswerView::NearestKnown),
                           tr("Nearest known label, without a network: what is hidden copies the nearest label that is painted or, without one, seen")}});
    m_truth->setTitle(tr("Truth"));
    for (CaptionedView* labels : {m_answer, m_truth})
        labels->view()->setPixelText({});  // the colour tells all
    m_doubtLegend = new LegendBar([](double position) { return infernoColor((position + 1) / 2); }, page);
    m_doubtLegend->setInline(true);
    m_doubt->setLegend(m_doubtLegend);
    m_votes = new VoteBars(page);
    m_votes->setObjectName(u"segmentation.votes"_s);
    m_votes->setToolTip(
        tr("The parts and their colours; over a picture, the votes of the samples at that pixel"));

    auto* left = new QVBoxLayout;
    left->setSpacing(4);
    left->addWidget(bar);
    left->addWidget(m_input, 1);
    auto* right = new QGridLayout;
    right->setSpacing(measure::kGap);
    right->addWidget(m_consensus, 0, 0);
    right->addWidget(m_doubt, 0, 1);
    right->addWidget(m_answer, 1, 0);
    right->addWidget(m_truth, 1, 1);
    for (int i : {0, 1}) {
        right->setColumnStretch(i, 1);
        right->setRowStretch(i, 1);
    }
    auto* row = new QHBoxLayout;
    row->setSpacing(measure::kGroupGap);
    row->addLayout(left, 1);
    row->addLayout(right, 1);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(measure::kGap);
    column->addLayout(row, 1);
    column->addWidget(m_votes);
    return page;
}

void SegmentationStage::showNotice(const QString& text, const QString& button) {
    m_notice->show(StateNotice::Kind::Empty, u"segmentation"_s, text, button);
    m_pages->setCurrentWidget(m_notice);
}

void SegmentationStage::showPictures() {
    m_pages->setCurrentIndex(0);
}

}  // namespace vitrine
