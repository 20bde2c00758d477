// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include "ui/panels/chairs/chair_panel_state.h"

namespace vitrine {

/// Runs one value of the state through its range, as the state's animation fields say. The whole run is one
/// step of undo.
class ChairAnimator : public QObject {
    Q_OBJECT
public:
    explicit ChairAnimator(ChairStateStore& store, QObject* parent = nullptr);

    bool isPlaying() const { return m_timer.isActive(); }
    void setPlaying(bool playing);

Q_SIGNALS:
    void playingChanged(bool playing);

private:
    void advance();
    double startSeconds() const;

    ChairStateStore& m_store;
    QTimer m_timer;
    QElapsedTimer m_clock;
    double m_offset = 0;
};

}  // namespace vitrine
