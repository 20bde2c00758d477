// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/chairs/units_section.h"

#include <QHBoxLayout>
#include <QToolButton>

#include "ui/shell/labeled_slider.h"
#include "ui/shell/theme.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

QString nameOf(const UnitSlider& unit) {
    return u"%1 · %2"_s.arg(QString::fromStdString(unit.boost.layer), QString::number(unit.boost.unit));
}

QStringList namesOf(const std::vector<UnitSlider>& units) {
    QStringList names;
    for (const UnitSlider& unit : units) names << nameOf(unit) + u'/' + QString::number(unit.largest);
    return names;
}

SliderSpec specOf(const UnitSlider& unit) {
    SliderSpec spec;
    spec.id = u"chairs.unit.%1.%2"_s.arg(QString::fromStdString(unit.boost.layer),
                                         QString::number(unit.boost.unit));
    spec.label = nameOf(unit);
    spec.tip = UnitsSection::tr("Added to unit %1 of %2 after its non-linearity.")
                   .arg(QString::number(unit.boost.unit), QString::fromStdString(unit.boost.layer));
    spec.minimum = -unit.largest;
    spec.maximum = unit.largest;
    spec.step = unit.largest / 100;
    spec.decimals = unit.largest < 10 ? 2 : 1;
    return spec;
}

}  // namespace

UnitsSection::UnitsSection(ChairStateStore& store, QWidget* parent)
    : QWidget(parent), m_store(store), m_rows(new QVBoxLayout(this)) {
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setSpacing(4);
    connect(&m_store, &ChairStateStore::changed, this, &UnitsSection::showState);
    showState();
}

void UnitsSection::showState() {
    const auto& units = m_store.state().units;
    if (namesOf(units) != m_shown) rebuild();
    for (std::size_t i = 0; i < units.size(); ++i)
        if (LabeledSlider* slider = m_sliders[qsizetype(i)]; slider->value() != double(units[i].boost.value))
            slider->setValue(units[i].boost.value);
}

void UnitsSection::rebuild() {
    m_sliders.clear();
    while (QLayoutItem* item = m_rows->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();  // it may be the sender
        delete item;
    }
    const auto& units = m_store.state().units;
    m_shown = namesOf(units);
    for (std::size_t i = 0; i < units.size(); ++i) m_rows->addWidget(makeRow(i));
    LabeledSlider::alignLabels(m_sliders);
}

QWidget* UnitsSection::makeRow(std::size_t place) {
    const UnitSlider& unit = m_store.state().units[place];
    auto* row = new QWidget(this);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto* slider = new LabeledSlider(specOf(unit), row);
    m_sliders << slider;
    layout->addWidget(slider, 1);
    auto* remove = new QToolButton(row);
    remove->setObjectName(slider->objectName() + u".remove"_s);
    remove->setIcon(Theme::icon(u"close"_s));
    remove->setToolTip(tr("Remove %1").arg(nameOf(unit)));
    remove->setAccessibleName(remove->toolTip());
    remove->setAutoRaise(true);
    layout->addWidget(remove);
    connect(slider, &LabeledSlider::valueChanged, this, [this, place](double value) {
        m_store.change(u"unit.%1"_s.arg(place), tr("Change a unit"), [place, value](ChairPanelState& state) {
            if (place < state.units.size()) state.units[place].boost.value = float(value);
        });
    });
    connect(slider, &LabeledSlider::dragFinished, &m_store, &ChairStateStore::endGesture);
    connect(remove, &QToolButton::clicked, this, [this, place] {
        m_store.changeOnce(u"units"_s, tr("Remove a unit"), [place](ChairPanelState& state) {
            if (place < state.units.size()) state.units.erase(state.units.begin() + std::ptrdiff_t(place));
        });
    });
    return row;
}

}  // namespace vitrine
