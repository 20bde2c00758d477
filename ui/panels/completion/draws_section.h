// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/panels/completion/completion_state.h"

class QSpinBox;

namespace vitrine {

class LabeledSlider;

/// How many samples are drawn, and how.
class DrawsSection : public QWidget {
    Q_OBJECT
public:
    explicit DrawsSection(CompletionStore& store, QWidget* parent = nullptr);

private:
    void buildLayout();
    void connectSignals();
    void showState();

    CompletionStore& m_store;
    LabeledSlider* m_count = nullptr;
    LabeledSlider* m_spread = nullptr;
    QSpinBox* m_seed = nullptr;
};

}  // namespace vitrine
