// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/bridge/run_info.h"

class QLabel;
class QPushButton;

namespace vitrine {

class NumberBox;

/// Up to which step a run trains, and how to go further.
class PlanSection : public QWidget {
    Q_OBJECT
public:
    explicit PlanSection(QWidget* parent = nullptr);
    void setRun(const RunInfo* run);
    /// The number can be typed over at once.
    void edit();

Q_SIGNALS:
    void extendRequested(qint64 totalSteps);

private:
    std::filesystem::path m_run;
    qint64 m_planned = -1;  ///< nothing was shown yet
    NumberBox* m_steps = nullptr;
    QPushButton* m_extend = nullptr;
    QLabel* m_text = nullptr;
};

}  // namespace vitrine
