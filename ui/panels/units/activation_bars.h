// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QWidget>
#include <vector>

#include "core/recipe/unit_request.h"

namespace vitrine {

/// A chair's own activations in a layer as bars, the strongest first; a click or the arrow keys choose a
/// unit. Of maps, the mean. As many as fit.
class ActivationBars : public QWidget {
    Q_OBJECT
public:
    explicit ActivationBars(QWidget* parent = nullptr);

    void setActivations(const LayerActivations& activations);
    /// Emits nothing.
    void setChosen(int unit);
    /// Units by the strength of their activation.
    const std::vector<int>& order() const { return m_order; }
    int numShown() const;

    QSize sizeHint() const override { return {280, 112}; }
    QSize minimumSizeHint() const override { return {120, 112}; }

Q_SIGNALS:
    void unitChosen(int unit);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QRectF barRect(int place) const;
    int placeAt(const QPointF& position) const;
    int placeOfChosen() const;
    void choose(int place);

    std::vector<double> m_values;
    std::vector<int> m_order;
    double m_range = 0;
    bool m_hasNegative = false;
    int m_chosen = -1;
};

}  // namespace vitrine
