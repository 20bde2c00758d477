// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>
#include <QWidget>
#include <vector>

#include "core/sessions/segmentation_session.h"

class QFormLayout;

namespace vitrine {

class ReliabilityDiagram;

/// The measures of all samples.
class NumbersSection : public QWidget {
    Q_OBJECT
public:
    explicit NumbersSection(QWidget* parent = nullptr);
    /// nullptr: none.
    void show(const SegmentationResult* result);

private:
    QLabel* add(QFormLayout* form, const QString& id, const QString& name, const QString& tip);

    void addReliability();
    void showReadout();

    QLabel *m_answer, *m_guess, *m_best, *m_average, *m_reconstruction, *m_nearest, *m_likelihood,
        *m_diversity, *m_distance, *m_ece;
    QWidget* m_reliability = nullptr;
    ReliabilityDiagram* m_diagram = nullptr;
    QLabel* m_readout = nullptr;
};

/// "0.82", or a dash where there is no number.
QString scoreText(double score);

}  // namespace vitrine
