// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/state_notice.h"

#include <QBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

#include "ui/shell/theme.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

constexpr int kLargeIcon = 32;
constexpr int kNoticeTextWidth = 420;

}  // namespace

StateNotice::StateNotice(const QString& id, bool compact, QWidget* parent)
    : QWidget(parent), m_compact(compact) {
    setObjectName(id);
    m_icon = new QLabel(this);
    m_text = new QLabel(this);
    m_text->setObjectName(id + ".text"_L1);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_button = new QPushButton(this);
    m_button->setObjectName(id + ".button"_L1);
    m_button->setAccessibleName(tr("Do what the notice proposes"));
    connect(m_button, &QPushButton::clicked, this, &StateNotice::buttonPressed);
    auto* box = new QBoxLayout(compact ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom, this);
    box->setSpacing(compact ? measure::kGap : measure::kGroupGap);
    if (compact) {
        box->setContentsMargins(measure::kGroupGap, measure::kGap, measure::kGap, measure::kGap);
        box->addWidget(m_icon);
        box->addWidget(m_text, 1);
        box->addWidget(m_button);
        return;
    }
    m_text->setAlignment(Qt::AlignCenter);
    m_text->setFixedWidth(kNoticeTextWidth);
    box->addStretch(1);
    for (QWidget* part :
         {static_cast<QWidget*>(m_icon), static_cast<QWidget*>(m_text), static_cast<QWidget*>(m_button)})
        box->addWidget(part, 0, Qt::AlignHCenter);
    box->addStretch(1);
}

void StateNotice::show(Kind kind, const QString& icon, const QString& text, const QString& button) {
    m_kind = kind;
    m_icon->setPixmap(
        Theme::pixmap(icon, color(), m_compact ? measure::kIcon : kLargeIcon, devicePixelRatioF()));
    m_text->setText(text);
    if (!m_compact)
        m_text->setMinimumHeight(
            m_text->heightForWidth(kNoticeTextWidth));  // as an aligned item it isn't asked
    m_button->setText(button);
    m_button->setAccessibleName(button.isEmpty() ? tr("Nothing to do") : button);
    m_button->setVisible(!button.isEmpty());
    m_button->setProperty("primary", false);
    QWidget::show();
    update();
}

QString StateNotice::text() const {
    return isHidden() ? QString() : m_text->text();
}

QColor StateNotice::color() const {
    const ThemeTokens& theme = Theme::current();
    return m_kind == Kind::Failed ? theme.bad : m_kind == Kind::Warning ? theme.warning : theme.muted;
}

void StateNotice::paintEvent(QPaintEvent*) {
    if (!m_compact) return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(Theme::current().surface);
    painter.drawRoundedRect(rect(), measure::kRadius, measure::kRadius);
    painter.setBrush(color());
    painter.drawRoundedRect(QRectF(0, 4, 3, height() - 8), 1.5, 1.5);
}

}  // namespace vitrine
