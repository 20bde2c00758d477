// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/segmentation/samples_section.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>
#include <limits>

#include "core/nets/segmenter_info.h"
#include "ui/panel_kit/bindings.h"
#include "ui/shell/controls.h"
#include "ui/shell/labeled_slider.h"
#include "ui/shell/theme.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

constexpr auto kOpenFile = "?";

QString titleOf(const QString& variant) {
    static const QHash<QString, QString> titles{{u"tokens"_s, SamplesSection::tr("CVAE with tokens")},
                                                {u"cvae"_s, SamplesSection::tr("CVAE")},
                                                {u"hybrid"_s, SamplesSection::tr("Hybrid of CVAE and GSNN")},
                                                {u"gsnn"_s, SamplesSection::tr("GSNN")},
                                                {u"gdnn"_s, SamplesSection::tr("GDNN, without noise")},
                                                {u"cnn"_s, SamplesSection::tr("CNN, the baseline")}};
    return titles.value(variant, QFileInfo(variant).fileName());
}

}  // namespace

SamplesSection::SamplesSection(SegmentationStore& store, QWidget* parent) : QWidget(parent), m_store(store) {
    buildLayout();
    connectSignals();
    showState();
}

void SamplesSection::buildLayout() {
    m_model = makeChoice(u"segmentation.model"_s, tr("Network"), {}, this);
    m_model->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_model->setMinimumContentsLength(12);
    m_count = new LabeledSlider({.id = u"segmentation.numSamples"_s,
                                 .label = tr("Samples"),
                                 .tip = tr("How many answers are drawn"),
                                 .minimum = 1,
                                 .maximum = kMostSamples,
                                 .reset = 16,
                                 .step = 1,
                                 .decimals = 0},
                                this);
    m_spread = new LabeledSlider(
        {.id = u"segmentation.spread"_s,
         .label = tr("Temperature"),
         .tip = tr("1 draws from what the network has learned, less keeps to the likely answers"),
         .minimum = 0,
         .maximum = kMostSpread,
         .reset = 1},
        this);
    m_parts = new LabeledSlider(
        {.id = u"segmentation.numParts"_s,
         .label = tr("Parts"),
         .tip = tr("Each sample is drawn in so many parts, one given those before it, so that "
                   "they fit together; 1 draws all at once, as the paper does"),
         .minimum = 1,
         .maximum = kMostParts,
         .reset = 3,
         .step = 1,
         .decimals = 0},
        this);
    m_steps = new LabeledSlider(
        {.id = u"segmentation.numSteps"_s,
         .label = tr("Steps"),
         .tip = tr("Each sample is drawn in so many steps: more take longer and fit together better"),
         .minimum = 1,
         .maximum = kMostSteps,
         .reset = 12,
         .step = 1,
         .decimals = 0},
        this);
    m_steps->hide();  // until a network of tokens is open
    m_seed = new QSpinBox(this);
    m_seed->setObjectName(u"segmentation.seed"_s);
    m_seed->setAccessibleName(tr("Seed"));
    m_seed->setToolTip(tr("The same seed draws the same answers"));
    m_seed->setRange(0, std::numeric_limits<int>::max());
    m_seed->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_seed->setAlignment(Qt::AlignRight);
    m_seed->setKeyboardTracking(false);
    m_order = makeChoice(u"segmentation.order"_s,
                         tr("Order"),
                         {{tr("As drawn"), int(SampleOrder::Drawn)},
                          {tr("Differs most first"), int(SampleOrder::Differing)},
                          {tr("Best first"), int(SampleOrder::Best)}},
                         this);
    m_order->setToolTip(tr("Best: by IoU with the truth, where it is known"));
    m_opacity = new LabeledSlider({.id = u"segmentation.opacity"_s,
                                   .label = tr("Labels"),
                                   .tip = tr("How strongly labels cover the picture"),
                                   .minimum = 0,
                                   .maximum = 1,
                                   .reset = 0.6},
                                  this);
    LabeledSlider::alignLabels({m_count, m_spread, m_parts, m_steps, m_opacity});

    m_hint = new QLabel(tr("This network is deterministic: it gives one answer."), this);
    m_hint->setObjectName(u"segmentation.deterministic"_s);
    m_hint->setFont(Theme::font(TextRole::Caption));
    m_hint->setProperty("role", u"caption"_s);
    m_hint->setWordWrap(true);
    m_hint->hide();

    m_drawing = new QWidget(this);
    const auto columnOf = [](QWidget* widget) {
        auto* column = new QVBoxLayout(widget);
        column->setContentsMargins(0, 0, 0, 0);
        column->setSpacing(measure::kGap / 2);
        return column;
    };
    QVBoxLayout* drawing = columnOf(m_drawing);
    for (LabeledSlider* slider : {m_count, m_spread, m_parts, m_steps}) drawing->addWidget(slider);
    drawing->addLayout(makeRow(tr("Seed"), m_seed, m_drawing));
    drawing->addLayout(makeRow(tr("Order"), m_order, m_drawing));
    QVBoxLayout* column = columnOf(this);
    column->addLayout(makeRow(tr("Network"), m_model, this));
    column->addWidget(m_hint);
    column->addWidget(m_drawing);
    column->addWidget(m_opacity);
}

void SamplesSection::connectSignals() {
    connect(&m_store, &SegmentationStore::changed, this, &SamplesSection::showState);
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
    bindControl(m_count,
                m_store,
                u"numSamples"_s,
                tr("Change the number of samples"),
                [](SegmentationState& state, double count) {
                    state.numSamples = int(count);
                    if (state.chosen >= state.numSamples) state.chosen = -1;
                });
    bindControl(m_spread, m_store, u"spread"_s, tr("Change the temperature"), &SegmentationState::spread);
    bindControl(m_parts, m_store, u"numParts"_s, tr("Change the parts"), &SegmentationState::numParts);
    bindControl(m_steps, m_store, u"numSteps"_s, tr("Change the steps"), &SegmentationState::numSteps);
    bindControl(m_seed, m_store, u"seed"_s, tr("Change the seed"), &SegmentationState::seed);
    bindControl(m_order, m_store, u"order"_s, tr("Change the order"), &SegmentationState::order);
    bindControl(m_opacity, m_store, u"opacity"_s, tr("Change how labels cover"), &SegmentationState::opacity);
}

void SamplesSection::setModels(const QStringList& variants) {
    m_model->clear();
    for (const QString& variant : variants) m_model->addItem(titleOf(variant), variant);
    m_model->addItem(tr("Open a file…"), QLatin1String(kOpenFile));
    showState();
}

void SamplesSection::setNetwork(const SegmenterInfo& network) {
    m_drawing->setVisible(network.hasNoise);
    m_hint->setVisible(!network.hasNoise);
    m_parts->setVisible(network.drawsInParts);
    m_steps->setVisible(network.drawsTokens);
}

void SamplesSection::showState() {
    const SegmentationState& state = m_store.state();
    if (m_model->count() > 0 && m_model->findData(state.model) < 0)
        m_model->insertItem(m_model->count() - 1, titleOf(state.model), state.model);
    m_model->setCurrentIndex(m_model->findData(state.model));
    m_count->setValue(state.numSamples);
    m_spread->setValue(state.spread);
    m_parts->setValue(state.numParts);
    m_steps->setValue(state.numSteps);
    const QSignalBlocker seed(m_seed);
    m_seed->setValue(int(state.seed));
    showChoice(m_order, int(state.order));
    m_opacity->setValue(state.opacity);
}

}  // namespace vitrine
