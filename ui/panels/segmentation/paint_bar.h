// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>
#include <optional>

class QAction;
class QComboBox;
class QToolButton;

namespace vitrine {

class BrushSizeSlider;

/// Tools over the canvas: what to paint with, what to paint, and how wide.
class PaintBar : public QWidget {
    Q_OBJECT
public:
    /// `shapes`: tools that share a button, which shows the one used last.
    PaintBar(const QList<QAction*>& tools, const QList<QAction*>& shapes, QWidget* parent = nullptr);

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
    QToolButton* makeShapeButton(const QList<QAction*>& shapes);

    QComboBox* m_target = nullptr;
    QStringList m_classes;
    BrushSizeSlider* m_size = nullptr;
};

}  // namespace vitrine
