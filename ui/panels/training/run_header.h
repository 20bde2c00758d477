// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>
#include <vector>

#include "ui/bridge/run_info.h"

class QLabel;
class QProgressBar;

namespace vitrine {

/// The line over the pictures of a run: what it is doing, and its figures, each with its name under it. A
/// narrow window leaves the last ones out.
class RunHeader : public QWidget {
    Q_OBJECT
public:
    explicit RunHeader(QWidget* parent = nullptr);

    /// `quality`: the held-out metric by which the best checkpoint is kept.
    void setRun(const RunInfo* run, const QString& qualityMetric, const QString& qualityUnit);
    /// As shown: "212 images/s".
    QString figure(const QString& id) const;
    QString stateText() const;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Figure {
        QString id;
        QWidget* box = nullptr;
        QLabel* value = nullptr;
    };
    void buildLayout();
    void addFigure(const QString& id, const QString& name, const QString& tip, const QString& widest);
    void set(const QString& id, const QString& text, const QString& tip = {});
    void showWhatFits();

    QLabel* m_icon = nullptr;
    QLabel* m_state = nullptr;
    QProgressBar* m_bar = nullptr;
    QWidget* m_row = nullptr;
    std::vector<Figure> m_figures;
};

}  // namespace vitrine
