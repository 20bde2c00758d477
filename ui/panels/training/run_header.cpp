// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/training/run_header.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "ui/panels/training/texts.h"
#include "ui/shell/theme.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

constexpr int kProgressSteps = 1000;
constexpr int kStateWidth = 120;
constexpr int kFigureGap = 12;

QFont valueFont() {
    QFont font = Theme::font(TextRole::Body);
    font.setWeight(QFont::DemiBold);
    return font;
}

QString sharesText(const RunStatus& status) {
    QStringList parts;
    for (const auto& [name, share] : status.shares)
        parts << u"%1 %2 %"_s.arg(QString::fromStdString(name)).arg(std::lround(100 * share));
    return parts.isEmpty() ? QString() : RunHeader::tr("\nShare of the time: %1").arg(parts.join(u", "_s));
}

}  // namespace

RunHeader::RunHeader(QWidget* parent) : QWidget(parent) {
    setObjectName(u"training.header"_s);
    buildLayout();
    setRun(nullptr, {}, {});
}

void RunHeader::buildLayout() {
    m_icon = new QLabel(this);
    m_icon->setFixedSize(measure::kIcon, measure::kIcon);
    m_state = new QLabel(this);
    m_state->setObjectName(u"training.header.state"_s);
    m_state->setFont(valueFont());
    auto* state = new QWidget(this);
    state->setFixedWidth(kStateWidth);
    auto* stateRow = new QHBoxLayout(state);
    stateRow->setContentsMargins(0, 0, 0, 0);
    stateRow->setSpacing(measure::kGap);
    stateRow->addWidget(m_icon);
    stateRow->addWidget(m_state, 1);

    m_row = new QWidget(this);
    auto* row = new QHBoxLayout(m_row);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(kFigureGap);
    row->addWidget(state, 0, Qt::AlignVCenter);
    row->addStretch(1);
    addFigure(u"step"_s,
              tr("step"),
              tr("Weight updates so far, of those planned.\nOne step uses one batch of pictures."),
              u"888,888 of 888,888"_s);
    addFigure(
        u"timeLeft"_s, tr("time left"), tr("Until the planned end, at the current speed"), u"88 h 88 min"_s);
    addFigure(u"quality"_s,
              tr("held-out"),
              tr("How close the network's pictures are to held-out pictures"),
              u"88.88 dB"_s);
    addFigure(u"speed"_s, tr("speed"), tr("Training pictures per second"), u"8,888 images/s"_s);
    addFigure(u"epoch"_s, tr("epoch"), tr("Passes over the data set so far"), u"888.8"_s);
    addFigure(u"memory"_s, tr("memory"), tr("Memory in use by the helper program"), u"88.8 GiB"_s);
    addFigure(u"device"_s, tr("device"), tr("Device and numerical precision"), u"CPU (2 threads), bf16"_s);

    m_bar = new QProgressBar(this);
    m_bar->setObjectName(u"training.header.bar"_s);
    m_bar->setAccessibleName(tr("Progress of the training"));
    m_bar->setTextVisible(false);
    m_bar->setRange(0, kProgressSteps);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(measure::kGap);
    column->addWidget(m_row);
    column->addWidget(m_bar);
}

void RunHeader::addFigure(const QString& id, const QString& name, const QString& tip, const QString& widest) {
    auto* box = new QWidget(m_row);
    box->setToolTip(tip);
    auto* value = new QLabel(box);
    value->setObjectName(u"training.header."_s + id);
    value->setFont(valueFont());
    auto* caption = new QLabel(name, box);
    caption->setFont(Theme::font(TextRole::Caption));
    caption->setProperty("role", u"caption"_s);
    for (QLabel* label : {value, caption}) label->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    box->setFixedWidth(QFontMetrics(value->font()).horizontalAdvance(widest) + 4);
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(value);
    column->addWidget(caption);
    m_row->layout()->addWidget(box);
    m_figures.push_back({id, box, value});
}

void RunHeader::set(const QString& id, const QString& text, const QString& tip) {
    for (const Figure& figure : m_figures) {
        if (figure.id != id) continue;
        figure.value->setText(text.isEmpty() ? u"–"_s : text);
        // Wider than expected once, it keeps that width: the figures beside it move once at most.
        figure.box->setFixedWidth(std::max(figure.box->minimumWidth(), figure.value->sizeHint().width() + 4));
        if (!tip.isEmpty()) figure.box->setToolTip(tip);
    }
}

QString RunHeader::figure(const QString& id) const {
    for (const Figure& figure : m_figures)
        if (figure.id == id) return figure.value->text();
    return {};
}

QString RunHeader::stateText() const {
    return m_state->text();
}

void RunHeader::setRun(const RunInfo* run, const QString& qualityMetric, const QString& qualityUnit) {
    setVisible(run != nullptr);
    if (!run) return;
    const RunStatus& status = run->summary.status;
    const RunPhase phase = phaseOf(*run);
    m_state->setText(nameOf(phase));
    m_state->parentWidget()->setToolTip(explain(phase));
    m_icon->setPixmap(Theme::pixmap(iconOf(phase), colorOf(phase), measure::kIcon, devicePixelRatioF()));
    m_bar->setValue(
        status.totalSteps > 0 ? int(kProgressSteps * double(status.step) / double(status.totalSteps)) : 0);
    const bool live = run->isLive(), moves = advances(*run);
    set(u"step"_s,
        status.totalSteps > 0
            ? tr("%1 of %2").arg(groupedNumber(status.step), groupedNumber(status.totalSteps))
            : groupedNumber(status.step));
    set(u"timeLeft"_s, moves ? durationText(status.secondsLeft) : QString());
    set(u"speed"_s,
        moves && status.imagesPerSecond > 0 ? tr("%1 images/s").arg(figureText(status.imagesPerSecond))
                                            : QString(),
        tr("Training pictures per second") + sharesText(status));
    set(u"epoch"_s, status.epoch > 0 ? QString::number(status.epoch, 'f', 1) : QString());
    set(u"memory"_s,
        live && status.memoryMiB > 0 ? memoryText(status.memoryMiB) : QString(),
        tr("Memory in use by the helper program; peak: %1").arg(memoryText(status.peakMemoryMiB)));
    const QString device = QString::fromStdString(status.device);
    set(u"device"_s,
        status.precision.empty() ? device
                                 : tr("%1, %2").arg(device, QString::fromStdString(status.precision)));
    const auto quality = status.metrics.find(qualityMetric.toStdString());
    set(u"quality"_s,
        quality == status.metrics.end() ? QString()
                                        : (figureText(quality->second) + u' ' + qualityUnit).trimmed());
    showWhatFits();
}

void RunHeader::showWhatFits() {
    int room = width() - kStateWidth;
    for (const Figure& figure : m_figures) {
        room -= figure.box->minimumWidth() + kFigureGap;
        figure.box->setVisible(room >= 0);
    }
}

void RunHeader::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    showWhatFits();
}

}  // namespace vitrine
