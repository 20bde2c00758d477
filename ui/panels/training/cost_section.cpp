// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/training/cost_section.h"

#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QStyle>
#include <QVBoxLayout>

#include "ui/panels/training/texts.h"
#include "ui/shell/theme.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

}  // namespace

QStringList sentencesOf(const TrainCost& cost) {
    QStringList lines;
    lines << CostSection::tr("The network has %1 parameters.").arg(parametersText(cost.numParameters));
    lines << CostSection::tr("Training needs at most %1 of memory; each checkpoint takes %2 on disk.")
                 .arg(memoryText(cost.peakMemoryMiB), memoryText(cost.checkpointMiB));
    lines << CostSection::tr("An epoch (every picture once: %1) takes %2, at %3 images/s.")
                 .arg(groupedNumber(cost.imagesPerEpoch),
                      durationText(cost.secondsPerEpoch),
                      figureText(cost.imagesPerSecond));
    lines << CostSection::tr("All %1 steps take about %2.")
                 .arg(groupedNumber(cost.totalSteps), durationText(cost.totalSeconds));
    if (!cost.device.empty())
        lines << CostSection::tr("Measured on %1, %2.")
                     .arg(QString::fromStdString(cost.device), QString::fromStdString(cost.precision));
    return lines;
}

CostSection::CostSection(QWidget* parent) : QWidget(parent) {
    setObjectName(u"training.cost"_s);
    m_text = new QLabel(this);
    m_text->setObjectName(u"training.cost.text"_s);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_bar = new QProgressBar(this);
    m_bar->setTextVisible(false);
    m_bar->setAccessibleName(tr("Progress of the measurement"));
    QSizePolicy keepsPlace = m_bar->sizePolicy();
    keepsPlace.setRetainSizeWhenHidden(true);
    m_bar->setSizePolicy(keepsPlace);
    m_button = new QPushButton(this);
    m_button->setObjectName(u"training.cost.measure"_s);
    connect(m_button, &QPushButton::clicked, this, [this] {
        if (m_measuring)
            Q_EMIT cancelRequested();
        else
            Q_EMIT measureRequested();
    });
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(measure::kGap);
    column->addWidget(m_text);
    column->addWidget(m_bar);
    column->addWidget(m_button, 0, Qt::AlignLeft);
    setMeasuring(false);
    setStale();
}

void CostSection::show(const QString& text, const QString& role) {
    m_text->setText(text);
    m_text->setProperty("role", role);
    m_text->style()->unpolish(m_text);
    m_text->style()->polish(m_text);
}

void CostSection::setStale() {
    if (m_measuring) return;
    show(m_hasCost ? tr("The settings changed since the last measurement.")
                   : tr("Trains for 5 s to estimate parameters, memory and time."),
         u"muted"_s);
}

void CostSection::setMeasuring(bool measuring) {
    m_measuring = measuring;
    m_bar->setVisible(measuring);
    m_bar->setRange(0, 0);
    m_button->setText(measuring ? tr("Cancel") : tr("Measure"));
    m_button->setAccessibleName(measuring ? tr("Cancel the measurement") : tr("Estimate the cost"));
    m_button->setToolTip(measuring ? QString() : tr("Train for 5 s; nothing is written"));
    if (measuring) show(tr("Measuring; this takes a few seconds."), u"muted"_s);
}

void CostSection::setProgress(const Progress& progress) {
    m_bar->setRange(0, 1000);
    m_bar->setValue(int(1000 * progress.fraction));
}

void CostSection::setCost(const TrainCost& cost) {
    m_hasCost = true;
    show(sentencesOf(cost).join(u'\n'), {});
}

void CostSection::setError(const Error& error) {
    show(QString::fromStdString(error.message), u"error"_s);
}

void CostSection::setMayMeasure(bool may) {
    m_button->setEnabled(may || m_measuring);
}

QString CostSection::text() const {
    return m_text->text();
}

}  // namespace vitrine
