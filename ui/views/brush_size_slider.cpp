// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/brush_size_slider.h"

#include <QHBoxLayout>
#include <QLabel>
#include <cmath>

#include "ui/shell/labeled_slider.h"
#include "ui/shell/tick_slider.h"
#include "ui/views/mask_canvas.h"

namespace vitrine {

using namespace Qt::StringLiterals;

namespace {
constexpr int kNumberWidth = 40;
}

BrushSizeSlider::BrushSizeSlider(const QString& id, const QString& tip, QWidget* parent) : QWidget(parent) {
    const SliderSpec spec{.id = id,
                          .label = tr("Brush size"),
                          .unit = u" px"_s,
                          .tip = tip,
                          .minimum = MaskCanvas::kSmallestBrush,
                          .maximum = MaskCanvas::kLargestBrush,
                          .reset = 16,
                          .step = 1,
                          .decimals = 0,
                          .logarithmic = true};
    m_slider = new TickSlider(spec, this);
    m_slider->setObjectName(id);
    m_slider->setAccessibleName(spec.label);
    m_slider->setToolTip(tip);
    m_text = new QLabel(this);
    m_text->setObjectName(id + u".text"_s);
    m_text->setFixedWidth(kNumberWidth);
    m_text->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    row->addWidget(m_slider, 1);
    row->addWidget(m_text);
    connect(m_slider, &TickSlider::moved, this, &BrushSizeSlider::chosen);
}

void BrushSizeSlider::setPixels(double pixels) {
    m_slider->setReal(pixels);
    m_text->setText(tr("%1 px").arg(std::lround(pixels)));
}

}  // namespace vitrine
