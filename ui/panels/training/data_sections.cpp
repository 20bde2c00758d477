// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/training/data_sections.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/panels/training/texts.h"
#include "ui/shell/theme.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

constexpr int kHashShown = 12;

QComboBox* makeChoice(const QString& id, const QString& name, QWidget* parent) {
    auto* box = new QComboBox(parent);
    box->setObjectName(id);
    box->setAccessibleName(name);
    return box;
}

}  // namespace

StatisticsSection::StatisticsSection(QWidget* parent) : QWidget(parent) {
    m_grid = new QGridLayout;
    m_grid->setVerticalSpacing(6);
    m_grid->setColumnStretch(1, 1);
    addRow(u"chairs"_s, tr("Chairs"), tr("Models, each a class of its own"));
    addRow(u"views"_s, tr("Views"), tr("Pictures of all chairs from all viewpoints"));
    addRow(u"heldOut"_s,
           tr("Held out"),
           tr("Views excluded from training, to measure quality on new views: every fourth azimuth of every "
              "second chair"));
    addRow(u"size"_s, tr("Picture"), tr("Pixels of one view"));
    addRow(u"bytes"_s, tr("On disk"), tr("Size of the packed file"));
    addRow(u"coverage"_s,
           tr("Covered"),
           tr("Mean fraction of a view that the chair covers; the rest is background"));
    addRow(u"color"_s, tr("Mean colour"), tr("Of the chairs, without the background"));
    addRow(u"hash"_s,
           tr("Hash"),
           tr("SHA-256 of names, views and pixels; checkpoints use it to detect a changed data set"));
    m_note = new QLabel(this);
    m_note->setObjectName(u"training.data.note"_s);
    m_note->setProperty("role", u"caption"_s);
    m_note->setFont(Theme::font(TextRole::Caption));
    m_note->setWordWrap(true);
    m_check = new QPushButton(tr("Check"), this);
    m_check->setObjectName(u"training.data.check"_s);
    m_check->setToolTip(tr("Read everything, compare it with its hash, and count"));
    connect(m_check, &QPushButton::clicked, this, &StatisticsSection::checkRequested);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(measure::kGap);
    column->addLayout(m_grid);
    column->addWidget(m_note);
    column->addWidget(m_check, 0, Qt::AlignLeft);
}

void StatisticsSection::addRow(const QString& id, const QString& name, const QString& tip) {
    auto* label = new QLabel(name, this);
    label->setProperty("role", u"muted"_s);
    auto* value = new QLabel(this);
    value->setObjectName(u"training.data."_s + id);
    value->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    value->setTextInteractionFlags(Qt::TextSelectableByMouse);
    for (QLabel* each : {label, value}) each->setToolTip(tip);
    const int row = m_grid->rowCount();
    m_grid->addWidget(label, row, 0);
    m_grid->addWidget(value, row, 1);
    m_values.emplace_back(id, value);
}

void StatisticsSection::set(const QString& id, const QString& text, const QString& tip) {
    for (const auto& [name, label] : m_values) {
        if (name != id) continue;
        label->setText(text.isEmpty() ? u"–"_s : text);
        if (!tip.isEmpty()) label->setToolTip(tip);
    }
}

QString StatisticsSection::value(const QString& id) const {
    for (const auto& [name, label] : m_values)
        if (name == id) return label->text();
    return {};
}

void StatisticsSection::show(const DataService& data) {
    const auto& known = data.statistics();
    for (const auto& [id, label] : m_values) set(id, {});
    const bool there = data.isThere().value_or(false);
    m_note->setText(!there  ? tr("There is no data set yet.")
                    : known ? tr("Contents match their hash.")
                            : tr("Check the data set to see what is in it."));
    m_check->setEnabled(there && data.work() == DataService::Work::None);
    if (!known) return;
    set(u"chairs"_s, groupedNumber(known->numChairs));
    set(u"views"_s, groupedNumber(known->numViews));
    set(u"heldOut"_s, tr("%1 views").arg(groupedNumber(known->numHeldOut)));
    set(u"size"_s, tr("%1 × %1 pixels").arg(known->size));
    set(u"bytes"_s, bytesText(known->bytes));
    set(u"coverage"_s, tr("%1 %").arg(100 * known->coverage, 0, 'f', 1));
    const QColor color =
        QColor::fromRgbF(float(known->meanColor[0]), float(known->meanColor[1]), float(known->meanColor[2]));
    set(u"color"_s, u"<span style='color:%1'>■</span> %1"_s.arg(color.name()));
    set(u"hash"_s, known->hash.left(kHashShown), known->hash);
}

SheetSection::SheetSection(QWidget* parent) : QWidget(parent) {
    m_azimuth = makeChoice(u"training.sheet.azimuth"_s, tr("Side"), this);
    m_azimuth->addItem(tr("From the front, 0°"), 0.0);
    m_azimuth->addItem(tr("Three quarters, 325°"), 325.0);
    m_azimuth->addItem(tr("From the side, 90°"), 90.0);
    m_azimuth->addItem(tr("From behind, 180°"), 180.0);
    m_elevation = makeChoice(u"training.sheet.elevation"_s, tr("Elevation"), this);
    m_elevation->addItem(tr("20°"), 20.0);
    m_elevation->addItem(tr("30°"), 30.0);
    m_parts = new QCheckBox(tr("Part labels instead of colours"), this);
    m_parts->setObjectName(u"training.sheet.parts"_s);
    m_parts->setToolTip(tr("Seat, back, arms and legs, as segmentation is trained on them"));
    m_make = new QPushButton(tr("Make the contact sheet"), this);
    m_make->setObjectName(u"training.sheet.make"_s);
    connect(m_make, &QPushButton::clicked, this, &SheetSection::makeRequested);
    auto* form = new QFormLayout(this);
    form->setContentsMargins(0, 0, 0, 0);
    form->setSpacing(measure::kGap);
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    form->addRow(tr("Side"), m_azimuth);
    form->addRow(tr("Elevation"), m_elevation);
    form->addRow(m_parts);
    form->addRow(m_make);
}

void SheetSection::setMayMake(bool may) {
    m_make->setEnabled(may);
}

double SheetSection::azimuthDeg() const {
    return m_azimuth->currentData().toDouble();
}
double SheetSection::elevationDeg() const {
    return m_elevation->currentData().toDouble();
}
bool SheetSection::parts() const {
    return m_parts->isChecked();
}

}  // namespace vitrine
