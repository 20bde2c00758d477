// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/state_fields.h"

#include <QJsonDocument>

namespace vitrine {

QJsonObject objectOf(const std::string& text) {
    return QJsonDocument::fromJson(QByteArray::fromStdString(text)).object();
}

std::string textOf(const QJsonObject& json) {
    return QJsonDocument(json).toJson(QJsonDocument::Compact).toStdString();
}

FieldCheck QtText::read(const nlohmann::json& json, QString& text) const {
    if (!json.is_string()) return FieldFault{{}, "must be a text"};
    text = QString::fromStdString(json.get<std::string>());
    return {};
}

}  // namespace vitrine
