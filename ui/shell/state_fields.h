// SPDX-License-Identifier: GPL-3.0-or-later
// Where the state of a panel passes between Qt's JSON and the fields of core.
#pragma once

#include <QJsonObject>
#include <QString>
#include <string>

#include "core/base/fields.h"

namespace vitrine {

/// Empty where the text is no object.
QJsonObject objectOf(const std::string& text);
std::string textOf(const QJsonObject& json);

/// The rule of a QString: fields.value("model", state.model, QtText()).
struct QtText {
    FieldCheck read(const nlohmann::json& json, QString& text) const;
    nlohmann::json write(const QString& text) const { return text.toStdString(); }
};

/// `bind`: function of (FieldSet&, State&).
template <class State, class Bind>
QJsonObject stateJson(const State& state, const Bind& bind) {
    return objectOf(compactText(writeFields(state, bind)));
}

/// What is missing keeps its value.
template <class State, class Bind>
FieldCheck readState(const QJsonObject& json, State& state, const Bind& bind) {
    return readFields(nlohmann::json::parse(textOf(json)), state, bind);
}

}  // namespace vitrine
