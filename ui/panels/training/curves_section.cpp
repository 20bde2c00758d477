// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/training/curves_section.h"

#include <QCheckBox>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include "ui/shell/labeled_slider.h"
#include "ui/shell/theme.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

SliderSpec smoothingSpec() {
    SliderSpec spec;
    spec.id = u"training.smoothing"_s;
    spec.label = CurvesSection::tr("Smoothing");
    spec.tip =
        CurvesSection::tr("Weight of earlier values in a running mean; the raw values stay visible, faintly");
    spec.maximum = 0.99;
    spec.reset = 0.6;
    return spec;
}

}  // namespace

CurvesSection::CurvesSection(QWidget* parent) : QWidget(parent) {
    m_smoothing = new LabeledSlider(smoothingSpec(), this);
    m_log = new QCheckBox(tr("Logarithmic scale"), this);
    m_log->setObjectName(u"training.logScale"_s);
    m_log->setToolTip(tr("For a loss that falls by orders of magnitude"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(measure::kGap / 2);
    column->addWidget(m_smoothing);
    column->addWidget(m_log);
    connect(m_smoothing, &LabeledSlider::valueChanged, this, &CurvesSection::smoothingChanged);
    connect(m_log, &QCheckBox::toggled, this, &CurvesSection::logScaleChanged);
}

void CurvesSection::show(double smoothing, bool logScale) {
    m_smoothing->setValue(smoothing);
    const QSignalBlocker quiet(m_log);
    m_log->setChecked(logScale);
}

}  // namespace vitrine
