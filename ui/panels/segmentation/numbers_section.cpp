// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/segmentation/numbers_section.h"

#include <QFormLayout>
#include <QVBoxLayout>
#include <cmath>
#include <utility>

#include "ui/panels/segmentation/reliability_diagram.h"
#include "ui/shell/theme.h"

namespace vitrine {

using namespace Qt::StringLiterals;

namespace {

double averageOf(const std::vector<double>& values) {
    double sum = 0;
    int count = 0;
    for (const double value : values)
        if (std::isfinite(value)) sum += value, ++count;
    return count == 0 ? std::nan("") : sum / count;
}

}  // namespace

QString scoreText(double score) {
    return std::isfinite(score) ? QString::number(score, 'f', 3) : u"–"_s;
}

NumbersSection::NumbersSection(QWidget* parent) : QWidget(parent) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(measure::kGap);
    auto* form = new QFormLayout;
    column->addLayout(form);
    form->setContentsMargins(0, 0, 0, 0);
    form->setVerticalSpacing(4);
    m_answer = add(form,
                   u"answer"_s,
                   tr("IoU at the prior mean"),
                   tr("Overlap with the truth over all classes except the background; 1 is perfect"));
    m_guess = add(form, u"guess"_s, tr("IoU of the first guess"), tr("The CNN alone, without a latent"));
    m_best = add(form, u"best"_s, tr("IoU of the best sample"), tr("With the best choice among the samples"));
    m_average = add(form, u"average"_s, tr("IoU of a sample"), tr("On average"));
    m_reconstruction = add(form,
                           u"reconstruction"_s,
                           tr("IoU of the reconstruction"),
                           tr("With the latent inferred from the truth: the best that this network can "
                              "generate"));
    m_nearest = add(form,
                    u"nearest"_s,
                    tr("IoU of the nearest label"),
                    tr("Each hidden pixel copies the nearest painted label or, without one, the nearest "
                       "visible label; a network should do better"));
    m_likelihood =
        add(form,
            u"likelihood"_s,
            tr("Log-likelihood of the truth"),
            tr("log p(y|x) of the true labels, in nats, estimated from 25 latents; higher is better"));
    m_diversity = add(form,
                      u"diversity"_s,
                      tr("Diversity"),
                      tr("Mean 1 − IoU between two samples: 0 means that all are the same"));
    m_distance = add(form,
                     u"distance"_s,
                     tr("Energy distance"),
                     tr("GED²: twice the distance to the truth minus the diversity; lower is better"));
    m_ece = add(form,
                u"ece"_s,
                tr("Calibration error"),
                tr("Expected calibration error: the gap between the confidence and the accuracy of the mean, "
                   "averaged over pixels; 0 is perfect"));
    addReliability();
    show(nullptr);
}

void NumbersSection::addReliability() {
    m_reliability = new QWidget(this);
    m_diagram = new ReliabilityDiagram(m_reliability);
    m_diagram->setObjectName(u"segmentation.reliability"_s);
    m_readout = new QLabel(m_reliability);
    m_readout->setObjectName(u"segmentation.reliability.readout"_s);
    m_readout->setFont(Theme::font(TextRole::Caption));
    m_readout->setProperty("role", u"caption"_s);
    m_readout->setWordWrap(true);
    m_readout->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_readout->setFixedHeight(2 * QFontMetrics(m_readout->font()).lineSpacing());  // the page does not jump
    connect(m_diagram, &ReliabilityDiagram::readoutChanged, this, &NumbersSection::showReadout);
    auto* column = new QVBoxLayout(m_reliability);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(measure::kGap / 2);
    column->addWidget(m_diagram);
    column->addWidget(m_readout);
    layout()->addWidget(m_reliability);
}

void NumbersSection::showReadout() {
    const QString text = m_diagram->readoutText();
    m_readout->setText(text.isEmpty() ? tr("On the diagonal, confidence equals accuracy.") : text);
}

QLabel* NumbersSection::add(QFormLayout* form, const QString& id, const QString& name, const QString& tip) {
    auto* label = new QLabel(name, this);
    label->setFont(Theme::font(TextRole::Caption));
    label->setProperty("role", u"caption"_s);
    label->setToolTip(tip);
    auto* value = new QLabel(this);
    value->setObjectName(u"segmentation.numbers."_s + id);
    value->setAlignment(Qt::AlignRight);
    value->setToolTip(tip);
    form->addRow(label, value);
    return value;
}

void NumbersSection::show(const SegmentationResult* result) {
    const bool scored = result && result->scores;
    const double none = std::nan("");
    m_answer->setText(scoreText(scored ? result->scores->meanIou : none));
    m_guess->setText(scoreText(scored ? result->scores->guessIou : none));
    m_best->setText(scoreText(scored ? result->scores->bestIou : none));
    m_average->setText(scoreText(scored ? averageOf(result->scores->sampleIous) : none));
    m_reconstruction->setText(scoreText(scored ? result->scores->reconstructionIou : none));
    m_nearest->setText(scoreText(scored ? result->scores->nearestKnownIou : none));
    m_likelihood->setText(scored ? u"…"_s : scoreText(none));
    m_needsLikelihood = scored;
    m_diversity->setText(scoreText(result && result->samples.size() > 1 ? result->diversity : none));
    m_distance->setText(scoreText(scored ? result->scores->energyDistance : none));
    m_ece->setText(scoreText(scored ? result->scores->calibration.ece : none));
    m_diagram->setBins(scored ? result->scores->calibration.bins : std::vector<ReliabilityBin>());
    m_reliability->setVisible(scored);
    askForLikelihood();
}

void NumbersSection::setLikelihood(double nats) {
    m_likelihood->setText(std::isfinite(nats) ? tr("%1 nats").arg(nats, 0, 'f', 0) : scoreText(nats));
}

void NumbersSection::askForLikelihood() {
    if (isVisible() && std::exchange(m_needsLikelihood, false)) Q_EMIT likelihoodNeeded();
}

void NumbersSection::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    askForLikelihood();
}

}  // namespace vitrine
