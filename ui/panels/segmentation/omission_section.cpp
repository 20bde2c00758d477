// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/segmentation/omission_section.h"

#include <QAction>
#include <QComboBox>
#include <QGridLayout>
#include <QPushButton>
#include <QRandomGenerator>
#include <QVBoxLayout>

#include "core/base/random.h"
#include "core/data/omission.h"
#include "ui/shell/action_registry.h"
#include "ui/shell/controls.h"
#include "ui/shell/theme.h"
#include "ui/views/label_paint.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

constexpr double kSmallestBox = 0.2,
                 kLargestBox = 0.4;  ///< of a side; noise injection goes up to 0.4: papers.md A4

Rng freshRandom() {
    return Rng{QRandomGenerator::global()->generate64()};
}

}  // namespace

OmissionSection::OmissionSection(SegmentationStore& store, const ActionRegistry& actions, QWidget* parent)
    : QWidget(parent), m_store(store) {
    m_share = makeChoice(u"segmentation.blockShare"_s,
                         tr("Fraction of blocks"),
                         {{tr("25 %"), 25}, {tr("50 %"), 50}, {tr("70 %"), 70}},
                         this);
    m_block = makeChoice(u"segmentation.blockSize"_s,
                         tr("Size of blocks"),
                         {{tr("1 px"), 1}, {tr("4 px"), 4}, {tr("8 px"), 8}},
                         this);
    showChoice(m_share, 50);
    showChoice(m_block, 8);
    auto* blocks = new QPushButton(tr("Hide blocks"), this);
    blocks->setObjectName(u"segmentation.hideBlocks"_s);
    blocks->setAccessibleName(blocks->text());
    blocks->setToolTip(
        tr("Each block of a grid is hidden with this probability, as in the paper's experiment"));
    connect(blocks, &QPushButton::clicked, this, &OmissionSection::hideBlocks);
    auto* box = new QPushButton(tr("Hide a random box"), this);
    box->setObjectName(u"segmentation.hideBox"_s);
    box->setAccessibleName(box->text());
    box->setToolTip(tr("A square at a random position, as in noise injection: 20 to 40 % of the side"));
    connect(box, &QPushButton::clicked, this, &OmissionSection::hideBox);

    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(measure::kGap);
    grid->addWidget(m_share, 0, 0);
    grid->addWidget(m_block, 0, 1);
    grid->addWidget(blocks, 1, 0);
    grid->addWidget(box, 1, 1);
    const QString names[] = {tr("Top left"), tr("Top right"), tr("Bottom left"), tr("Bottom right")};
    for (int quadrant = 0; quadrant < 4; ++quadrant) {
        auto* button = new QPushButton(names[quadrant], this);
        button->setObjectName(u"segmentation.quadrant.%1"_s.arg(quadrant));
        button->setAccessibleName(tr("Hide the quadrant: %1").arg(names[quadrant]));
        button->setToolTip(button->accessibleName());
        connect(button, &QPushButton::clicked, this, [this, quadrant] { hideQuadrant(quadrant); });
        grid->addWidget(button, 2 + quadrant / 2, quadrant % 2);
    }
    grid->addWidget(makeActionButton(actions.action(u"segmentation.invert"_s), this), 4, 0);
    grid->addWidget(makeActionButton(actions.action(u"segmentation.clear"_s), this), 4, 1);
}

void OmissionSection::hideBlocks() {
    const int block = m_block->currentData().toInt();
    const double share = m_share->currentData().toInt() / 100.0;
    m_store.changeOnce(u"omission"_s, tr("Hide blocks"), [&](SegmentationState& state) {
        LabelMap& omission = state.marks.omission;
        Rng random = freshRandom();
        if (auto blocks = omitBlocks(omission.width, omission.height, block, share, random))
            omission = std::move(*blocks);
    });
}

void OmissionSection::hideBox() {
    m_store.changeOnce(u"omission"_s, tr("Hide a box"), [](SegmentationState& state) {
        LabelMap& omission = state.marks.omission;
        Rng random = freshRandom();
        const double side = random.uniform(kSmallestBox, kLargestBox);
        if (auto box = omitRectangle(omission.width, omission.height, side, side, random))
            omission = std::move(*box);
    });
}

void OmissionSection::hideQuadrant(int quadrant) {
    m_store.changeOnce(u"omission"_s, tr("Hide a quadrant"), [quadrant](SegmentationState& state) {
        LabelMap& omission = state.marks.omission;
        const int width = omission.width / 2, height = omission.height / 2;
        const QRect area(quadrant % 2 == 0 ? 0 : width, quadrant < 2 ? 0 : height, width, height);
        paintRectangle(omission, area, 1);
    });
}

}  // namespace vitrine
