// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/transfer/transfer_stage.h"

#include <QHBoxLayout>

#include "ui/panels/transfer/transfer_state.h"
#include "ui/shell/theme.h"
#include "ui/views/captioned_view.h"
#include "ui/views/zoom_view.h"

namespace vitrine {

using namespace Qt::StringLiterals;

TransferStage::TransferStage(QWidget* parent) : ComparisonStage(u"transfer"_s, parent) {
    m_with = addView(u"with"_s, new ZoomView(page()));
    m_without = addView(u"without"_s, new ZoomView(page()));
    m_nearest = addView(u"nearest"_s, new ZoomView(page()));
    m_real = addView(u"real"_s, new ZoomView(page()));
    addTitles();
    auto* row = new QHBoxLayout(page());
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(measure::kGroupGap);
    for (CaptionedView* view : {m_with, m_without, m_nearest, m_real}) row->addWidget(view, 1);
}

void TransferStage::addTitles() {
    m_with->setTitle(tr("With transfer"));
    m_without->setChoices(
        tr("Without transfer"),
        {{tr("Without (few views)"),
          int(WithoutTransfer::Few),
          tr("Without transfer: the network learned all chairs from the few views")},
         {tr("Without (alone)"),
          int(WithoutTransfer::Alone),
          tr("Without transfer: the network learned the target chairs alone, from the few views")}});
    m_nearest->setChoices(tr("Nearest source chair"),
                          {{tr("Nearest (RGB)"),
                            int(TransferLikeness::Rgb),
                            tr("Source chair whose given views differ least in colour")},
                           {tr("Nearest (HOG)"),
                            int(TransferLikeness::Hog),
                            tr("Source chair whose given views differ least in oriented gradients")}});
    m_real->setTitle(tr("Real chair"));
}

}  // namespace vitrine
