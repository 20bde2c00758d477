// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/completion/likelihood_section.h"

#include <QFormLayout>
#include <QLabel>
#include <QVBoxLayout>
#include <cmath>

#include "ui/shell/theme.h"

namespace vitrine {

using namespace Qt::StringLiterals;

QString natsText(double nats) {
    return std::isfinite(nats) ? LikelihoodSection::tr("%1 nats").arg(nats, 0, 'f', 1) : u"–"_s;
}

LikelihoodSection::LikelihoodSection(QWidget* parent) : QWidget(parent) {
    auto* form = new QFormLayout;
    form->setContentsMargins(0, 0, 0, 0);
    form->setVerticalSpacing(4);
    m_guess = add(form, u"guess"_s, tr("Deterministic"), tr("−log p(y|x) of the network with one answer"));
    m_monteCarlo = add(form,
                       u"monteCarlo"_s,
                       tr("Monte Carlo"),
                       tr("−log p(y|x) of the network with a latent: 1,000 draws from the prior p(z|x)"));
    m_importance =
        add(form,
            u"importance"_s,
            tr("Importance sampled"),
            tr("The same with 100 draws from the recognition network q(z|x, y), which are more informative"));
    m_deviation = add(form,
                      u"deviation"_s,
                      tr("Mean deviation"),
                      tr("Between the samples, over the hidden pixels: 0 means that all are the same"));
    m_text = new QLabel(this);
    m_text->setObjectName(u"completion.numbers.text"_s);
    m_text->setFont(Theme::font(TextRole::Caption));
    m_text->setProperty("role", u"caption"_s);
    m_text->setWordWrap(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(measure::kGap);
    column->addLayout(form);
    column->addWidget(m_text);
    showResult(nullptr);
}

QLabel* LikelihoodSection::add(QFormLayout* form,
                               const QString& id,
                               const QString& name,
                               const QString& tip) {
    auto* label = new QLabel(name, this);
    label->setFont(Theme::font(TextRole::Caption));
    label->setProperty("role", u"caption"_s);
    label->setToolTip(tip);
    auto* value = new QLabel(this);
    value->setObjectName(u"completion.numbers."_s + id);
    value->setAlignment(Qt::AlignRight);
    value->setToolTip(tip);
    form->addRow(label, value);
    return value;
}

void LikelihoodSection::showResult(const CompletionResult* result) {
    const bool scored = result && result->scores;
    const double none = std::nan("");
    m_guess->setText(natsText(scored ? result->scores->guess : none));
    m_monteCarlo->setText(natsText(scored ? result->scores->monteCarlo : none));
    m_importance->setText(natsText(scored ? result->scores->importance : none));
    m_deviation->setText(result ? QString::number(result->meanDeviation, 'f', 3) : u"–"_s);
    m_text->setText(result && !scored
                        ? tr("Without a picture there is nothing to predict.")
                        : tr("Negative log-likelihood of the hidden pixels: the fewer nats, the better the "
                             "prediction."));
}

}  // namespace vitrine
