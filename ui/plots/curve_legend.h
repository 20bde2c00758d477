// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>
#include <QLayout>

#include "ui/plots/curve_series.h"
#include "ui/shell/theme.h"

namespace vitrine {

/// One series in a legend: checked while its curve is shown.
class CurveKey : public QAbstractButton {
    Q_OBJECT
public:
    explicit CurveKey(QWidget* parent);
    void setSeries(const CurveSeries& series);
    const QString& seriesId() const { return m_series.id; }
    QSize sizeHint() const override;
    /// The same for an export. Returns the width taken.
    static int paint(QPainter& painter,
                     const QRect& area,
                     const CurveSeries& series,
                     const ThemeTokens& theme);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    CurveSeries m_series;  ///< without points
};

/// Lays widgets out from left to right, and goes on in a new row where the width ends.
class WrapLayout : public QLayout {
public:
    using QLayout::QLayout;
    ~WrapLayout() override;
    void addItem(QLayoutItem* item) override { m_items.append(item); }
    int count() const override { return int(m_items.size()); }
    QLayoutItem* itemAt(int index) const override { return m_items.value(index); }
    QLayoutItem* takeAt(int index) override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override { return arrange({0, 0, width, 0}, false); }
    QSize sizeHint() const override { return minimumSize(); }
    QSize minimumSize() const override;
    void setGeometry(const QRect& area) override;

private:
    int arrange(const QRect& whole, bool moves) const;
    QList<QLayoutItem*> m_items;
};

/// The keys of a plot's series; a click hides or shows one.
class CurveLegend : public QWidget {
    Q_OBJECT
public:
    explicit CurveLegend(QWidget* parent);
    void setSeries(const QList<CurveSeries>& series);

Q_SIGNALS:
    void visibilityRequested(const QString& id, bool isVisible);

private:
    CurveKey* addKey();
    QList<CurveKey*> m_keys;
};

}  // namespace vitrine
