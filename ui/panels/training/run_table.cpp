// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/training/run_table.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QSortFilterProxyModel>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/panels/training/run_table_model.h"
#include "ui/shell/part_names.h"
#include "ui/shell/theme.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

/// Words in any order, in any column.
class RunFilter : public QSortFilterProxyModel {
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;
    void setWords(const QString& text) {
        m_words = text.split(u' ', Qt::SkipEmptyParts);
        invalidateFilter();
    }

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override {
        QString all;
        for (int column = 0; column < sourceModel()->columnCount(parent); ++column)
            all += sourceModel()->index(row, column, parent).data(Qt::EditRole).toString() + u'\n';
        return std::all_of(m_words.begin(), m_words.end(), [&all](const QString& word) {
            return all.contains(word, Qt::CaseInsensitive);
        });
    }

private:
    QStringList m_words;
};

/// A thin bar behind the percentage.
class ProgressDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter,
               const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        QStyledItemDelegate::paint(painter, option, index);
        const double share = std::clamp(index.data(RunTableModel::ProgressRole).toDouble(), 0.0, 1.0);
        const QRectF track(option.rect.left() + 8, option.rect.bottom() - 4, option.rect.width() - 16, 2);
        painter->fillRect(track, Theme::current().line);
        painter->fillRect(QRectF(track.topLeft(), QSizeF(track.width() * share, track.height())),
                          Theme::current().muted);
    }
};

constexpr int kWidths[RunTableModel::NumColumns] = {104, 120, 92, 64, 68, 72, 72, 76, 92, 56};

}  // namespace

RunTable::RunTable(RunTableModel* model, QWidget* parent) : QWidget(parent), m_model(model) {
    auto* filter = new RunFilter(this);
    m_proxy = filter;
    m_proxy->setSourceModel(model);
    m_proxy->setSortRole(RunTableModel::SortRole);
    m_proxy->setSortCaseSensitivity(Qt::CaseInsensitive);
    m_proxy->setDynamicSortFilter(true);
    buildLayout();
    connectSignals();
    connect(m_filter, &QLineEdit::textChanged, this, [this, filter](const QString& text) {
        filter->setWords(text);
        showCount();
    });
    showCount();
}

void RunTable::buildLayout() {
    auto* title = new QLabel(tr("Runs"), this);
    QFont bold = Theme::font(TextRole::Body);
    bold.setWeight(QFont::DemiBold);
    title->setFont(bold);
    m_count = new QLabel(this);
    m_count->setObjectName(u"training.runs.count"_s);
    m_count->setProperty("role", u"caption"_s);
    m_count->setFont(Theme::font(TextRole::Caption));
    m_filter = new QLineEdit(this);
    m_filter->setObjectName(u"training.runs.filter"_s);
    m_filter->setAccessibleName(tr("Find runs"));
    m_filter->setPlaceholderText(tr("Find runs by name, state, network or notes"));
    m_filter->setClearButtonEnabled(true);
    m_filter->addAction(Theme::icon(u"search"_s), QLineEdit::LeadingPosition);
    nameButtons(m_filter);
    m_filter->setMaximumWidth(360);
    auto* top = new QHBoxLayout;
    top->setSpacing(measure::kGap);
    top->addWidget(title);
    top->addWidget(m_count);
    top->addStretch(1);
    top->addWidget(m_filter, 2);

    m_view = new QTableView(this);
    m_view->setObjectName(u"training.runs"_s);
    m_view->setAccessibleName(tr("Runs"));
    m_view->setModel(m_proxy);
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_view->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed);
    m_view->setShowGrid(false);
    m_view->setWordWrap(false);
    m_view->setSortingEnabled(true);
    m_view->sortByColumn(RunTableModel::Created, Qt::DescendingOrder);
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    m_view->setTabKeyNavigation(false);
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setItemDelegateForColumn(RunTableModel::Progress, new ProgressDelegate(m_view));
    m_view->setIconSize({16, 16});
    nameParts(m_view);
    m_view->verticalHeader()->hide();
    m_view->verticalHeader()->setDefaultSectionSize(measure::kRow);
    QHeaderView* header = m_view->horizontalHeader();
    header->setHighlightSections(false);
    header->setStretchLastSection(true);
    header->setMinimumSectionSize(48);
    for (int column = 0; column < RunTableModel::NumColumns; ++column)
        m_view->setColumnWidth(column, kWidths[column]);

    m_empty = new QLabel(tr("Your runs appear here, with their progress, speed and quality."), m_view);
    m_empty->setProperty("role", u"muted"_s);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setAttribute(Qt::WA_TransparentForMouseEvents);
    auto* over = new QVBoxLayout(m_view->viewport());
    over->addWidget(m_empty);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(measure::kGroupGap, measure::kGap, measure::kGroupGap, 0);
    column->setSpacing(measure::kGap / 2);
    column->addLayout(top);
    column->addWidget(m_view, 1);
}

void RunTable::connectSignals() {
    const auto changed = [this] {
        if (!m_silent) Q_EMIT selectionChanged();
    };
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this, changed);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this, changed);
    connect(m_view, &QTableView::customContextMenuRequested, this, [this](const QPoint& at) {
        Q_EMIT menuAsked(m_view->viewport()->mapToGlobal(at));
    });
    connect(m_proxy, &QAbstractItemModel::rowsInserted, this, &RunTable::showCount);
    connect(m_proxy, &QAbstractItemModel::rowsRemoved, this, &RunTable::showCount);
}

void RunTable::showCount() {
    const int all = m_model->rowCount();
    const int shown = m_proxy->rowCount();
    m_count->setText(all == 0       ? QString()
                     : shown == all ? QString::number(all)
                                    : tr("%1 of %2").arg(shown).arg(all));
    m_empty->setVisible(all == 0);
    m_view->horizontalHeader()->setVisible(all > 0);
}

QStringList RunTable::selected() const {
    QStringList names;
    const auto nameAt = [](const QModelIndex& index) {
        return index.siblingAtColumn(RunTableModel::Name).data().toString();
    };
    const QModelIndex current = m_view->currentIndex();
    for (const QModelIndex& row : m_view->selectionModel()->selectedRows()) {
        if (row.row() == current.row())
            names.prepend(nameAt(row));
        else
            names << nameAt(row);
    }
    return names;
}

void RunTable::select(const QStringList& names) {
    if (names == selected()) return;
    m_silent = true;
    QItemSelection selection;
    QModelIndex current;
    for (int i = int(names.size()) - 1; i >= 0; --i) {
        const int row = m_model->rowOfName(names[i]);
        const QModelIndex index =
            row < 0 ? QModelIndex() : m_proxy->mapFromSource(m_model->index(row, RunTableModel::Name));
        if (!index.isValid()) continue;
        selection.select(index, index);
        current = index;
    }
    m_view->selectionModel()->setCurrentIndex(current, QItemSelectionModel::NoUpdate);
    m_view->selectionModel()->select(selection,
                                     QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    if (current.isValid()) m_view->scrollTo(current);
    m_silent = false;
}

void RunTable::editName() {
    const QModelIndex index = m_view->currentIndex().siblingAtColumn(RunTableModel::Name);
    if (!index.isValid()) return;
    m_view->setFocus();
    m_view->edit(index);
}

}  // namespace vitrine
