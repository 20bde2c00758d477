// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/correspondence/points_section.h"

#include <QHeaderView>
#include <QLabel>
#include <QTableWidget>
#include <QVBoxLayout>

#include "core/recipe/correspondence_files.h"
#include "ui/shell/theme.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

enum Column { kName, kPlace, kError, kTrust, kNumColumns };

QColor toQ(const std::array<std::uint8_t, 3>& rgb) {
    return {rgb[0], rgb[1], rgb[2]};
}

}  // namespace

PointsSection::PointsSection(CorrespondenceStore& store, QWidget* parent) : QWidget(parent), m_store(store) {
    buildTable();
    m_empty = new QLabel(tr("Click on chair A to add a point."), this);
    m_empty->setFont(Theme::font(TextRole::Caption));
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->addWidget(m_empty);
    rows->addWidget(m_table);
    connect(&m_store, &CorrespondenceStore::changed, this, &PointsSection::showState);
    showState();
}

void PointsSection::buildTable() {
    m_table = new QTableWidget(0, kNumColumns, this);
    m_table->setObjectName(u"correspondence.points"_s);
    m_table->setAccessibleName(tr("Points: name, position on B, forward-backward error, trust"));
    m_table->setHorizontalHeaderLabels({tr("Point"), tr("On B"), tr("± px"), tr("Trust")});
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setSectionResizeMode(kName, QHeaderView::Stretch);
    m_table->horizontalHeader()->setMinimumSectionSize(54);  // its own hint cuts the short titles
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_table->horizontalHeaderItem(kName)->setTextAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->verticalHeader()->hide();
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setTabKeyNavigation(false);
    m_table->setFont(Theme::font(TextRole::Caption));
    connect(m_table, &QTableWidget::cellChanged, this, [this](int row, int column) {
        if (column != kName) return;
        const std::string name = m_table->item(row, kName)->text().trimmed().toStdString();
        m_store.changeOnce(u"name"_s, tr("Name a point"), [row, name](CorrespondenceState& state) {
            if (row < int(state.points.size()) && !name.empty()) state.points[std::size_t(row)].name = name;
        });
    });
    connect(m_table, &QTableWidget::currentCellChanged, this, [this](int row) {
        if (row == m_store.state().chosen) return;
        m_store.change(
            u"chosen"_s, tr("Choose a point"), [row](CorrespondenceState& state) { state.chosen = row; });
    });
}

void PointsSection::showMatches(const std::vector<PointMatch>& matches) {
    m_matches = matches;
    showState();
}

void PointsSection::showState() {
    const CorrespondenceState& state = m_store.state();
    const QSignalBlocker silent(m_table);
    m_table->setRowCount(int(state.points.size()));
    for (int row = 0; row < m_table->rowCount(); ++row) fillRow(row, state.points[std::size_t(row)]);
    if (state.chosen >= 0)
        m_table->setCurrentCell(state.chosen, kName);
    else
        m_table->clearSelection();
    m_table->setVisible(!state.points.empty());
    m_empty->setVisible(state.points.empty());
    m_table->setFixedHeight(std::min(8, m_table->rowCount()) *
                                m_table->verticalHeader()->defaultSectionSize() +
                            m_table->horizontalHeader()->sizeHint().height() + 4);
}

void PointsSection::fillRow(int row, const NamedPoint& point) {
    const bool isMatched = row < int(m_matches.size());
    const PointMatch* match = isMatched ? &m_matches[std::size_t(row)] : nullptr;
    const QString texts[kNumColumns] = {
        QString::fromStdString(point.name),
        match ? u"%1, %2"_s.arg(double(match->to.x), 0, 'f', 1).arg(double(match->to.y), 0, 'f', 1) : u"–"_s,
        match ? QString::number(double(match->roundTripPx), 'f', 1) : u"–"_s,
        match ? QString::fromUtf8(nameOf(match->trust)) : u"–"_s};
    for (int column = 0; column < kNumColumns; ++column) {
        if (!m_table->item(row, column)) m_table->setItem(row, column, new QTableWidgetItem);
        QTableWidgetItem* item = m_table->item(row, column);
        item->setText(texts[column]);
        if (column != kName) {
            item->setFlags(item->flags() & ~Qt::ItemIsEditable);
            item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
        }
    }
    QPixmap dot(12, 12);
    dot.fill(toQ(pointColour(std::size_t(row))));
    m_table->item(row, kName)->setIcon(dot);
    const ThemeTokens& theme = Theme::current();
    m_table->item(row, kTrust)
        ->setForeground(!match || match->trust == CorrespondenceTrust::Sure ? theme.text
                        : match->trust == CorrespondenceTrust::Unsure       ? theme.warning
                                                                            : theme.bad);
}

}  // namespace vitrine
