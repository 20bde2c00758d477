// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>
#include <optional>

class QAction;
class QComboBox;
class QLabel;

namespace vitrine {

class TickSlider;

/// Tools over the canvas: what to paint with, what to paint, and how wide.
class PaintBar : public QWidget {
    Q_OBJECT
public:
    explicit PaintBar(const QList<QAction*>& tools, QWidget* parent = nullptr);

    /// Labels that can be painted as known, besides the omission.
    void setClasses(const QStringList& names);
    void setBrushSize(double pixels);

Q_SIGNALS:
    /// None: the omission.
    void targetChosen(std::optional<int> label);
    void brushSizeChosen(double pixels);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QComboBox* m_target = nullptr;
    QStringList m_classes;
    TickSlider* m_size = nullptr;
    QLabel* m_sizeText = nullptr;
};

}  // namespace vitrine
