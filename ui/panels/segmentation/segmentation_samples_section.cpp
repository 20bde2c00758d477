// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/segmentation/segmentation_samples_section.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include "core/nets/segmenter_info.h"
#include "ui/panel_kit/bindings.h"
#include "ui/panels/sampling/samples_section.h"
#include "ui/shell/controls.h"
#include "ui/shell/labeled_slider.h"
#include "ui/shell/theme.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

constexpr auto kOpenFile = "?";

QString titleOf(const QString& variant) {
    static const QHash<QString, QString> titles{
        {u"tokens"_s, SegmentationSamplesSection::tr("CVAE with tokens")},
        {u"cvae"_s, SegmentationSamplesSection::tr("CVAE")},
        {u"hybrid"_s, SegmentationSamplesSection::tr("Hybrid of CVAE and GSNN")},
        {u"gsnn"_s, SegmentationSamplesSection::tr("GSNN")},
        {u"gdnn"_s, SegmentationSamplesSection::tr("GDNN, without noise")},
        {u"cnn"_s, SegmentationSamplesSection::tr("CNN, the baseline")}};
    return titles.value(variant, QFileInfo(variant).fileName());
}

}  // namespace

SegmentationSamplesSection::SegmentationSamplesSection(SegmentationStore& store, QWidget* parent)
    : QWidget(parent), m_store(store) {
    buildLayout();
    connectSignals();
    showState();
}

void SegmentationSamplesSection::buildLayout() {
    m_model = makeChoice(u"segmentation.model"_s, tr("Network"), {}, this);
    m_model->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_model->setMinimumContentsLength(12);
    m_samplingSteps = new LabeledSlider(
        {.id = u"segmentation.samplingSteps"_s,
         .label = tr("Sampling steps"),
         .tip = tr("Each sample is drawn in this many autoregressive steps, so that its parts are "
                   "consistent; 1 draws all at once, as in the paper"),
         .minimum = 1,
         .maximum = kMaxSamplingSteps,
         .reset = 3,
         .step = 1,
         .decimals = 0},
        this);
    m_steps = new LabeledSlider(
        {.id = u"segmentation.numSteps"_s,
         .label = tr("Steps"),
         .tip = tr("Number of steps in which the tokens of a sample are drawn: more steps take longer and "
                   "are more consistent"),
         .minimum = 1,
         .maximum = kMaxSteps,
         .reset = 12,
         .step = 1,
         .decimals = 0},
        this);
    m_steps->hide();  // until a network of tokens is open
    m_order = makeChoice(u"segmentation.order"_s,
                         tr("Order"),
                         {{tr("As drawn"), int(SampleOrder::Drawn)},
                          {tr("Differs most first"), int(SampleOrder::Differing)},
                          {tr("Best first"), int(SampleOrder::Best)}},
                         this);
    m_order->setToolTip(tr("Best: by IoU with the truth, where it is known"));
    m_opacity = new LabeledSlider({.id = u"segmentation.opacity"_s,
                                   .label = tr("Labels"),
                                   .tip = tr("Opacity of the labels over the picture"),
                                   .minimum = 0,
                                   .maximum = 1,
                                   .reset = 0.6},
                                  this);

    m_hint = new QLabel(tr("This network is deterministic: it gives one answer."), this);
    m_hint->setObjectName(u"segmentation.deterministic"_s);
    m_hint->setFont(Theme::font(TextRole::Caption));
    m_hint->setProperty("role", u"caption"_s);
    m_hint->setWordWrap(true);
    m_hint->hide();

    m_drawing = new SamplesSection(
        SamplingStore(m_store),
        {.panel = u"segmentation"_s,
         .temperature = tr("Temperature"),
         .temperatureTip = tr("1 samples from the model; lower values favour likely answers"),
         .changeTemperature = tr("Change the temperature"),
         .seedTip = tr("The same seed gives the same samples")},
        this);
    m_drawing->addSliders({m_samplingSteps, m_steps});
    m_drawing->addRow(makeRow(tr("Order"), m_order, m_drawing));
    LabeledSlider::alignLabels(m_drawing->sliders() + QList{m_opacity});
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(measure::kGap / 2);
    column->addLayout(makeRow(tr("Network"), m_model, this));
    column->addWidget(m_hint);
    column->addWidget(m_drawing);
    column->addWidget(m_opacity);
}

void SegmentationSamplesSection::connectSignals() {
    connect(&m_store, &SegmentationStore::changed, this, &SegmentationSamplesSection::showState);
    connect(m_model, &QComboBox::activated, this, [this](int index) {
        const QString model = m_model->itemData(index).toString();
        if (model == QLatin1String(kOpenFile)) {
            showState();
            Q_EMIT modelFileAsked();
            return;
        }
        m_store.changeOnce(u"model"_s, tr("Change the network"), [&model](SegmentationState& state) {
            state.model = model;
        });
    });
    bindControl(m_samplingSteps,
                m_store,
                u"samplingSteps"_s,
                tr("Change the sampling steps"),
                &SegmentationState::numSamplingSteps);
    bindControl(m_steps, m_store, u"numSteps"_s, tr("Change the steps"), &SegmentationState::numSteps);
    bindControl(m_order, m_store, u"order"_s, tr("Change the order"), &SegmentationState::order);
    bindControl(
        m_opacity, m_store, u"opacity"_s, tr("Change the label opacity"), &SegmentationState::opacity);
}

void SegmentationSamplesSection::setModels(const QStringList& variants) {
    m_model->clear();
    for (const QString& variant : variants) m_model->addItem(titleOf(variant), variant);
    m_model->addItem(tr("Open a file…"), QLatin1String(kOpenFile));
    showState();
}

void SegmentationSamplesSection::setNetwork(const SegmenterInfo& network) {
    m_drawing->setVisible(network.hasNoise);
    m_hint->setVisible(!network.hasNoise);
    m_samplingSteps->setVisible(network.isAutoregressive);
    m_steps->setVisible(network.drawsTokens);
}

void SegmentationSamplesSection::showState() {
    const SegmentationState& state = m_store.state();
    if (m_model->count() > 0 && m_model->findData(state.model) < 0)
        m_model->insertItem(m_model->count() - 1, titleOf(state.model), state.model);
    m_model->setCurrentIndex(m_model->findData(state.model));
    m_samplingSteps->setValue(state.numSamplingSteps);
    m_steps->setValue(state.numSteps);
    showChoice(m_order, int(state.order));
    m_opacity->setValue(state.opacity);
}

}  // namespace vitrine
