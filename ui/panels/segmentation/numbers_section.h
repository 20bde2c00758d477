// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>
#include <QWidget>
#include <vector>

#include "core/sessions/segmentation_session.h"

class QFormLayout;

namespace vitrine {

class ReliabilityDiagram;

/// The measures of all samples. The log-likelihood costs seconds: it is asked for while somebody looks.
class NumbersSection : public QWidget {
    Q_OBJECT
public:
    explicit NumbersSection(QWidget* parent = nullptr);
    /// nullptr: none.
    void show(const SegmentationResult* result);
    /// Of the truth of that result, in nats; NaN: none.
    void setLikelihood(double nats);

Q_SIGNALS:
    /// The section is on screen and waits for setLikelihood(); once for each result.
    void likelihoodNeeded();

protected:
    void showEvent(QShowEvent* event) override;

private:
    void askForLikelihood();
    QLabel* add(QFormLayout* form, const QString& id, const QString& name, const QString& tip);

    void addReliability();
    void showReadout();

    QLabel *m_answer, *m_guess, *m_best, *m_average, *m_reconstruction, *m_nearest, *m_likelihood,
        *m_diversity, *m_distance, *m_ece;
    bool m_needsLikelihood = false;
    QWidget* m_reliability = nullptr;
    ReliabilityDiagram* m_diagram = nullptr;
    QLabel* m_readout = nullptr;
};

/// "0.82", or a dash where there is no number.
QString scoreText(double score);

}  // namespace vitrine
