// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/cheat_sheet.h"

#include <QGridLayout>
#include <QKeyEvent>
#include <QLabel>

#include "ui/shell/command_list.h"
#include "ui/shell/theme.h"

using namespace Qt::StringLiterals;

namespace vitrine {
namespace {

constexpr int kRowsOfAColumn = 16;

QLabel* label(const QString& text, const QString& role, TextRole font) {
    auto* made = new QLabel(text);
    made->setProperty("role", role);
    made->setFont(Theme::font(font));
    return made;
}

/// The lines with a key: those of the panel in front, then those that work everywhere.
std::vector<CommandLine> linesWithKeys(const ActionRegistry& actions) {
    std::vector<CommandLine> ofPanel, ofAll;
    for (CommandLine& line : commandLines(actions)) {
        if (line.keys.isEmpty() || !line.isHere) continue;
        (line.place.isEmpty() ? ofAll : ofPanel).push_back(std::move(line));
    }
    ofPanel.insert(ofPanel.end(), ofAll.begin(), ofAll.end());
    return ofPanel;
}

}  // namespace

CheatSheet::CheatSheet(const ActionRegistry& actions, QWidget* window) : QFrame(window), m_actions(actions) {
    setObjectName(u"cheatSheet"_s);
    setAccessibleName(tr("Keys"));
    setProperty("overlay", true);
    setFocusPolicy(Qt::StrongFocus);
    m_columns = new QHBoxLayout(this);
    const int gap = measure::kStageGap;
    m_columns->setContentsMargins(gap, gap, gap, gap);
    m_columns->setSpacing(2 * gap);
    window->installEventFilter(this);
    hide();
}

void CheatSheet::open() {
    fill();
    show();
    place();
    raise();
    setFocus(Qt::ShortcutFocusReason);
}

void CheatSheet::fill() {
    while (QLayoutItem* item = m_columns->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    QGridLayout* grid = nullptr;
    int row = kRowsOfAColumn;
    QString place = u"-"_s;
    const auto nextRow = [&](int wanted) {
        if (row + wanted > kRowsOfAColumn) {
            auto* column = new QWidget(this);
            grid = new QGridLayout(column);
            grid->setContentsMargins(0, 0, 0, 0);
            grid->setHorizontalSpacing(measure::kGroupGap);
            grid->setVerticalSpacing(measure::kGap);
            grid->setRowStretch(kRowsOfAColumn + 1, 1);
            grid->setColumnStretch(1, 1);
            m_columns->addWidget(column);
            row = 0;
        }
        return row++;
    };
    for (const CommandLine& line : linesWithKeys(m_actions)) {
        if (line.place != place) {
            place = line.place;
            const int top = nextRow(3);  // not the last row of a column
            grid->addWidget(
                label(place.isEmpty() ? tr("Everywhere") : place, u"title"_s, TextRole::Title), top, 0, 1, 2);
        }
        const int at = nextRow(1);
        grid->addWidget(label(line.keys, u"body"_s, TextRole::Body), at, 0);
        grid->addWidget(label(line.text, u"muted"_s, TextRole::Body), at, 1);
    }
}

void CheatSheet::place() {
    adjustSize();
    const QSize window = parentWidget()->size();
    move((window.width() - width()) / 2, (window.height() - height()) / 2);
}

// The key that opened it closes it, too.
bool CheatSheet::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride) event->accept();
    return QFrame::event(event);
}

bool CheatSheet::eventFilter(QObject* watched, QEvent* event) {
    if (watched == parent() && event->type() == QEvent::Resize && isVisible()) place();
    return false;
}

void CheatSheet::keyPressEvent(QKeyEvent* event) {
    const int key = event->key();
    if (key != Qt::Key_Shift && key != Qt::Key_Control && key != Qt::Key_Alt) hide();
}

void CheatSheet::mousePressEvent(QMouseEvent*) {
    hide();
}

}  // namespace vitrine
