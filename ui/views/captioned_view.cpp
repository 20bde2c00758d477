// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/captioned_view.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include "ui/shell/controls.h"
#include "ui/shell/elided_label.h"
#include "ui/shell/theme.h"
#include "ui/views/zoom_view.h"

namespace vitrine {

using namespace Qt::StringLiterals;

namespace {
constexpr int kMinWords = 6;  ///< characters
}

CaptionedView::CaptionedView(const QString& id, ZoomView* view, QWidget* parent)
    : QWidget(parent), m_id(id), m_view(view) {
    view->setObjectName(id);
    m_title = new QLabel(this);
    m_title->setObjectName(id + u".title"_s);
    m_title->setFixedHeight(measure::kRow);
    m_title->hide();
    m_caption = new ElidedLabel(this);
    m_caption->setObjectName(id + u".caption"_s);
    m_caption->setFont(Theme::font(TextRole::Caption));
    m_caption->setFixedHeight(QFontMetrics(m_caption->font()).height());
    m_caption->setProperty("role", u"caption"_s);
    m_column = new QVBoxLayout(this);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(4);
    m_column->addWidget(m_title);
    m_column->addWidget(view, 1);
    m_foot = new QHBoxLayout;
    m_foot->setSpacing(measure::kGap);
    m_foot->addWidget(m_caption, 1);
    m_column->addLayout(m_foot);
}

void CaptionedView::setTitle(const QString& title) {
    m_title->setText(title);
    m_title->show();
    m_view->setAccessibleName(title);
}

void CaptionedView::setChoices(const QString& name, const std::vector<Choice>& choices) {
    m_choice = makeChoice(m_id + u".choice"_s, name, {}, this);
    for (const Choice& choice : choices) {
        m_choice->addItem(choice.text, choice.value);
        m_choice->setItemData(m_choice->count() - 1, choice.meaning, Qt::ToolTipRole);
    }
    m_choice->setFixedHeight(measure::kRow);
    m_choice->setSizeAdjustPolicy(
        QComboBox::AdjustToMinimumContentsLengthWithIcon);  // no view is wider for its words
    m_choice->setMinimumContentsLength(kMinWords);
    m_column->insertWidget(0, m_choice);
    connect(m_choice, &QComboBox::currentIndexChanged, this, [this] {
        Q_EMIT chosen(m_choice->currentData().toInt());
    });
}

void CaptionedView::setChoice(int value) {
    showChoice(m_choice, value);
    const QString meaning = m_choice->currentData(Qt::ToolTipRole).toString();
    m_choice->setToolTip(meaning);
    m_view->setAccessibleName(meaning.isEmpty() ? m_choice->currentText() : meaning);
}

void CaptionedView::setCaption(const QString& text, const QString& tip) {
    m_caption->setText(text);
    // A legend beside it is narrow sooner than numbers are cut.
    if (m_foot->count() > 1) m_caption->setMinimumWidth(m_caption->fontMetrics().horizontalAdvance(text) + 1);
    m_caption->setToolTip(tip);
}

void CaptionedView::setLegend(QWidget* legend) {
    m_foot->addWidget(legend);
}

}  // namespace vitrine
