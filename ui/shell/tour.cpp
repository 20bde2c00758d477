// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/tour.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPainterPath>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/shell/theme.h"

using namespace Qt::StringLiterals;

namespace vitrine {
namespace {

constexpr int kCardWidth = 340;
constexpr int kDim = 150;  // of 255

QPushButton* button(const QString& id, const QString& text, QWidget* parent) {
    auto* made = new QPushButton(text, parent);
    made->setObjectName(u"tour."_s + id);
    made->setAccessibleName(text);
    made->setFocusPolicy(Qt::NoFocus);  // the keys are the tour's
    return made;
}

}  // namespace

Tour::Tour(std::vector<TourStep> steps, QWidget* window) : QWidget(window), m_steps(std::move(steps)) {
    setObjectName(u"tour"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setFocusPolicy(Qt::StrongFocus);
    buildCard();
    window->installEventFilter(this);
    QWidget::show();
    raise();
    show(0);
}

void Tour::buildCard() {
    m_card = new QFrame(this);
    m_card->setProperty("overlay", true);
    m_card->setFixedWidth(kCardWidth);
    m_title = new QLabel(m_card);
    m_title->setFont(Theme::font(TextRole::Title));
    m_text = new QLabel(m_card);
    m_text->setWordWrap(true);
    m_count = new QLabel(m_card);
    m_count->setProperty("role", u"caption"_s);
    QPushButton* skip = button(u"skip"_s, tr("Skip"), m_card);
    skip->setFlat(true);
    m_back = button(u"back"_s, tr("Back"), m_card);
    m_next = button(u"next"_s, tr("Next"), m_card);
    m_next->setProperty("primary", true);
    auto* row = new QHBoxLayout;
    row->setSpacing(measure::kGap);
    row->addWidget(m_count);
    row->addStretch(1);
    for (QPushButton* each : {skip, m_back, m_next}) row->addWidget(each);
    auto* column = new QVBoxLayout(m_card);
    column->setContentsMargins(
        measure::kGroupGap, measure::kGroupGap, measure::kGroupGap, measure::kGroupGap);
    column->setSpacing(measure::kGap);
    column->addWidget(m_title);
    column->addWidget(m_text);
    column->addSpacing(measure::kGap);
    column->addLayout(row);
    connect(skip, &QPushButton::clicked, this, &Tour::end);
    connect(m_back, &QPushButton::clicked, this, [this] { show(m_step - 1); });
    connect(m_next, &QPushButton::clicked, this, [this] { show(m_step + 1); });
}

void Tour::show(int step) {
    if (step >= int(m_steps.size())) return end();
    m_step = std::max(step, 0);
    const TourStep& now = m_steps[std::size_t(m_step)];
    m_title->setText(now.title);
    m_text->setText(now.text);
    m_count->setText(tr("%1 of %2").arg(m_step + 1).arg(m_steps.size()));
    m_back->setEnabled(m_step > 0);
    m_next->setText(m_step + 1 == int(m_steps.size()) ? tr("Done") : tr("Next"));
    m_next->setAccessibleName(m_next->text());
    setAccessibleName(now.title);
    setAccessibleDescription(now.text);
    setFocus();
    place();
    update();
}

QRect Tour::bright() const {
    const QWidget* target = m_steps[std::size_t(m_step)].target;
    if (!target || !target->isVisible()) return {};
    return QRect(target->mapTo(parentWidget(), QPoint()), target->size());
}

/// The card beside what is bright: where there is most room, inside the window.
void Tour::place() {
    resize(parentWidget()->size());
    m_card->setFixedHeight(m_card->layout()->totalHeightForWidth(kCardWidth));
    const QRect hole = bright();
    const int gap = measure::kStageGap, w = m_card->width(), h = m_card->height();
    QPoint at((width() - w) / 2, (height() - h) / 2);
    if (hole.isValid()) {
        const int left = hole.left(), right = width() - hole.right(), above = hole.top();
        if (std::max(left, right) >= w + 2 * gap) {
            at.setX(right >= left ? hole.right() + gap : left - w - gap);
            at.setY(hole.center().y() - h / 2);
        } else if (above >= h + 2 * gap) {
            at.setY(above - h - gap);
        }
    }
    m_card->move(std::clamp(at.x(), gap, std::max(gap, width() - w - gap)),
                 std::clamp(at.y(), gap, std::max(gap, height() - h - gap)));
}

void Tour::end() {
    Q_EMIT finished();
    close();
}

void Tour::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath dimmed;
    dimmed.addRect(rect());
    const QRect hole = bright();
    QPainterPath inside;
    if (hole.isValid()) inside.addRoundedRect(hole, measure::kRadius, measure::kRadius);
    painter.fillPath(dimmed.subtracted(inside), QColor(0, 0, 0, kDim));
    if (!hole.isValid()) return;
    painter.setPen(QPen(Theme::current().accent, 2));
    painter.drawPath(inside);
}

void Tour::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
        case Qt::Key_Escape:
            return end();
        case Qt::Key_Right:
        case Qt::Key_Return:
        case Qt::Key_Enter:
        case Qt::Key_Space:
            return show(m_step + 1);
        case Qt::Key_Left:
            return show(m_step - 1);
        default:
            break;  // none is for what lies below
    }
}

// No command runs below the tour.
bool Tour::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride) event->accept();
    return QWidget::event(event);
}

bool Tour::focusNextPrevChild(bool) {
    return true;
}

bool Tour::eventFilter(QObject* watched, QEvent* event) {
    if (watched == parent() && event->type() == QEvent::Resize) place();
    return false;
}

}  // namespace vitrine
