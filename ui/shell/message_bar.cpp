// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/message_bar.h"

#include <QClipboard>
#include <QCursor>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QTimer>
#include <QToolButton>
#include <algorithm>

#include "core/base/log.h"
#include "ui/shell/theme.h"

using namespace Qt::StringLiterals;

namespace vitrine {
namespace {

constexpr int kShownMs = 6000;
constexpr int kMaxWidth = 640;
constexpr int kMinRoom = 280;
constexpr int kStripe = 3;  ///< in the colour of the kind

QString iconOf(MessageKind kind) {
    switch (kind) {
        case MessageKind::Good:
            return u"good"_s;
        case MessageKind::Warning:
            return u"warning"_s;
        case MessageKind::Error:
            return u"error"_s;
        case MessageKind::Info:
        case MessageKind::Note:
            break;
    }
    return u"info"_s;
}

LogLevel levelOf(MessageKind kind) {
    if (kind == MessageKind::Error) return LogLevel::Error;
    return kind == MessageKind::Warning ? LogLevel::Warning : LogLevel::Info;
}

}  // namespace

MessageBar::MessageBar(QWidget* parent) : QWidget(parent) {
    buildLayout();
    m_timer = new QTimer(this);
    m_timer->setSingleShot(true);
    connect(m_timer, &QTimer::timeout, this, &MessageBar::dismiss);
    if (parent) parent->installEventFilter(this);
    hide();
}

void MessageBar::buildLayout() {
    setObjectName(u"messageBar"_s);
    m_icon = new QLabel(this);
    m_label = new QLabel(this);
    m_label->setObjectName(u"messageBar.text"_s);
    m_label->setTextFormat(Qt::PlainText);
    m_label->setWordWrap(true);
    m_label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_actionButton = makeActionButton(u"messageBar.action"_s, tr("Do what the message proposes"), m_action);
    m_otherButton = makeActionButton(
        u"messageBar.otherAction"_s, tr("Do the other thing that the message proposes"), m_otherAction);
    m_copyButton = new QPushButton(tr("Copy details"), this);
    m_copyButton->setObjectName(u"messageBar.copy"_s);
    m_copyButton->setAccessibleName(tr("Copy the message's details"));
    connect(m_copyButton, &QPushButton::clicked, this, &MessageBar::copyDetails);
    m_closeButton = new QToolButton(this);
    m_closeButton->setObjectName(u"messageBar.dismiss"_s);
    m_closeButton->setIcon(Theme::icon(u"close"_s));
    m_closeButton->setToolTip(tr("Dismiss (Esc)"));
    m_closeButton->setAccessibleName(tr("Dismiss the message"));
    m_closeButton->setFocusPolicy(Qt::StrongFocus);
    connect(m_closeButton, &QToolButton::clicked, this, &MessageBar::dismiss);

    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(measure::kGroupGap, measure::kGap, measure::kGap, measure::kGap);
    row->setSpacing(measure::kGap);
    row->addWidget(m_icon);
    row->addWidget(m_label, 1);
    row->addWidget(m_actionButton);
    row->addWidget(m_otherButton);
    row->addWidget(m_copyButton);
    row->addWidget(m_closeButton);
}

QPushButton* MessageBar::makeActionButton(const QString& id, const QString& name, MessageAction& action) {
    auto* button = new QPushButton(this);
    button->setObjectName(id);
    button->setAccessibleName(name);
    connect(button, &QPushButton::clicked, this, [this, &action] {
        const auto run = action.run;
        dismiss();
        if (run) run();
    });
    return button;
}

void MessageBar::showError(const Error& error, MessageAction action) {
    showMessage(MessageKind::Error,
                QString::fromStdString(error.message),
                QString::fromStdString(error.detail),
                std::move(action));
}

void MessageBar::showMessage(MessageKind kind,
                             const QString& text,
                             const QString& details,
                             MessageAction action,
                             MessageAction otherAction) {
    m_kind = kind;
    m_details = details;
    m_action = std::move(action);
    m_otherAction = std::move(otherAction);
    m_label->setText(text);
    m_icon->setPixmap(Theme::pixmap(iconOf(kind), kindColor(), measure::kIcon, devicePixelRatioF()));
    for (const auto& [button, proposed] :
         {std::pair(m_actionButton, &m_action), std::pair(m_otherButton, &m_otherAction)}) {
        button->setText(proposed->text);
        button->setVisible(bool(proposed->run));
    }
    m_copyButton->setVisible(kind == MessageKind::Error || kind == MessageKind::Warning ||
                             !details.isEmpty());
    setAccessibleName(text);
    placeInParent();
    show();
    raise();
    if (kind == MessageKind::Info || kind == MessageKind::Good) {
        m_timer->start(kShownMs);
    } else {
        m_timer->stop();
    }
    const QString line = details.isEmpty() ? text : u"%1 [%2]"_s.arg(text, details);
    log(levelOf(kind), line.toStdString());
    update();
}

QString MessageBar::text() const {
    return isHidden() ? QString() : m_label->text();
}

void MessageBar::dismiss() {
    m_timer->stop();
    hide();
}

/// As wide as its text on one line, where there is room.
int MessageBar::wantedWidth() const {
    const int rest = sizeHint().width() - m_label->sizeHint().width();
    return rest + m_label->fontMetrics().horizontalAdvance(m_label->text()) + measure::kGroupGap;
}

void MessageBar::setRoom(QWidget* room) {
    if (m_room) m_room->removeEventFilter(this);
    m_room = room;
    if (m_room) m_room->installEventFilter(this);
    placeInParent();
}

QRect MessageBar::cardIn(const QRect& room) const {
    const QRect area = room.marginsRemoved(QMargins() + measure::kGroupGap);
    const int width = std::min({wantedWidth(), area.width(), kMaxWidth});
    const int height = layout()->totalHeightForWidth(width);
    return {area.left(), area.bottom() + 1 - height, width, height};
}

void MessageBar::placeInParent() {
    if (!parentWidget()) return;
    layout()->activate();
    QRect room = parentWidget()->rect();
    if (m_room && m_room->isVisible() && m_room->width() >= kMinRoom) {
        const QRect part(m_room->mapTo(parentWidget(), QPoint()), m_room->size());
        if (part.contains(cardIn(part))) room = part;
    }
    QRect card = cardIn(room);
    if (isHidden() && card.contains(parentWidget()->mapFromGlobal(QCursor::pos())))
        card.moveTop(room.top() + measure::kGroupGap);
    setGeometry(card);
}

bool MessageBar::eventFilter(QObject* watched, QEvent* event) {
    const bool isRoom = watched == parentWidget() || watched == m_room;
    const bool moves = event->type() == QEvent::Resize || event->type() == QEvent::Move;
    if (isRoom && moves && !isHidden()) placeInParent();
    return QWidget::eventFilter(watched, event);
}

void MessageBar::copyDetails() {
    const QString text = m_details.isEmpty() ? m_label->text() : m_label->text() + u'\n' + m_details;
    QGuiApplication::clipboard()->setText(text);
    m_copyButton->setText(tr("Copied"));
    QTimer::singleShot(
        kShownMs / 4, m_copyButton, [button = m_copyButton] { button->setText(tr("Copy details")); });
}

QColor MessageBar::kindColor() const {
    const ThemeTokens& tokens = Theme::current();
    switch (m_kind) {
        case MessageKind::Good:
            return tokens.good;
        case MessageKind::Warning:
            return tokens.warning;
        case MessageKind::Error:
            return tokens.bad;
        case MessageKind::Info:
        case MessageKind::Note:
            break;
    }
    return tokens.muted;
}

void MessageBar::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) return dismiss();
    QWidget::keyPressEvent(event);
}

void MessageBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const ThemeTokens& tokens = Theme::current();
    painter.setPen(tokens.track);
    painter.setBrush(tokens.surface);
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
    painter.fillRect(0, 0, kStripe, height(), kindColor());
}

}  // namespace vitrine
