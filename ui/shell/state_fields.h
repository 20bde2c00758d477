// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QLatin1StringView>
#include <QList>
#include <QString>
#include <array>
#include <string>

namespace vitrine {

QJsonArray toJson(const QList<int>& numbers);
/// Empty where the text is no object.
QJsonObject objectOf(const std::string& text);
std::string textOf(const QJsonObject& json);

/// Reads the fields of a saved state and remembers the first that made no sense. What is missing keeps its
/// fallback.
class StateFields {
public:
    explicit StateFields(QJsonObject json) : m_json(std::move(json)) {}
    /// Empty: all made sense.
    const QString& fault() const { return m_fault; }

    double number(const QString& key, double fallback, double low, double high);
    QList<int> wholeNumbers(const QString& key, int low, int high);
    /// By the names of the enum's values, in their order.
    template <class Enum, std::size_t N>
    Enum choice(const QString& key, const std::array<QLatin1StringView, N>& names, Enum fallback) {
        const QJsonValue value = m_json.value(key);
        if (value.isUndefined()) return fallback;
        for (std::size_t i = 0; i < N; ++i)
            if (value.toString() == names[i]) return Enum(i);
        return blame(key), fallback;
    }

private:
    void blame(const QString& key);

    QJsonObject m_json;
    QString m_fault;
};

}  // namespace vitrine
