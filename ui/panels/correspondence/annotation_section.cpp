// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/correspondence/annotation_section.h"

#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>
#include <cmath>

#include "ui/panel_kit/bindings.h"
#include "ui/shell/controls.h"
#include "ui/shell/theme.h"

namespace vitrine {

using namespace Qt::StringLiterals;

AnnotationSection::AnnotationSection(CorrespondenceStore& store, QWidget* parent)
    : QWidget(parent), m_store(store), m_errorPx(std::nan("")) {
    m_mode = new QCheckBox(tr("Mark points by hand on A and B"), this);
    m_mode->setObjectName(u"correspondence.annotating"_s);
    m_mode->setToolTip(tr("Points placed on A are numbered; click on B where the chosen point is."));
    m_annotator = new QLineEdit(this);
    m_annotator->setObjectName(u"correspondence.annotator"_s);
    m_annotator->setAccessibleName(tr("Annotator"));
    m_annotator->setMaxLength(60);
    m_summary = new QLabel(this);
    m_summary->setObjectName(u"correspondence.spread"_s);
    m_summary->setFont(Theme::font(TextRole::Caption));
    m_summary->setWordWrap(true);
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(measure::kGap);
    rows->addWidget(m_mode);
    rows->addLayout(makeRow(tr("Annotator"), m_annotator, this));
    rows->addWidget(m_summary);
    bindControl(
        m_mode, m_store, u"annotating"_s, tr("Switch the annotation"), &CorrespondenceState::isAnnotating);
    connect(m_annotator, &QLineEdit::editingFinished, this, [this] {
        const QString name = m_annotator->text().trimmed();
        if (name.isEmpty()) return showState();
        m_store.changeOnce(u"annotator"_s, tr("Change the annotator"), [name](CorrespondenceState& state) {
            state.annotator = name;
        });
    });
    connect(&m_store, &CorrespondenceStore::changed, this, &AnnotationSection::showState);
    showState();
}

void AnnotationSection::showError(double px) {
    m_errorPx = px;
    showState();
}

void AnnotationSection::showState() {
    const CorrespondenceState& state = m_store.state();
    const QSignalBlocker silent(m_mode);
    m_mode->setChecked(state.isAnnotating);
    if (m_annotator->text() != state.annotator) m_annotator->setText(state.annotator);
    const auto summaries = summarise(state.annotations);
    if (summaries.empty()) return m_summary->setText(tr("No points are marked yet."));
    double spread = 0;
    for (const AnnotationSummary& summary : summaries) spread += summary.spreadPx / double(summaries.size());
    QString text = tr("%1 points by %2 annotators; mean spread %3 px")
                       .arg(summaries.size())
                       .arg(state.annotations.size())
                       .arg(spread, 0, 'f', 2);
    if (std::isfinite(m_errorPx))
        text += u'\n' + tr("The method is %1 px from their mean.").arg(m_errorPx, 0, 'f', 2);
    m_summary->setText(text);
}

}  // namespace vitrine
