// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/state_fields.h"

#include <QJsonDocument>

namespace vitrine {

QJsonArray toJson(const QList<int>& numbers) {
    QJsonArray array;
    for (const int number : numbers) array << number;
    return array;
}

QJsonObject objectOf(const std::string& text) {
    return QJsonDocument::fromJson(QByteArray::fromStdString(text)).object();
}

std::string textOf(const QJsonObject& json) {
    return QJsonDocument(json).toJson(QJsonDocument::Compact).toStdString();
}

double StateFields::number(const QString& key, double fallback, double low, double high) {
    const QJsonValue value = m_json.value(key);
    if (value.isUndefined()) return fallback;
    const double number = value.toDouble(low - 1);
    if (number >= low && number <= high) return number;
    return blame(key), fallback;
}

QList<int> StateFields::wholeNumbers(const QString& key, int low, int high) {
    QList<int> numbers;
    for (const QJsonValue& value : m_json.value(key).toArray()) {
        const int number = value.toInt(low - 1);
        if (number >= low && number <= high)
            numbers << number;
        else
            blame(key);
    }
    return numbers;
}

void StateFields::blame(const QString& key) {
    if (m_fault.isEmpty()) m_fault = key;
}

}  // namespace vitrine
