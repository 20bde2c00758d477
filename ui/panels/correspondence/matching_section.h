// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/panels/correspondence/correspondence_state.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QSpinBox;

namespace vitrine {

struct CorrespondenceState;
struct CorrespondenceResult;

/// How A is matched to B, and how long it took: along the morph, or directly by the peers.
class MatchingSection : public QWidget {
    Q_OBJECT
public:
    explicit MatchingSection(CorrespondenceStore& store, QWidget* parent = nullptr);
    /// Null: no answer yet.
    void showTimes(const CorrespondenceResult* result);

private:
    QSpinBox* addCount(const QString& id, const QString& name, int least, int CorrespondenceState::*field);
    void showState();

    CorrespondenceStore& m_store;
    QComboBox* m_route = nullptr;
    QComboBox* m_method = nullptr;
    QComboBox* m_schedule = nullptr;
    QSpinBox* m_frames = nullptr;
    QSpinBox* m_stride = nullptr;
    QCheckBox* m_guided = nullptr;
    QLabel* m_times = nullptr;
};

}  // namespace vitrine
