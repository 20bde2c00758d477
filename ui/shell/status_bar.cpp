// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/status_bar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QToolButton>
#include <algorithm>
#include <cmath>

#include "ui/shell/elided_label.h"
#include "ui/shell/theme.h"

using namespace Qt::StringLiterals;

namespace vitrine {
namespace {

constexpr int kProgressSteps = 1000;

QLabel* makeField(QWidget* parent, const QString& name, const QString& widest) {
    auto* label = new QLabel(parent);
    label->setObjectName(name);
    label->setFont(Theme::font(TextRole::Caption));
    label->setProperty("role", u"caption"_s);
    if (!widest.isEmpty()) {
        label->setFixedWidth(QFontMetrics(label->font()).horizontalAdvance(widest) + 2);
        label->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    }
    return label;
}

QFrame* makeSeparator(QWidget* parent) {
    auto* line = new QFrame(parent);
    line->setFixedSize(1, 12);
    line->setFrameShape(QFrame::NoFrame);
    line->setAutoFillBackground(true);
    line->setBackgroundRole(QPalette::Mid);
    QSizePolicy policy = line->sizePolicy();
    policy.setRetainSizeWhenHidden(true);
    line->setSizePolicy(policy);
    return line;
}

QString latencyText(double ms) {
    if (ms < 0) return {};
    if (ms >= 999.5) return u"%1 s"_s.arg(ms / 1000, 0, 'f', 1);
    return u"%1 ms"_s.arg(ms, 0, 'f', ms < 9.95 ? 1 : 0);
}

}  // namespace

QString timeLeftText(const Progress& progress) {
    constexpr double kBelievable = 0.02;
    return progress.fraction < kBelievable ? QString() : timeLeftText(progress.secondsLeft);
}

QString timeLeftText(double seconds) {
    if (seconds < 0 || !std::isfinite(seconds)) return {};
    if (seconds < 60) return StatusBar::tr("%1 s left").arg(std::max(1, int(std::ceil(seconds))));
    if (seconds < 3600) return StatusBar::tr("%1 min left").arg(int(std::ceil(seconds / 60)));
    return StatusBar::tr("%1 h left").arg(int(std::ceil(seconds / 3600)));
}

StatusBar::StatusBar(QWidget* parent) : QWidget(parent) {
    setObjectName(u"statusBar"_s);
    buildLayout();
    showNewestJob();
}

void StatusBar::buildLayout() {
    setFixedHeight(measure::kRow);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(measure::kGroupGap, 0, measure::kGap, 0);
    row->setSpacing(12);
    m_model = makeField(this, u"statusBar.model"_s, {});
    m_device = makeField(this, u"statusBar.device"_s, {});
    m_latency = makeField(this, u"statusBar.latency"_s, u"999 ms"_s);
    m_fps = makeField(this, u"statusBar.fps"_s, u"999 fps"_s);
    m_latency->setToolTip(tr("Latency from a change to its picture"));
    m_fps->setToolTip(tr("Pictures per second during motion"));
    for (QLabel* field : {m_model, m_device, m_latency, m_fps}) {
        if (field != m_model) m_separators.push_back({makeSeparator(this), field});
        if (field != m_model) row->addWidget(m_separators.back().line);
        row->addWidget(field);
    }
    showSeparators();
    row->addStretch(1);

    m_jobBox = new QWidget(this);
    auto* job = new QHBoxLayout(m_jobBox);
    job->setContentsMargins(0, 0, 0, 0);
    job->setSpacing(measure::kGap);
    m_jobLabel = new ElidedLabel(m_jobBox);
    m_jobLabel->setObjectName(u"statusBar.job"_s);
    m_jobLabel->setFont(Theme::font(TextRole::Caption));
    m_jobLabel->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_jobBar = new QProgressBar(m_jobBox);
    m_jobBar->setRange(0, kProgressSteps);
    m_jobBar->setTextVisible(false);
    m_jobBar->setFixedWidth(120);
    m_jobBar->setAccessibleName(tr("Progress"));
    m_cancel = new QToolButton(m_jobBox);
    m_cancel->setObjectName(u"statusBar.cancel"_s);
    m_cancel->setIcon(Theme::icon(u"close"_s));
    m_cancel->setIconSize({14, 14});
    m_cancel->setFixedSize(22, 22);
    m_cancel->setToolTip(tr("Cancel"));
    m_cancel->setAccessibleName(tr("Cancel the job"));
    m_cancel->setFocusPolicy(Qt::StrongFocus);
    connect(m_cancel, &QToolButton::clicked, this, &StatusBar::cancelShownJob);
    job->addWidget(m_jobLabel, 1);
    job->addWidget(m_jobBar);
    job->addWidget(m_cancel);
    row->addWidget(m_jobBox);
}

void StatusBar::setModel(const QString& name, const QString& tip) {
    m_model->setText(name);
    m_model->setToolTip(tip);
}

void StatusBar::setDevice(const QString& name) {
    setField(m_device, name);
}
void StatusBar::setLatencyMs(double ms) {
    setField(m_latency, latencyText(ms));
}
void StatusBar::setFps(double fps) {
    setField(m_fps, fps < 0 ? QString() : u"%1 fps"_s.arg(std::min(fps, 999.0), 0, 'f', 0));
}

void StatusBar::setField(QLabel* field, const QString& text) {
    const bool appears = field->text().isEmpty() != text.isEmpty();
    field->setText(text);
    if (appears) showSeparators();
}

// A line before each field that says something; those that say nothing keep their place.
void StatusBar::showSeparators() {
    for (const Separator& separator : m_separators)
        separator.line->setVisible(!separator.field->text().isEmpty());
}

int StatusBar::beginJob(const QString& text, std::function<void()> cancel) {
    Entry entry;
    entry.id = m_nextJob++;
    entry.text = text;
    entry.cancel = std::move(cancel);
    m_jobs.push_back(std::move(entry));
    showNewestJob();
    return m_jobs.back().id;
}

StatusBar::Entry* StatusBar::find(int job) {
    const auto found =
        std::find_if(m_jobs.begin(), m_jobs.end(), [job](const Entry& entry) { return entry.id == job; });
    return found == m_jobs.end() ? nullptr : &*found;
}

void StatusBar::setJobText(int job, const QString& text) {
    if (Entry* entry = find(job)) {
        entry->text = text;
        showNewestJob();
    }
}

void StatusBar::setJobProgress(int job, const Progress& progress) {
    if (Entry* entry = find(job)) {
        entry->progress = progress;
        showNewestJob();
    }
}

void StatusBar::endJob(int job) {
    std::erase_if(m_jobs, [job](const Entry& entry) { return entry.id == job; });
    showNewestJob();
}

void StatusBar::cancelShownJob() {
    if (m_jobs.empty()) return;
    Entry& shown = m_jobs.back();
    shown.cancelling = true;
    const auto cancel = std::exchange(shown.cancel, nullptr);
    showNewestJob();
    if (cancel) cancel();
}

QString StatusBar::jobText() const {
    return m_jobs.empty() ? QString() : m_jobLabel->text();
}

void StatusBar::showNewestJob() {
    m_jobBox->setVisible(!m_jobs.empty());
    if (m_jobs.empty()) return;
    const Entry& shown = m_jobs.back();
    const double fraction = std::clamp(shown.progress.fraction, 0.0, 1.0);
    QString text = shown.cancelling ? tr("%1: cancelling").arg(shown.text)
                                    : tr("%1 %2 %").arg(shown.text).arg(int(std::floor(100 * fraction)));
    const QString left = timeLeftText(shown.progress);
    if (!shown.cancelling && !left.isEmpty()) text += ", "_L1 + left;
    if (m_jobs.size() > 1) text += tr(" (and %1 more)").arg(m_jobs.size() - 1);
    m_jobLabel->setText(text);
    m_jobLabel->setToolTip(QString::fromStdString(shown.progress.message));
    m_jobBar->setValue(int(fraction * kProgressSteps));
    m_cancel->setVisible(bool(shown.cancel));
}

}  // namespace vitrine
