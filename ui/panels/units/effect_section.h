// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QWidget>

#include "core/recipe/unit_effect.h"

class QLabel;

namespace vitrine {

/// What the change does to the picture, in numbers: one row a measure.
class EffectSection : public QWidget {
    Q_OBJECT
public:
    explicit EffectSection(QWidget* parent = nullptr);
    void showEffect(const UnitEffect& effect);

private:
    QList<QLabel*> m_values;
    QLabel* m_outline = nullptr;
};

/// "+4.1 %": a score in its measure's unit.
QString scoreText(double score, EffectMeasure measure);

}  // namespace vitrine
