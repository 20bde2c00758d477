// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/panels/correspondence/correspondence_state.h"

class QCheckBox;
class QLabel;
class QLineEdit;

namespace vitrine {

/// People mark the same points on A and B; their mean is the truth that a method is measured by, their spread
/// how sure they are.
class AnnotationSection : public QWidget {
    Q_OBJECT
public:
    explicit AnnotationSection(CorrespondenceStore& store, QWidget* parent = nullptr);
    /// Mean distance of the method's points from the annotators' mean. Units: pixels; NaN: nothing to
    /// compare.
    void showError(double px);

private:
    void showState();

    CorrespondenceStore& m_store;
    double m_errorPx;
    QCheckBox* m_mode = nullptr;
    QLineEdit* m_annotator = nullptr;
    QLabel* m_summary = nullptr;
};

}  // namespace vitrine
