// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/command_list.h"

#include "ui/shell/action_registry.h"

namespace vitrine {

std::vector<CommandLine> commandLines(const ActionRegistry& actions) {
    std::vector<CommandLine> lines;
    for (const QString& id : actions.ids()) {
        const Command& command = *actions.command(id);
        const QAction& action = *actions.action(id);
        CommandLine line{id, plainText(action.text()), {}, {}, true, action.isEnabled()};
        if (!command.context.isEmpty()) {
            line.place = command.menu.isEmpty() ? command.context : command.menu;
            line.isHere = command.context == actions.context();
        }
        line.keys = QKeySequence::listToString(action.shortcuts(), QKeySequence::NativeText);
        lines.push_back(line);
    }
    return lines;
}

int matchScore(const QString& text, const QString& letters) {
    constexpr int kInARow = 4, kWordStart = 3;
    int score = 0;
    qsizetype from = 0, last = -2;
    for (const QChar letter : letters) {
        if (letter.isSpace()) continue;
        const qsizetype at = text.indexOf(letter, from, Qt::CaseInsensitive);
        if (at < 0) return -1;
        score += 1 + (at == last + 1 ? kInARow : 0) + (at == 0 || text[at - 1].isSpace() ? kWordStart : 0);
        last = at;
        from = at + 1;
    }
    return score;
}

}  // namespace vitrine
