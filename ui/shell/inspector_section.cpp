// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/inspector_section.h"

#include <QAction>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPropertyAnimation>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/shell/theme.h"

using namespace Qt::StringLiterals;

namespace vitrine {

InspectorSection::InspectorSection(const QString& id, const QString& title, QWidget* parent)
    : QWidget(parent) {
    setObjectName(id);
    buildLayout(title);
}

void InspectorSection::buildLayout(const QString& title) {
    m_title = new QToolButton(this);
    m_title->setObjectName(objectName() + ".fold"_L1);
    m_title->setProperty("fold", true);
    m_title->setText(title);
    m_title->setAccessibleName(title);
    m_title->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_title->setIcon(Theme::icon(u"chevron-down"_s));
    m_title->setIconSize({14, 14});
    m_title->setFocusPolicy(Qt::StrongFocus);
    m_title->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_title->setFixedHeight(measure::kRow);
    m_title->installEventFilter(this);
    connect(m_title, &QToolButton::clicked, this, [this] { setFolded(!m_folded); });

    m_header = new QHBoxLayout;
    m_header->setContentsMargins(0, 0, 0, 0);
    m_header->setSpacing(measure::kGap / 2);
    m_header->addWidget(m_title, 1);

    m_body = new QWidget(this);
    m_bodyLayout = new QVBoxLayout(m_body);
    m_bodyLayout->setContentsMargins(measure::kGap, measure::kGap / 2, 0, measure::kGroupGap);
    m_bodyLayout->setSpacing(measure::kGap / 2);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(m_header);
    column->addWidget(m_body);

    m_animation = new QPropertyAnimation(m_body, "maximumHeight", this);
    m_animation->setDuration(measure::kFoldMs);
    m_animation->setEasingCurve(QEasingCurve::InOutQuad);
    connect(m_animation, &QPropertyAnimation::finished, this, [this] {
        m_body->setVisible(!m_folded);
        m_body->setMaximumHeight(QWIDGETSIZE_MAX);
    });
}

void InspectorSection::addWidget(QWidget* widget) {
    m_bodyLayout->addWidget(widget);
}
void InspectorSection::addLayout(QLayout* layout) {
    m_bodyLayout->addLayout(layout);
}
void InspectorSection::addHeaderWidget(QWidget* widget) {
    m_header->addWidget(widget);
}

void InspectorSection::addHeaderAction(QAction* action) {
    auto* button = new QToolButton(this);
    button->setDefaultAction(action);
    button->setObjectName(action->objectName() + ".button"_L1);
    button->setAccessibleName(action->text().remove(u'&'));
    button->setIconSize({16, 16});
    button->setFixedSize(24, 24);
    button->setFocusPolicy(Qt::StrongFocus);
    addHeaderWidget(button);
}

void InspectorSection::setFolded(bool folded) {
    if (folded == m_folded) return;
    m_folded = folded;
    m_title->setIcon(Theme::icon(folded ? u"chevron-right"_s : u"chevron-down"_s));
    m_title->setAccessibleDescription(folded ? tr("Folded") : tr("Open"));
    m_animation->stop();
    if (isVisible()) {
        animate(m_bodyLayout->sizeHint().height());
    } else {
        m_body->setMaximumHeight(QWIDGETSIZE_MAX);
        m_body->setVisible(!folded);
    }
    Q_EMIT foldedChanged(folded);
}

void InspectorSection::animate(int height) {
    m_animation->setStartValue(m_folded ? m_body->height() : 0);
    m_animation->setEndValue(m_folded ? 0 : height);
    m_body->setMaximumHeight(m_animation->startValue().toInt());
    m_body->show();
    m_animation->start();
}

bool InspectorSection::eventFilter(QObject* watched, QEvent* event) {
    if (watched != m_title || event->type() != QEvent::KeyPress) return QWidget::eventFilter(watched, event);
    switch (static_cast<QKeyEvent*>(event)->key()) {
        case Qt::Key_Left:
            setFolded(true);
            return true;
        case Qt::Key_Right:
            setFolded(false);
            return true;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            setFolded(!m_folded);
            return true;
        default:
            return false;
    }
}

}  // namespace vitrine
