// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/panels/chairs/chair_panel_state.h"

class QCheckBox;
class QComboBox;
class QPushButton;

namespace vitrine {

/// How pictures are shown: channel, background, what stands beside, scaling.
class PictureSection : public QWidget {
    Q_OBJECT
public:
    explicit PictureSection(ChairStateStore& store, QWidget* parent = nullptr);

    /// Units: pixels a side.
    void setNetworkSize(int side);

Q_SIGNALS:
    /// "Own picture" was chosen, but there is none yet, or another is wanted.
    void backgroundPictureAsked();

private:
    void buildLayout();
    void connectSignals();
    void showState();

    ChairStateStore& m_store;
    QComboBox* m_channel = nullptr;
    QComboBox* m_background = nullptr;
    QPushButton* m_chooseBackground = nullptr;
    QComboBox* m_compare = nullptr;
    QComboBox* m_exportScale = nullptr;
    QCheckBox* m_smooth = nullptr;
};

}  // namespace vitrine
