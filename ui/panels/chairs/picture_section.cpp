// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/chairs/picture_section.h"

#include <QCheckBox>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/panel_kit/bindings.h"
#include "ui/panels/chairs/controls.h"
#include "ui/shell/theme.h"

namespace vitrine {

using namespace Qt::StringLiterals;

PictureSection::PictureSection(ChairStateStore& store, QWidget* parent) : QWidget(parent), m_store(store) {
    buildLayout();
    connectSignals();
    showState();
}

void PictureSection::buildLayout() {
    m_channel = makeChoice(u"chairs.channel"_s,
                           tr("Channel"),
                           {{tr("Chair on background"), int(PictureChannel::Composite)},
                            {tr("Colour only"), int(PictureChannel::Rgb)},
                            {tr("Mask only"), int(PictureChannel::Mask)}},
                           this);
    m_background = makeChoice(u"chairs.background"_s,
                              tr("Background"),
                              {{tr("White"), int(BackgroundKind::White)},
                               {tr("Black"), int(BackgroundKind::Black)},
                               {tr("Checkerboard"), int(BackgroundKind::Checkerboard)},
                               {tr("Transparent"), int(BackgroundKind::Transparent)},
                               {tr("Own picture"), int(BackgroundKind::Picture)}},
                              this);
    m_chooseBackground = new QPushButton(tr("Choose another picture"), this);
    m_chooseBackground->setObjectName(u"chairs.chooseBackgroundButton"_s);
    m_chooseBackground->setAccessibleName(m_chooseBackground->text());
    m_compare = makeChoice(u"chairs.compare"_s,
                           tr("Compare"),
                           {{tr("Nothing"), int(CompareMode::Off)},
                            {tr("Real chair"), int(CompareMode::Real)},
                            {tr("Real chair, difference"), int(CompareMode::Difference)}},
                           this);
    m_compare->setToolTip(
        tr("The real chair at the same view and theta, if a single style is shown unmixed."));
    m_smooth = new QCheckBox(tr("Smooth scaling"), this);
    m_smooth->setObjectName(u"chairs.smooth"_s);
    m_smooth->setAccessibleName(m_smooth->text());
    m_smooth->setToolTip(tr("Off: each pixel is shown as a square at an integer scale."));

    m_exportScale = makeChoice(
        u"chairs.exportScale"_s, tr("Export size"), {{u"1×"_s, 1}, {u"2×"_s, 2}, {u"4×"_s, 4}}, this);
    m_exportScale->setToolTip(
        tr("The size of exported pictures, and of each picture of a sheet or an animation: that of the "
           "network's own pictures, or two or four times as large."));

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(measure::kGap / 2);
    layout->addLayout(makeRow(tr("Channel"), m_channel, this));
    layout->addLayout(makeRow(tr("Background"), m_background, this));
    layout->addWidget(m_chooseBackground);
    layout->addLayout(makeRow(tr("Compare"), m_compare, this));
    layout->addLayout(makeRow(tr("Export size"), m_exportScale, this));
    layout->addWidget(m_smooth);
}

void PictureSection::connectSignals() {
    connect(&m_store, &ChairStateStore::settingsChanged, this, &PictureSection::showState);
    bindControl(m_channel, m_store, u"channel"_s, tr("Change the channel"), &ChairPanelState::channel);
    connect(m_background, &QComboBox::currentIndexChanged, this, [this] {
        const auto kind = BackgroundKind(m_background->currentData().toInt());
        if (kind == BackgroundKind::Picture && m_store.state().backgroundFile.empty()) {
            showState();
            Q_EMIT backgroundPictureAsked();
            return;
        }
        m_store.changeOnce(u"background"_s, tr("Change the background"), [kind](ChairPanelState& state) {
            state.background = kind;
        });
    });
    connect(m_chooseBackground, &QPushButton::clicked, this, &PictureSection::backgroundPictureAsked);
    bindControl(m_compare, m_store, u"compare"_s, tr("Change the comparison"), &ChairPanelState::compare);
    bindControl(m_exportScale,
                m_store,
                u"exportScale"_s,
                tr("Change the export size"),
                &ChairPanelState::exportScale);
    bindControl(m_smooth, m_store, u"smooth"_s, tr("Change the scaling"), &ChairPanelState::smooth);
}

void PictureSection::setNetworkSize(int side) {
    for (int i = 0; i < m_exportScale->count(); ++i) {
        const int scale = m_exportScale->itemData(i).toInt();
        m_exportScale->setItemText(i, tr("%1 px (%2×)").arg(side * scale).arg(scale));
    }
}

void PictureSection::showState() {
    const ChairPanelState& state = m_store.state();
    showChoice(m_channel, int(state.channel));
    showChoice(m_background, int(state.background));
    m_background->setEnabled(state.channel == PictureChannel::Composite);
    m_chooseBackground->setVisible(state.background == BackgroundKind::Picture);
    m_chooseBackground->setToolTip(QString::fromStdString(state.backgroundFile));
    showChoice(m_compare, int(state.compare));
    showChoice(m_exportScale, state.exportScale);
    m_smooth->setChecked(state.smooth);
}

}  // namespace vitrine
