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

    /// The bar stands between its outer labels, in one line, instead of over them.
    void setInline(bool isInline);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QRectF barRect() const;

    ColorOf m_colorOf;
    bool m_isInline = false;
    QString m_left;
    QString m_middle;
    QString m_right;
};

}  // namespace vitrine
