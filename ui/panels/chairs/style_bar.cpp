// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/chairs/style_bar.h"

#include <QGridLayout>
#include <QLabel>
#include <QStackedWidget>
#include <cmath>

#include "ui/panels/chairs/style_slot.h"
#include "ui/panels/chairs/trust_shading.h"
#include "ui/shell/elided_label.h"
#include "ui/shell/theme.h"
#include "ui/views/style_pad.h"
#include "ui/views/style_track.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

constexpr int kBarHeight = 92;
constexpr int kLargeCard = 74;
constexpr int kSmallCard = 44;
constexpr int kSpareCard = 32;

QString percent(double weight) {
    return u"%1 %"_s.arg(int(std::lround(100 * weight)), 3);
}

}  // namespace

StyleBar::StyleBar(ChairStateStore& store, SlotLookOf lookOf, QWidget* parent)
    : QWidget(parent), m_store(store), m_lookOf(std::move(lookOf)) {
    buildLayout();
    connectSignals();
    showState();
}

void StyleBar::buildLayout() {
    setFixedHeight(kBarHeight);
    for (int i = 0; i < 4; ++i) m_slots[std::size_t(i)] = new StyleSlot(i, this);
    m_track = new StyleTrack;
    m_track->setObjectName(u"chairs.styleSlider"_s);
    m_pad = new StylePad;
    m_pad->setObjectName(u"chairs.stylePad"_s);
    m_readout = new QLabel;
    m_readout->setObjectName(u"chairs.weights"_s);
    m_readout->setAlignment(Qt::AlignCenter);
    m_hint = new ElidedLabel;
    m_hint->setObjectName(u"chairs.styleHint"_s);
    m_hint->setFont(Theme::font(TextRole::Caption));
    m_hint->setAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_hint->setProperty("role", u"muted"_s);
    m_hint->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);

    m_line = new QWidget;
    m_spare = new QWidget;
    auto* spare = new QHBoxLayout(m_spare);
    spare->setContentsMargins(0, 0, 0, 0);
    spare->setSpacing(measure::kGap);
    auto* line = new QVBoxLayout(m_line);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(0);
    line->addWidget(m_readout);
    line->addWidget(m_track);
    line->addStretch(1);
    line->addWidget(m_spare);

    m_control = new QStackedWidget(this);
    m_control->addWidget(m_line);
    m_control->addWidget(m_pad);
    m_grid = new QGridLayout(this);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(measure::kGroupGap);
    m_grid->setVerticalSpacing(4);
    m_grid->setColumnStretch(1, 1);
    m_grid->addWidget(m_control, 0, 1, 2, 1);
    placeSlots(false);
}

void StyleBar::placeSlots(bool pad) {
    m_isPad = pad;
    auto* spare = static_cast<QHBoxLayout*>(m_spare->layout());
    while (QLayoutItem* item = spare->takeAt(0)) {
        if (item->widget() != m_hint) m_grid->removeWidget(item->widget());
        delete item;
    }
    for (StyleSlot* slot : m_slots) m_grid->removeWidget(slot);
    for (int i = 0; i < 4; ++i) {
        StyleSlot* slot = m_slots[std::size_t(i)];
        slot->setCardSize(pad ? kSmallCard : i < 2 ? kLargeCard : kSpareCard, !pad && i < 2);
        if (pad || i < 2) {
            m_grid->addWidget(slot, pad ? i / 2 : 0, i % 2 == 0 ? 0 : 2, pad ? 1 : 2, 1, Qt::AlignTop);
        } else {
            spare->addWidget(slot);
        }
        slot->show();
    }
    if (!pad) spare->addWidget(m_hint, 1);
    m_control->setCurrentIndex(pad ? 1 : 0);
}

void StyleBar::connectSignals() {
    connect(&m_store, &ChairStateStore::changed, this, &StyleBar::showState);
    connect(m_track, &StyleTrack::valueChanged, this, [this](double value) {
        m_store.change(u"style"_s, tr("Mix styles"), [value](ChairPanelState& state) { state.u = value; });
    });
    connect(m_track, &StyleTrack::dragFinished, &m_store, &ChairStateStore::endGesture);
    connect(m_pad, &StylePad::valueChanged, this, [this](const QPointF& value) {
        m_store.change(u"style"_s, tr("Mix styles"), [value](ChairPanelState& state) {
            state.u = value.x();
            state.v = value.y();
        });
    });
    connect(m_pad, &StylePad::dragFinished, &m_store, &ChairStateStore::endGesture);
    for (StyleSlot* slot : m_slots) {
        connect(slot, &QAbstractButton::clicked, this, [this, slot] { goTo(slot->index()); });
        connect(slot, &StyleSlot::clearAsked, this, &StyleBar::clearSlot);
        connect(slot, &StyleSlot::styleDropped, this, &StyleBar::styleDropped);
        connect(slot, &StyleSlot::slotDropped, this, &StyleBar::swapSlots);
    }
}

