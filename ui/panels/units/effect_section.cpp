// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/units/effect_section.h"

#include <QGridLayout>
#include <QLabel>
#include <cmath>

#include "ui/shell/theme.h"

namespace vitrine {

using namespace Qt::StringLiterals;

EffectSection::EffectSection(QWidget* parent) : QWidget(parent) {
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(measure::kGap);
    grid->setVerticalSpacing(measure::kGap / 2);
    grid->setColumnStretch(0, 1);
    int row = 0;
    for (const EffectMeasureInfo& info : effectMeasures()) {
        auto* name = new QLabel(QString::fromUtf8(info.label), this);
        auto* value = new QLabel(this);
        name->setProperty("role", u"muted"_s);
        for (QLabel* label : {name, value}) label->setToolTip(QString::fromUtf8(info.definition));
        value->setObjectName(u"units.effect."_s + QString::fromLatin1(info.key));
        value->setAlignment(Qt::AlignRight);
        grid->addWidget(name, row, 0);
        grid->addWidget(value, row++, 1);
        m_values << value;
    }
    m_outline = new QLabel(this);
    m_outline->setObjectName(u"units.effect.outline"_s);
    m_outline->setFont(Theme::font(TextRole::Caption));
    m_outline->setProperty("role", u"caption"_s);
    m_outline->setWordWrap(true);
    grid->addWidget(m_outline, row, 0, 1, 2);
}

void EffectSection::showEffect(const UnitEffect& effect) {
    for (int i = 0; i < m_values.size(); ++i) {
        const EffectMeasure measure = effectMeasures()[std::size_t(i)].measure;
        m_values[i]->setText(scoreText(scoreOf(effect, measure), measure));
    }
    m_outline->setText(tr("Mask area × %1, its centroid moves %2 px")
                           .arg(effect.areaFactor, 0, 'f', 2)
                           .arg(effect.centroidShiftPx, 0, 'f', 1));
}

QString scoreText(double score, EffectMeasure measure) {
    const bool isSigned = measure == EffectMeasure::Zoom || measure == EffectMeasure::Rotation ||
                          measure == EffectMeasure::Brightness;
    const QString sign = isSigned && score > 0 ? u"+"_s : isSigned && score < 0 ? u"−"_s : QString();
    return sign + u"%1 %2"_s.arg(std::abs(score), 0, 'f', std::abs(score) < 10 ? 1 : 0)
                      .arg(QString::fromUtf8(infoOf(measure).unit));
}

}  // namespace vitrine
