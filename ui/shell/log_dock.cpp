// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/log_dock.h"

#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QToolButton>

#include "ui/shell/theme.h"

using namespace Qt::StringLiterals;

namespace vitrine {
namespace {

QString levelWord(LogLevel level) {
    switch (level) {
        case LogLevel::Debug:
            return u"debug"_s;
        case LogLevel::Info:
            return u"info"_s;
        case LogLevel::Warning:
            return u"warning"_s;
        case LogLevel::Error:
            return u"error"_s;
    }
    return {};
}

QColor levelColor(LogLevel level) {
    const ThemeTokens& tokens = Theme::current();
    switch (level) {
        case LogLevel::Warning:
            return tokens.warning;
        case LogLevel::Error:
            return tokens.bad;
        default:
            return tokens.muted;
    }
}

}  // namespace

LogDock::LogDock(QWidget* parent) : QDockWidget(tr("Log"), parent) {
    setObjectName(u"log"_s);
    setAllowedAreas(Qt::BottomDockWidgetArea | Qt::RightDockWidgetArea);
    buildLayout();
    connect(&Theme::instance(), &Theme::changed, this, &LogDock::showAll);
    setLogListener([this](LogLevel level, const std::string& message) {
        QMetaObject::invokeMethod(
            this,
            [this, level, text = QString::fromStdString(message)] { append(level, text); },
            Qt::QueuedConnection);
    });
}

LogDock::~LogDock() {
    setLogListener({});
}

void LogDock::buildLayout() {
    setTitleBarWidget(buildTitle());
    m_view = new QPlainTextEdit(this);
    m_view->setObjectName(u"log.lines"_s);
    m_view->setAccessibleName(tr("Log lines"));
    m_view->setReadOnly(true);
    m_view->setMaximumBlockCount(int(kMaxLines));
    m_view->setFont(Theme::font(TextRole::Caption));
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setProperty("surface", true);
    m_view->document()->setDocumentMargin(measure::kGap);
    m_view->setMinimumHeight(72);
    setWidget(m_view);
}

QWidget* LogDock::buildTitle() {
    auto* title = new QWidget(this);
    title->setProperty("surface", true);
    title->setAttribute(Qt::WA_StyledBackground);
    m_level = new QComboBox(title);
    m_level->setObjectName(u"log.level"_s);
    m_level->setAccessibleName(tr("Minimum level"));
    m_level->addItem(tr("Everything"), int(LogLevel::Debug));
    m_level->addItem(tr("Information"), int(LogLevel::Info));
    m_level->addItem(tr("Warnings"), int(LogLevel::Warning));
    m_level->addItem(tr("Errors"), int(LogLevel::Error));
    m_level->setCurrentIndex(1);
    connect(m_level, &QComboBox::currentIndexChanged, this, &LogDock::showAll);

    const auto button = [this, title](
                            const QString& name, const QString& icon, const QString& tip, auto slot) {
        auto* made = new QToolButton(title);
        made->setObjectName(name);
        made->setIcon(Theme::icon(icon));
        made->setIconSize({16, 16});
        made->setFixedSize(26, 26);
        made->setToolTip(tip);
        made->setAccessibleName(tip);
        made->setFocusPolicy(Qt::StrongFocus);
        connect(made, &QToolButton::clicked, this, slot);
        return made;
    };
    auto* row = new QHBoxLayout(title);
    row->setContentsMargins(measure::kGroupGap, 4, measure::kGap, 4);
    row->setSpacing(measure::kGap);
    auto* word = new QLabel(tr("Log"), title);
    row->addWidget(word);
    row->addStretch(1);
    row->addWidget(m_level);
    row->addWidget(button(u"log.copy"_s, u"copy"_s, tr("Copy the log"), &LogDock::copyAll));
    row->addWidget(button(u"log.clear"_s, u"trash"_s, tr("Clear the log"), &LogDock::clear));
    row->addWidget(button(u"log.close"_s, u"close"_s, tr("Close the log"), &QDockWidget::close));
    return title;
}

void LogDock::append(LogLevel level, const QString& text) {
    m_lines.push_back({QDateTime::currentDateTime(), level, text});
    if (m_lines.size() > kMaxLines) m_lines.pop_front();
    showLine(m_lines.back());
}

bool LogDock::isShown(const Line& line) const {
    return int(line.level) >= m_level->currentData().toInt();
}

void LogDock::showLine(const Line& line) {
    if (!isShown(line)) return;
    const QString html = u"<span style=\"color:%1\">%2 %3</span> %4"_s.arg(levelColor(line.level).name(),
                                                                           line.when.toString(u"HH:mm:ss"_s),
                                                                           levelWord(line.level),
                                                                           line.text.toHtmlEscaped());
    m_view->appendHtml(html);
}

void LogDock::showAll() {
    m_view->clear();
    for (const Line& line : m_lines) showLine(line);
}

QString LogDock::text() const {
    return m_view->toPlainText();
}
void LogDock::copyAll() {
    QGuiApplication::clipboard()->setText(text());
}

void LogDock::clear() {
    m_lines.clear();
    m_view->clear();
}

}  // namespace vitrine
