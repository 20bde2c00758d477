// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QWidget>

#include "ui/panels/sampling/sampling_store.h"

class QLayout;
class QSpinBox;
class QVBoxLayout;

namespace vitrine {

class LabeledSlider;

struct SamplesTexts {
    QString panel;  ///< begins the names of the controls
    QString temperature, temperatureTip, changeTemperature;
    QString seedTip;
};

/// How many samples are drawn, and how.
class SamplesSection : public QWidget {
    Q_OBJECT
public:
    SamplesSection(SamplingStore store, const SamplesTexts& texts, QWidget* parent = nullptr);

    /// More sliders, above the seed.
    void addSliders(const QList<LabeledSlider*>& sliders);
    /// Below the seed.
    void addRow(QLayout* row);
    /// All that there are.
    const QList<LabeledSlider*>& sliders() const { return m_sliders; }

private:
    void buildLayout(const SamplesTexts& texts);
    void connectSignals(const QString& changeTemperature);
    void showState();

    const SamplingStore m_store;
    QVBoxLayout* m_column = nullptr;
    LabeledSlider* m_count = nullptr;
    LabeledSlider* m_temperature = nullptr;
    QSpinBox* m_seed = nullptr;
    QList<LabeledSlider*> m_sliders;
};

}  // namespace vitrine
