// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/chairs/theta_section.h"

#include <QCheckBox>
#include <QVBoxLayout>
#include <cmath>

#include "core/data/theta.h"
#include "ui/panels/chairs/range_caption.h"
#include "ui/shell/labeled_slider.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

/// Factors run on the slider as factors, angles in degrees, shifts in percent of the picture.
SliderSpec specOf(const ParameterInfo& info) {
    SliderSpec spec;
    spec.id = u"chairs.theta."_s + QString::fromStdString(info.key);
    spec.label = info.label;
    spec.unit = info.unit;
    spec.minimum = info.toDisplay(info.minimum);
    spec.maximum = info.toDisplay(info.maximum);
    spec.reset = info.toDisplay(0);
    spec.decimals = info.decimals;
    spec.logarithmic = info.exponential;
    spec.step = info.decimals == 1 ? 0.5 : 0.01;
    spec.tip = ThetaSection::tr("%1: trained from %2 to %3.")
                   .arg(info.label, info.text(info.minimum), info.text(info.maximum));
    return spec;
}

/// Short enough for the slider's end, without trailing zeros, and with a minus as wide as a plus.
QString shortText(const ParameterInfo& info, double value) {
    const double displayed = info.toDisplay(value);
    const double grid = std::abs(displayed) < 10 ? 100 : std::abs(displayed) < 100 ? 10 : 1;
    const QString number = QString::number(std::round(displayed * grid) / grid);
    return QString(number).replace(u'-', u'−') + info.unit;
}

ParameterInfo infoOf(const ChairPanelState& state, int index) {
    return parameterInfo(state, thetaRanges()[std::size_t(index)].key);
}

}  // namespace

ThetaSection::ThetaSection(ChairStateStore& store, QWidget* parent) : QWidget(parent), m_store(store) {
    buildLayout();
    connectSignals();
    showState();
}

void ThetaSection::buildLayout() {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    for (int i = 0; i < kThetaSize; ++i) {
        m_sliders.append(new LabeledSlider(specOf(infoOf({}, i)), this));
        m_captions.append(new RangeCaption(m_sliders.last()));
        layout->addWidget(m_sliders.last());
    }
    setRanges(false);
    m_extrapolated = new QCheckBox(tr("Beyond the trained range"), this);
    m_extrapolated->setObjectName(u"chairs.extrapolated"_s);
    m_extrapolated->setAccessibleName(m_extrapolated->text());
    m_extrapolated->setToolTip(
        tr("The ranges of the paper's extrapolation figure, which lie outside the training data."));
    layout->addWidget(m_extrapolated);
}

void ThetaSection::connectSignals() {
    connect(&m_store, &ChairStateStore::changed, this, &ThetaSection::showState);
    for (int i = 0; i < kThetaSize; ++i) {
        LabeledSlider* slider = m_sliders[i];
        connect(slider, &LabeledSlider::valueChanged, this, [this, i](double displayed) {
            const ParameterInfo info = infoOf(m_store.state(), i);
            m_store.change(u"theta."_s + QString::fromStdString(info.key),
                           tr("Change %1").arg(info.label.toLower()),
                           [&info, displayed](ChairPanelState& state) {
                               setParameter(state, info.key, info.fromDisplay(displayed));
                           });
        });
        connect(slider, &LabeledSlider::dragFinished, &m_store, &ChairStateStore::endGesture);
    }
    connect(m_extrapolated, &QCheckBox::toggled, this, [this](bool on) {
        if (on == m_store.state().extrapolated) return;
        m_store.changeOnce(u"extrapolated"_s, tr("Change the range"), [on](ChairPanelState& state) {
            state.extrapolated = on;
            if (on) return;
            for (const ThetaRange& range : thetaRanges()) {
                setParameter(
                    state,
                    range.key,
                    std::clamp(
                        parameterValue(state, range.key), -double(range.trained), double(range.trained)));
            }
        });
    });
}

void ThetaSection::setRanges(bool extrapolated) {
    m_shownExtrapolated = extrapolated;
    for (int i = 0; i < kThetaSize; ++i) {
        const ParameterInfo info = infoOf(m_store.state(), i);
        m_sliders[i]->setRange(info.toDisplay(info.minimum), info.toDisplay(info.maximum));
        m_captions[i]->setRange(shortText(info, info.minimum), shortText(info, info.maximum));
        const auto trained = parameterInfo({}, info.key);
        m_sliders[i]->setTicks(extrapolated ? QList<double>{trained.toDisplay(trained.minimum),
                                                            trained.toDisplay(trained.maximum)}
                                            : QList<double>{});
    }
    LabeledSlider::alignLabels(m_sliders);  // a wider range has wider numbers
}

void ThetaSection::showState() {
    const ChairPanelState& state = m_store.state();
    if (state.extrapolated != m_shownExtrapolated) setRanges(state.extrapolated);
    m_extrapolated->setChecked(state.extrapolated);
    for (int i = 0; i < kThetaSize; ++i) {
        const ParameterInfo info = infoOf(state, i);
        const double displayed = info.toDisplay(parameterValue(state, info.key));
        if (m_sliders[i]->value() != displayed) m_sliders[i]->setValue(displayed);
    }
}

}  // namespace vitrine