void StyleBar::showState() {
    const ChairPanelState& state = m_store.state();
    const StyleMode mode = styleMode(state);
    if ((mode == StyleMode::Pad) != m_isPad) placeSlots(mode == StyleMode::Pad);
    m_track->setEnabled(mode == StyleMode::Line || mode == StyleMode::Arithmetic);
    m_track->setValue(state.u);
    m_pad->setValue({state.u, state.v});
    showSlots(state);
    showReadout(state);
    showTrust(state);
}

void StyleBar::setTrust(std::optional<TrustProfile> trust) {
    m_trust = std::move(trust);
    showState();
}

/// The measurement is of pairs of chairs: it says nothing of a mix, or of A − B + C.
bool StyleBar::isMeasured(const ChairPanelState& state) const {
    return m_trust && styleMode(state) == StyleMode::Line && !pureStyleOf(state.slots[0]).empty() &&
           !pureStyleOf(state.slots[1]).empty();
}

void StyleBar::showTrust(const ChairPanelState& state) {
    if (!isMeasured(state)) return m_track->setShading({}, {});
    m_track->setShading([trust = *m_trust](double value) { return shadeAt(trust, value); },
                        [trust = *m_trust](double value) { return trustTip(trust, value); });
    if (isTrustedAt(*m_trust, state.u)) return;
    const QString hint = trustHint(*m_trust, state.u);
    m_hint->setText(hint);
    m_track->setAccessibleDescription(m_track->accessibleDescription() + u". "_s + hint);
}

void StyleBar::showSlots(const ChairPanelState& state) {
    for (std::size_t i = 0; i < m_slots.size(); ++i) {
        if (state.slots[i].empty()) {
            m_slots[i]->setEmpty();
            continue;
        }
        const SlotLook look = m_lookOf(state.slots[i]);
        m_slots[i]->setStyle(look.name, look.picture);
    }
}

void StyleBar::showReadout(const ChairPanelState& state) {
    switch (styleMode(state)) {
        case StyleMode::Empty:
            m_readout->setText(tr("Choose a chair below"));
            m_hint->setText({});
            break;
        case StyleMode::Single:
            m_readout->setText(tr("One style; Shift+click a second one"));
            m_hint->setText(tr("Shift+click a chair to fill B."));
            break;
        case StyleMode::Arithmetic:
            m_readout->setText(tr("A  +  %1 (C − B)").arg(percent(state.u)));
            m_hint->setText(tr("Arithmetic: the right end is A − B + C."));
            break;
        case StyleMode::Line:
            m_readout->setText(tr("%1 A      %2 B").arg(percent(1 - state.u), percent(state.u)));
            m_hint->setText(state.slots[2].empty() && state.slots[3].empty()
                                ? tr("Drop chairs on C and D to mix four styles.")
                                : tr("Fill C and D to mix four styles, or switch on A − B + C."));
            break;
        case StyleMode::Pad:
            break;
    }
}

void StyleBar::goTo(int slot) {
    m_store.changeOnce(u"style"_s,
                       tr("Show style %1").arg(QChar(u'A' + slot)),
                       [slot](ChairPanelState& state) { showSlot(state, slot); });
}

void StyleBar::clearSlot(int slot) {
    m_store.changeOnce(
        u"slots"_s, tr("Empty slot %1").arg(QChar(u'A' + slot)), [slot](ChairPanelState& state) {
            state.slots[std::size_t(slot)].clear();
            compactSlots(state);
        });
}

void StyleBar::swapSlots(int first, int second) {
    if (second < 0 || second > 3) return;
    m_store.changeOnce(u"slots"_s, tr("Swap styles"), [first, second](ChairPanelState& state) {
        std::swap(state.slots[std::size_t(first)], state.slots[std::size_t(second)]);
        compactSlots(state);
    });
}

}  // namespace vitrine
