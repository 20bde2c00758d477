// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <utility>
#include <vector>

#include "ui/bridge/data_service.h"

class QCheckBox;
class QComboBox;
class QGridLayout;
class QLabel;
class QPushButton;

namespace vitrine {

/// What is known of the data set: counts, size, means, hash; each with what it means.
class StatisticsSection : public QWidget {
    Q_OBJECT
public:
    explicit StatisticsSection(QWidget* parent = nullptr);
    void show(const DataService& data);
    /// As shown.
    QString value(const QString& id) const;

Q_SIGNALS:
    void checkRequested();

private:
    void addRow(const QString& id, const QString& name, const QString& tip);
    void set(const QString& id, const QString& text, const QString& tip = {});

    QGridLayout* m_grid = nullptr;
    std::vector<std::pair<QString, QLabel*>> m_values;
    QLabel* m_note = nullptr;
    QPushButton* m_check = nullptr;
};

/// From where the contact sheet shows the chairs.
class SheetSection : public QWidget {
    Q_OBJECT
public:
    explicit SheetSection(QWidget* parent = nullptr);
    void setMayMake(bool may);
    double azimuthDeg() const;
    double elevationDeg() const;
    bool parts() const;

Q_SIGNALS:
    void makeRequested();

private:
    QComboBox* m_azimuth = nullptr;
    QComboBox* m_elevation = nullptr;
    QCheckBox* m_parts = nullptr;
    QPushButton* m_make = nullptr;
};

}  // namespace vitrine
