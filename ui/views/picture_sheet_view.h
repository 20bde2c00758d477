// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractScrollArea>
#include <QImage>
#include <QList>
#include <QStringList>

namespace vitrine {

/// Pictures in rows and columns, with what they stand for at the edges; cells that are still being made are
/// skeletons. Clicking a cell, or Enter on it, activates it; arrow keys go from cell to cell.
class PictureSheetView : public QAbstractScrollArea {
    Q_OBJECT
public:
    explicit PictureSheetView(QWidget* parent = nullptr);

    /// Empty cells. Labels may be empty lists.
    void reset(int numRows,
               int numColumns,
               const QStringList& rowLabels = {},
               const QStringList& columnLabels = {});
    void setCell(int index, const QImage& image);
    int numCells() const { return int(m_cells.size()); }
    const QImage& cell(int index) const { return m_cells[index]; }
    int numColumns() const { return m_numColumns; }
    int currentCell() const { return m_current; }
    void setCurrentCell(int index);
    /// What is said where there are no cells.
    void setPlaceholder(const QString& text);

Q_SIGNALS:
    void cellActivated(int index);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QSize labelSpace() const;
    double cellSide() const;
    QRectF cellRect(int index) const;
    void updateScrollBars();
    void drawLabels(QPainter& painter) const;

    QList<QImage> m_cells;
    QStringList m_rowLabels;
    QStringList m_columnLabels;
    QString m_placeholder;
    int m_numRows = 0;
    int m_numColumns = 0;
    int m_current = -1;
};

}  // namespace vitrine
