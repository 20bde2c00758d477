// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/picture_film.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "ui/shell/theme.h"
#include "ui/shell/tick_slider.h"
#include "ui/views/zoom_view.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

constexpr int kMsPerMoment = 250;
constexpr int kMaxTicks = 40;

SliderSpec specFor(int numMoments) {
    SliderSpec spec;
    spec.label = PictureFilm::tr("Moment");
    spec.maximum = std::max(1, numMoments - 1);
    spec.step = 1;
    spec.decimals = 0;
    for (int i = 0; i < numMoments && numMoments <= kMaxTicks; ++i) spec.ticks << i;
    return spec;
}

}  // namespace

PictureFilm::PictureFilm(const QString& id, QWidget* parent) : QWidget(parent) {
    setObjectName(id);
    buildLayout(id);
    m_timer.setInterval(kMsPerMoment);
    connect(&m_timer, &QTimer::timeout, this, &PictureFilm::step);
    connect(m_play, &QToolButton::toggled, this, &PictureFilm::setPlaying);
    connect(m_slider, &TickSlider::moved, this, [this](double value) {
        setPlaying(false);
        setCurrent(int(std::lround(value)));
    });
    showPlace();
}

void PictureFilm::buildLayout(const QString& id) {
    m_view = new ZoomView(this);
    m_view->setObjectName(id + ".view"_L1);
    m_view->setAccessibleName(tr("Picture"));
    m_play = new QToolButton(this);
    m_play->setObjectName(id + ".play"_L1);
    m_play->setAccessibleName(tr("Play"));
    m_play->setToolTip(tr("Play the pictures from the first to the newest"));
    m_play->setIcon(Theme::icon(u"play"_s));
    m_play->setCheckable(true);
    m_play->setFocusPolicy(Qt::StrongFocus);
    m_slider = new TickSlider(specFor(0), this);
    m_slider->setObjectName(id + ".slider"_L1);
    m_slider->setAccessibleName(tr("Moment"));
    m_label = new QLabel(this);
    m_label->setObjectName(id + ".label"_L1);
    m_label->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    auto* row = new QHBoxLayout;
    row->setSpacing(measure::kGap);
    row->addWidget(m_play);
    row->addWidget(m_slider, 1);
    row->addWidget(m_label);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(measure::kGap);
    column->addWidget(m_view, 1);
    column->addLayout(row);
}

void PictureFilm::setMoments(const QStringList& labels) {
    if (labels == m_labels) return;
    const bool atEnd = m_current < 0 || m_current == m_labels.size() - 1;
    const QString shown = m_labels.value(m_current);
    m_labels = labels;
    int widest = 0;
    for (const QString& label : labels) widest = std::max(widest, fontMetrics().horizontalAdvance(label));
    m_label->setMinimumWidth(widest);
    m_slider->setSpec(specFor(int(labels.size())));
    const int place = atEnd ? -1 : int(labels.indexOf(shown));
    m_current = -1;
    if (labels.isEmpty()) m_view->setImage({});
    showMoment(place >= 0 ? place : int(labels.size()) - 1);
}

void PictureFilm::setCurrent(int index) {
    if (m_labels.isEmpty()) return;
    const int wantedIndex = std::clamp(index, 0, int(m_labels.size()) - 1);
    if (wantedIndex != m_current) showMoment(wantedIndex);
}

void PictureFilm::showMoment(int index) {
    m_current = index;
    showPlace();
    if (index >= 0) Q_EMIT wanted(index);
}

void PictureFilm::showPlace() {
    m_slider->setReal(std::max(0, m_current));
    m_slider->setEnabled(m_labels.size() > 1);
    m_play->setEnabled(m_labels.size() > 1);
    m_label->setText(m_labels.value(m_current));
}

void PictureFilm::setPicture(const QImage& picture) {
    m_view->setImage(picture);
}

void PictureFilm::setPlaceholder(const QString& text) {
    m_view->setPlaceholder(text);
}

void PictureFilm::setDimmed(bool dimmed) {
    m_view->setDimmed(dimmed);
}

void PictureFilm::setPlaying(bool playing) {
    const QSignalBlocker blocker(m_play);
    const bool really = playing && m_labels.size() > 1;
    m_play->setChecked(really);
    m_play->setIcon(Theme::icon(really ? u"pause"_s : u"play"_s));
    if (really == m_timer.isActive()) return;
    if (!really) return m_timer.stop();
    if (m_current == m_labels.size() - 1) setCurrent(0);
    m_timer.start();
}

void PictureFilm::step() {
    setCurrent(m_current + 1);
    if (m_current >= m_labels.size() - 1) setPlaying(false);
}

}  // namespace vitrine
