// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "core/base/result.h"
#include "core/jobs/job.h"
#include "core/train/probe.h"

class QLabel;
class QProgressBar;
class QPushButton;

namespace vitrine {

/// "Estimate cost": sentences with units, once the training was tried for some seconds.
class CostSection : public QWidget {
    Q_OBJECT
public:
    explicit CostSection(QWidget* parent = nullptr);

    /// What is shown no longer belongs to the settings.
    void setStale();
    void setMeasuring(bool measuring);
    void setProgress(const Progress& progress);
    void setCost(const TrainCost& cost);
    void setError(const Error& error);
    void setMayMeasure(bool may);
    QString text() const;

Q_SIGNALS:
    void measureRequested();
    void cancelRequested();

private:
    void show(const QString& text, const QString& role);

    QLabel* m_text = nullptr;
    QPushButton* m_button = nullptr;
    QProgressBar* m_bar = nullptr;
    bool m_measuring = false;
    bool m_hasCost = false;
};

/// The cost as sentences, a line each.
QStringList sentencesOf(const TrainCost& cost);

}  // namespace vitrine
