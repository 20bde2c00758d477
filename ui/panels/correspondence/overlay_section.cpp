// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/correspondence/overlay_section.h"

#include <QComboBox>
#include <QVBoxLayout>

#include "ui/panel_kit/bindings.h"
#include "ui/shell/controls.h"
#include "ui/shell/labeled_slider.h"
#include "ui/shell/theme.h"

namespace vitrine {

using namespace Qt::StringLiterals;

OverlaySection::OverlaySection(CorrespondenceStore& store, QWidget* parent)
    : QWidget(parent), m_store(store) {
    m_overlay = makeChoice(u"correspondence.overlay"_s,
                           tr("Overlay"),
                           {{tr("None"), int(CorrespondenceOverlay::None)},
                            {tr("Flow as arrows"), int(CorrespondenceOverlay::Arrows)},
                            {tr("Flow as colour wheel"), int(CorrespondenceOverlay::Wheel)},
                            {tr("Checkerboard warped to B"), int(CorrespondenceOverlay::Checkerboard)},
                            {tr("A's texture on B"), int(CorrespondenceOverlay::Texture)},
                            {tr("Paint a mask, warped to B"), int(CorrespondenceOverlay::Mask)},
                            {tr("Blink: B and A warped to B"), int(CorrespondenceOverlay::Blink)},
                            {tr("Swipe: B and A warped to B"), int(CorrespondenceOverlay::Swipe)}},
                           this);
    m_overlay->setToolTip(tr("Hatching marks where the match is occluded or uncertain."));
    SliderSpec swipe{.id = u"correspondence.swipe"_s,
                     .label = tr("Swipe"),
                     .tip = tr("How much of B is shown; the rest is A warped to B")};
    swipe.reset = 0.5;
    m_swipe = new LabeledSlider(swipe, this);
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(measure::kGap);
    rows->addWidget(m_overlay);
    rows->addWidget(m_swipe);
    bindControl(m_overlay, m_store, u"overlay"_s, tr("Change the overlay"), &CorrespondenceState::overlay);
    bindControl(m_swipe, m_store, u"swipe"_s, tr("Swipe"), &CorrespondenceState::swipe);
    connect(&m_store, &CorrespondenceStore::changed, this, &OverlaySection::showState);
    showState();
}

void OverlaySection::showState() {
    showChoice(m_overlay, int(m_store.state().overlay));
    m_swipe->setVisible(m_store.state().overlay == CorrespondenceOverlay::Swipe);
    m_swipe->setValue(m_store.state().swipe);
}

}  // namespace vitrine
