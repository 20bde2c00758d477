// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <functional>

namespace vitrine {

/// The legend of a colour map: a bar with values at its ends and middle, and the unit.
class LegendBar : public QWidget {
    Q_OBJECT
public:
    using ColorOf = std::function<QRgb(double position)>;  ///< position in [-1, 1]

    LegendBar(ColorOf colorOf, QWidget* parent = nullptr);
    /// What stands under the left end, the middle and the right end.
    void setLabels(const QString& left, const QString& middle, const QString& right);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    ColorOf m_colorOf;
    QString m_left;
    QString m_middle;
    QString m_right;
};

}  // namespace vitrine
