// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonValue>
#include <QWidget>
#include <functional>

#include "core/runs/config_fields.h"

class QGridLayout;
class QLabel;

namespace vitrine {

/// One field of a configuration as a row: its name, a control of its kind, its range, what it means; and
/// under it what is wrong with it.
class FieldEditor : public QWidget {
    Q_OBJECT
public:
    /// `id` is the control's objectName. `browse` asks for a file and answers with its path, or nothing.
    FieldEditor(const ConfigField& field,
                const QString& id,
                std::function<QString()> browse,
                QWidget* parent = nullptr);

    QString label() const { return QString::fromStdString(m_field.label); }
    /// Silent.
    void setValue(const QJsonValue& value);
    QJsonValue value() const { return m_value(); }
    /// Empty: nothing is wrong.
    void setError(const QString& text);
    QString error() const;
    QWidget* control() const { return m_control; }
    /// Narrow rows leave the explanation to the tip.
    void setExplained(bool explained);

Q_SIGNALS:
    void edited();
    /// The control was left or a choice was made: one step of undo ends.
    void editFinished();

private:
    QWidget* makeControl(const QString& id, std::function<QString()> browse);
    QWidget* makeNumber(const QString& id, bool whole);
    QWidget* makeFlag(const QString& id);
    QWidget* makeChoice(const QString& id);
    QWidget* makeText(const QString& id);
    QWidget* makePath(const QString& id, std::function<QString()> browse);
    void buildLayout();
    QString tip() const;
    QString rangeText() const;

    ConfigField m_field;
    std::function<QJsonValue()> m_value;
    std::function<void(const QJsonValue&)> m_show;
    QWidget* m_control = nullptr;
    QLabel* m_help = nullptr;
    QLabel* m_error = nullptr;
};

}  // namespace vitrine
