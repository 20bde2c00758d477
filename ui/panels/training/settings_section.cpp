// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/training/settings_section.h"

#include <QHeaderView>
#include <QLabel>
#include <QTableWidget>
#include <QVBoxLayout>

#include "ui/shell/part_names.h"
#include "ui/shell/theme.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

constexpr int kRowHeight = 24;
constexpr int kMaxRows = 14;

QTableWidgetItem* cell(const std::string& text, bool isValue) {
    const QString shown = QString::fromStdString(text);
    auto* item = new QTableWidgetItem(shown.isEmpty() && isValue ? u"–"_s : shown);
    item->setToolTip(shown);
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
    if (isValue) item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    return item;
}

}  // namespace

SettingsSection::SettingsSection(QWidget* parent) : QWidget(parent) {
    m_title = new QLabel(this);
    m_title->setObjectName(u"training.settings.title"_s);
    m_title->setFont(Theme::font(TextRole::Caption));
    m_title->setProperty("role", u"caption"_s);
    m_title->setWordWrap(true);
    m_table = new QTableWidget(this);
    m_table->setObjectName(u"training.settings"_s);
    m_table->setAccessibleName(tr("Settings of the runs that are shown"));
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setFont(Theme::font(TextRole::Caption));
    m_table->setTabKeyNavigation(false);
    m_table->setTextElideMode(Qt::ElideMiddle);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    nameParts(m_table);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(kRowHeight);
    m_table->horizontalHeader()->hide();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(measure::kGap / 2);
    column->addWidget(m_title);
    column->addWidget(m_table);
    showNothing();
}

void SettingsSection::showNothing() {
    m_title->setText(tr("Choose a run to see its settings, two to see how they differ."));
    m_table->setRowCount(0);
    m_table->hide();
}

void SettingsSection::show(const QString& left,
                           const QString& right,
                           const std::vector<ConfigDifference>& rows) {
    const bool two = !right.isEmpty();
    if (two && rows.empty())
        m_title->setText(tr("%1 and %2 have the same settings.").arg(left, right));
    else
        m_title->setText(two ? tr("%1, and beside it %2, where they differ:").arg(left, right)
                             : tr("%1:").arg(left));
    m_table->setColumnCount(two ? 3 : 2);
    m_table->setRowCount(int(rows.size()));
    for (int row = 0; row < int(rows.size()); ++row) {
        const ConfigDifference& each = rows[std::size_t(row)];
        m_table->setItem(row, 0, cell(each.field, false));
        m_table->setItem(row, 1, cell(two ? each.left : each.right, true));
        if (two) m_table->setItem(row, 2, cell(each.right, true));
    }
    QHeaderView* header = m_table->horizontalHeader();
    for (int column = 0; column < m_table->columnCount(); ++column)
        header->setSectionResizeMode(column,
                                     column == 0 ? QHeaderView::ResizeToContents : QHeaderView::Stretch);
    m_table->setVisible(!rows.empty());
    m_table->setFixedHeight(std::min(int(rows.size()), kMaxRows) * kRowHeight + 6);
}

int SettingsSection::numRows() const {
    return m_table->rowCount();
}

}  // namespace vitrine
