// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/panels/correspondence/correspondence_state.h"

class QComboBox;

namespace vitrine {

class LabeledSlider;

/// What lies over the pictures: flow, what A's surface looks like on B, a painted mask.
class OverlaySection : public QWidget {
    Q_OBJECT
public:
    explicit OverlaySection(CorrespondenceStore& store, QWidget* parent = nullptr);

private:
    void showState();

    CorrespondenceStore& m_store;
    QComboBox* m_overlay = nullptr;
    LabeledSlider* m_swipe = nullptr;
};

}  // namespace vitrine
