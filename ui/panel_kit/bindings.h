// SPDX-License-Identifier: GPL-3.0-or-later
// Controls that set a value of a panel's state. `field`: a member of the state, or a function of the state
// and the control's new value. `key` and `text`: of StateStore::change(); a drag is one step of undo,
// everything else a step of its own. The store outlives the controls.
#pragma once

#include <QCheckBox>
#include <QComboBox>
#include <QSpinBox>
#include <type_traits>

#include "ui/panel_kit/state_store.h"
#include "ui/shell/labeled_slider.h"

namespace vitrine {

/// Sets `field` of a state to `value`.
template <class State, class Field, class Value>
auto settingOf(Field field, Value value) {
    return [field, value](State& state) {
        if constexpr (std::is_member_object_pointer_v<Field>)
            state.*field = static_cast<std::remove_reference_t<decltype(state.*field)>>(value);
        else
            field(state, value);
    };
}

template <class State, class Field>
void bindControl(
    LabeledSlider* slider, StateStore<State>& store, const QString& key, const QString& text, Field field) {
    QObject::connect(slider, &LabeledSlider::valueChanged, &store, [&store, key, text, field](double value) {
        store.change(key, text, settingOf<State>(field, value));
    });
    QObject::connect(slider, &LabeledSlider::dragFinished, &store, &StateStoreBase::endGesture);
}

template <class State, class Field>
void bindControl(
    QSpinBox* box, StateStore<State>& store, const QString& key, const QString& text, Field field) {
    QObject::connect(box, &QSpinBox::valueChanged, &store, [&store, key, text, field](int value) {
        store.changeOnce(key, text, settingOf<State>(field, value));
    });
}

template <class State, class Field>
void bindControl(
    QCheckBox* box, StateStore<State>& store, const QString& key, const QString& text, Field field) {
    QObject::connect(box, &QCheckBox::toggled, &store, [&store, key, text, field](bool isOn) {
        store.changeOnce(key, text, settingOf<State>(field, isOn));
    });
}

/// The new value is the entry's number, see makeChoice(). What shows the state uses showChoice(), which
/// emits nothing: only a user changes the index, by mouse, keys, or typing the entry's first letters.
template <class State, class Field>
void bindControl(
    QComboBox* box, StateStore<State>& store, const QString& key, const QString& text, Field field) {
    QObject::connect(box, &QComboBox::currentIndexChanged, &store, [&store, box, key, text, field](int row) {
        if (row < 0) return;
        store.changeOnce(key, text, settingOf<State>(field, box->itemData(row).toInt()));
    });
}

}  // namespace vitrine
