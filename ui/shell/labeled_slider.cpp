// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/labeled_slider.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QTimer>
#include <QToolButton>
#include <algorithm>
#include <cmath>

#include "ui/shell/number_field.h"
#include "ui/shell/theme.h"
#include "ui/shell/tick_slider.h"

using namespace Qt::StringLiterals;

namespace vitrine {
namespace {

constexpr int kRestMs = 400;  // a run of keys, wheel turns or edits ends after so much rest

/// Shows no "-0.00".
class ValueBox final : public DecimalField {
public:
    using DecimalField::DecimalField;

    QString textFromValue(double value) const override {
        const double grid = std::pow(10.0, decimals());
        const double rounded = std::round(value * grid) / grid;
        return QDoubleSpinBox::textFromValue(rounded == 0 ? 0.0 : rounded);
    }

    int widthFor(double minimum, double maximum) const {
        const auto textWidth = [this](double value) {
            return fontMetrics().horizontalAdvance(textFromValue(value) + suffix());
        };
        constexpr int kFrameAndCaret = 20;
        return std::max(textWidth(minimum), textWidth(maximum)) + kFrameAndCaret;
    }
};

double intoRange(const SliderSpec& spec, double value) {
    if (!std::isfinite(value)) return spec.reset;
    const double span = spec.maximum - spec.minimum;
    if (!spec.wraps || span <= 0 || (value >= spec.minimum && value <= spec.maximum)) {
        return std::clamp(value, spec.minimum, spec.maximum);
    }
    return value - span * std::floor((value - spec.minimum) / span);
}

}  // namespace

LabeledSlider::LabeledSlider(SliderSpec spec, QWidget* parent) : QWidget(parent), m_spec(std::move(spec)) {
    m_value = intoRange(m_spec, m_spec.reset);
    buildLayout();
    connectSignals();
    showValue();
}

void LabeledSlider::buildLayout() {
    setObjectName(m_spec.id);
    setToolTip(m_spec.tip);
    m_label = new QLabel(m_spec.label, this);
    m_slider = new TickSlider(m_spec, this);
    m_slider->setObjectName(m_spec.id + ".slider"_L1);
    m_slider->setAccessibleDescription(m_spec.tip);
    m_label->setBuddy(m_slider);

    auto* spin = new ValueBox(this);
    m_spin = spin;
    m_spin->setObjectName(m_spec.id + ".value"_L1);
    m_spin->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_spin->setAlignment(Qt::AlignRight);
    m_spin->setDecimals(m_spec.decimals);
    m_spin->setRange(m_spec.minimum, m_spec.maximum);
    m_spin->setSingleStep(m_spec.step);
    m_spin->setWrapping(m_spec.wraps);
    m_spin->setSuffix(m_spec.unit);
    m_spin->setFixedWidth(std::max(56, spin->widthFor(m_spec.minimum, m_spec.maximum)));

    m_reset = new QToolButton(this);
    m_reset->setObjectName(m_spec.id + ".reset"_L1);
    m_reset->setIcon(Theme::icon(u"reset"_s));
    m_reset->setIconSize({14, 14});
    m_reset->setFixedSize(20, 20);
    QSizePolicy policy = m_reset->sizePolicy();
    policy.setRetainSizeWhenHidden(true);
    m_reset->setSizePolicy(policy);

    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(measure::kGap);
    row->addWidget(m_label);
    row->addWidget(m_slider, 1);
    row->addWidget(m_spin);
    row->addWidget(m_reset);
    setFixedHeight(measure::kRow);
    setFocusProxy(m_slider);
    setLabel(m_spec.label);
}

void LabeledSlider::setLabel(const QString& label) {
    m_spec.label = label;
    m_label->setText(label);
    m_slider->setAccessibleName(label);
    m_spin->setAccessibleName(tr("%1 value").arg(label));
    m_reset->setToolTip(tr("Reset %1").arg(label.toLower()));
    m_reset->setAccessibleName(m_reset->toolTip());
}

void LabeledSlider::connectSignals() {
    m_restTimer = new QTimer(this);
    m_restTimer->setSingleShot(true);
    m_restTimer->setInterval(kRestMs);
    connect(m_restTimer, &QTimer::timeout, this, &LabeledSlider::dragFinished);
    connect(m_slider, &TickSlider::moved, this, &LabeledSlider::userSet);
    connect(m_slider, &TickSlider::released, this, [this] {
        m_restTimer->stop();
        Q_EMIT dragFinished();
    });
    connect(m_slider, &TickSlider::resetRequested, this, &LabeledSlider::resetValue);
    connect(m_spin, &QDoubleSpinBox::valueChanged, this, &LabeledSlider::userSet);
    connect(m_reset, &QToolButton::clicked, this, &LabeledSlider::resetValue);
}

void LabeledSlider::userSet(double value) {
    const double inside = intoRange(m_spec, value);
    if (inside == m_value) return showValue();
    m_value = inside;
    showValue();
    if (m_slider->isSliderDown()) {
        m_restTimer->stop();
    } else {
        m_restTimer->start();
    }
    Q_EMIT valueChanged(m_value);
}

void LabeledSlider::resetValue() {
    m_restTimer->stop();
    const bool changes = m_value != intoRange(m_spec, m_spec.reset);
    if (!changes) return;
    Q_EMIT dragFinished();  // what came before is a step of its own
    userSet(m_spec.reset);
    m_restTimer->stop();
    Q_EMIT dragFinished();
}

void LabeledSlider::setValue(double value) {
    m_value = intoRange(m_spec, value);
    showValue();
}

void LabeledSlider::showValue() {
    m_slider->setReal(m_value);
    const QSignalBlocker quiet(m_spin);
    m_spin->setValue(m_value);
    const bool atReset = std::abs(m_value - m_spec.reset) < 0.5 * std::pow(10.0, -m_spec.decimals);
    if (atReset && m_reset->hasFocus()) m_slider->setFocus();
    m_reset->setVisible(!atReset);
}

void LabeledSlider::setRange(double minimum, double maximum) {
    m_spec.minimum = minimum;
    m_spec.maximum = maximum;
    m_value = intoRange(m_spec, m_value);
    const QSignalBlocker quiet(m_spin);
    m_spin->setRange(minimum, maximum);
    m_slider->setSpec(m_spec);
    const int width = static_cast<ValueBox*>(m_spin)->widthFor(minimum, maximum);
    m_spin->setFixedWidth(std::max(m_spin->minimumWidth(), width));
    showValue();
}

void LabeledSlider::setTicks(const QList<double>& ticks, double snap) {
    m_spec.ticks = ticks;
    setSnap(snap);
}

void LabeledSlider::setSnap(double snap) {
    m_spec.snap = snap;
    m_slider->setSpec(m_spec);
}

void LabeledSlider::alignLabels(const QList<LabeledSlider*>& rows) {
    int label = 0;
    int value = 0;
    for (const LabeledSlider* row : rows) {
        label = std::max(label, row->m_label->sizeHint().width());
        value = std::max(value, row->m_spin->minimumWidth());
    }
    for (LabeledSlider* row : rows) {
        row->m_label->setFixedWidth(label);
        row->m_spin->setFixedWidth(value);
    }
}

}  // namespace vitrine
