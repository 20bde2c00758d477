// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/picture_sheet_view.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QScrollBar>
#include <algorithm>
#include <cmath>

#include "ui/shell/theme.h"

namespace vitrine {
namespace {

constexpr int kGap = 4;
constexpr double kSmallestCell = 36;
constexpr double kLargestCell = 256;

}  // namespace

PictureSheetView::PictureSheetView(QWidget* parent) : QAbstractScrollArea(parent) {
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setAutoFillBackground(false);
    setAccessibleName(tr("Pictures being made"));
}

void PictureSheetView::reset(int numRows,
                             int numColumns,
                             const QStringList& rowLabels,
                             const QStringList& columnLabels) {
    m_numRows = numRows;
    m_numColumns = numColumns;
    m_rowLabels = rowLabels;
    m_columnLabels = columnLabels;
    m_cells = QList<QImage>(qsizetype(numRows) * numColumns);
    m_current = -1;
    updateScrollBars();
    viewport()->update();
}

void PictureSheetView::setCell(int index, const QImage& image) {
    if (index < 0 || index >= m_cells.size()) return;
    m_cells[index] = image;
    viewport()->update(cellRect(index).toAlignedRect().adjusted(-2, -2, 2, 2));
}

void PictureSheetView::setCurrentCell(int index) {
    m_current = m_cells.isEmpty() ? -1 : std::clamp(index, 0, int(m_cells.size()) - 1);
    const QRectF cell = m_current < 0 ? QRectF() : cellRect(m_current);
    if (cell.right() > viewport()->width())
        horizontalScrollBar()->setValue(
            int(horizontalScrollBar()->value() + cell.right() - viewport()->width()));
    if (cell.left() < labelSpace().width())
        horizontalScrollBar()->setValue(
            int(horizontalScrollBar()->value() + cell.left() - labelSpace().width()));
    if (cell.bottom() > viewport()->height())
        verticalScrollBar()->setValue(
            int(verticalScrollBar()->value() + cell.bottom() - viewport()->height()));
    if (cell.top() < labelSpace().height())
        verticalScrollBar()->setValue(int(verticalScrollBar()->value() + cell.top() - labelSpace().height()));
    viewport()->update();
}

void PictureSheetView::setPlaceholder(const QString& text) {
    m_placeholder = text;
    viewport()->update();
}

QSize PictureSheetView::labelSpace() const {
    const QFontMetrics metrics(Theme::font(TextRole::Caption));
    int widest = 0;
    for (const QString& label : m_rowLabels) widest = std::max(widest, metrics.horizontalAdvance(label));
    return {widest == 0 ? 0 : std::min(widest, 120) + 12,
            m_columnLabels.isEmpty() ? 0 : metrics.height() + 4};
}

double PictureSheetView::cellSide() const {
    const double across =
        double(viewport()->width() - labelSpace().width()) / std::max(1, m_numColumns) - kGap;
    const double down = double(viewport()->height() - labelSpace().height()) / std::max(1, m_numRows) - kGap;
    // A single row is a film: as high as fits, and it scrolls.
    return std::clamp(
        std::floor(m_numRows == 1 ? down : std::min(across, down)), kSmallestCell, kLargestCell);
}

QRectF PictureSheetView::cellRect(int index) const {
    const double pitch = cellSide() + kGap;
    const int column = index % m_numColumns;
    const int row = index / m_numColumns;
    return {labelSpace().width() + column * pitch - horizontalScrollBar()->value(),
            labelSpace().height() + row * pitch - verticalScrollBar()->value(),
            cellSide(),
            cellSide()};
}

void PictureSheetView::updateScrollBars() {
    const double pitch = cellSide() + kGap;
    const QSize space = labelSpace();
    horizontalScrollBar()->setRange(
        0, std::max(0, int(m_numColumns * pitch) + space.width() - viewport()->width()));
    verticalScrollBar()->setRange(
        0, std::max(0, int(m_numRows * pitch) + space.height() - viewport()->height()));
    horizontalScrollBar()->setPageStep(viewport()->width());
    verticalScrollBar()->setPageStep(viewport()->height());
    horizontalScrollBar()->setSingleStep(int(pitch));
    verticalScrollBar()->setSingleStep(int(pitch));
}

void PictureSheetView::resizeEvent(QResizeEvent* event) {
    QAbstractScrollArea::resizeEvent(event);
    updateScrollBars();
}

void PictureSheetView::paintEvent(QPaintEvent*) {
    const ThemeTokens& theme = Theme::current();
    QPainter painter(viewport());
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    if (m_cells.isEmpty()) {
        painter.setPen(theme.muted);
        painter.setFont(Theme::font(TextRole::Body));
        painter.drawText(viewport()->rect().adjusted(16, 8, -16, -8),
                         int(Qt::AlignCenter) | int(Qt::TextWordWrap),
                         m_placeholder);
        return;
    }
    for (int i = 0; i < m_cells.size(); ++i) {
        const QRectF cell = cellRect(i);
        if (!cell.intersects(QRectF(viewport()->rect()))) continue;
        QPainterPath frame;
        frame.addRoundedRect(cell, 4, 4);
        painter.fillPath(frame, theme.raised);
        if (!m_cells[i].isNull()) {
            painter.save();
            painter.setClipPath(frame);
            painter.drawImage(cell, m_cells[i]);
            painter.restore();
        }
        if (i == m_current) {
            painter.setPen(QPen(theme.accent, 2));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(cell.adjusted(1, 1, -1, -1), 4, 4);
        }
    }
    drawLabels(painter);
}

void PictureSheetView::drawLabels(QPainter& painter) const {
    const ThemeTokens& theme = Theme::current();
    const QSize space = labelSpace();
    painter.setFont(Theme::font(TextRole::Caption));
    const QFontMetrics metrics = painter.fontMetrics();
    // Labels stay at the edges while the cells scroll under them.
    if (space.height() > 0) painter.fillRect(QRect(0, 0, viewport()->width(), space.height()), theme.surface);
    if (space.width() > 0) painter.fillRect(QRect(0, 0, space.width(), viewport()->height()), theme.surface);
    painter.setPen(theme.muted);
    for (int column = 0; column < std::min(m_numColumns, int(m_columnLabels.size())); ++column) {
        const QRectF cell = cellRect(column);
        if (cell.left() < space.width() - 1) continue;
        painter.drawText(QRectF(cell.left(), 0, cell.width(), space.height()),
                         int(Qt::AlignHCenter | Qt::AlignVCenter),
                         metrics.elidedText(m_columnLabels[column], Qt::ElideRight, int(cell.width())));
    }
    for (int row = 0; row < std::min(m_numRows, int(m_rowLabels.size())); ++row) {
        const QRectF cell = cellRect(row * m_numColumns);
        if (cell.top() < space.height() - 1) continue;
        painter.drawText(QRectF(0, cell.top(), space.width() - 8, cell.height()),
                         int(Qt::AlignRight | Qt::AlignVCenter),
                         metrics.elidedText(m_rowLabels[row], Qt::ElideRight, space.width() - 8));
    }
}

void PictureSheetView::mousePressEvent(QMouseEvent* event) {
    for (int i = 0; i < m_cells.size(); ++i) {
        if (!cellRect(i).contains(event->position())) continue;
        setCurrentCell(i);
        Q_EMIT cellActivated(i);
        return;
    }
}

void PictureSheetView::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
        case Qt::Key_Left:
            return setCurrentCell(m_current - 1);
        case Qt::Key_Right:
            return setCurrentCell(m_current + 1);
        case Qt::Key_Up:
            return setCurrentCell(m_current - m_numColumns);
        case Qt::Key_Down:
            return setCurrentCell(m_current + m_numColumns);
        case Qt::Key_Return:
        case Qt::Key_Enter:
            if (m_current >= 0) Q_EMIT cellActivated(m_current);
            return;
        default:
            QAbstractScrollArea::keyPressEvent(event);
    }
}

}  // namespace vitrine
