// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "core/sessions/completion_session.h"

class QFormLayout;
class QLabel;

namespace vitrine {

/// How well the hidden pixels are predicted, and how much the samples differ, in numbers.
class LikelihoodSection : public QWidget {
    Q_OBJECT
public:
    explicit LikelihoodSection(QWidget* parent = nullptr);
    /// nullptr: none.
    void showResult(const CompletionResult* result);

private:
    QLabel* add(QFormLayout* form, const QString& id, const QString& name, const QString& tip);

    QLabel *m_guess, *m_monteCarlo, *m_importance, *m_deviation;
    QLabel* m_text = nullptr;
};

/// "173.0 nats", or a dash where there is no number.
QString natsText(double nats);

}  // namespace vitrine
