// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <vector>

namespace vitrine {

class ActionRegistry;

/// A command as a list of commands shows it.
struct CommandLine {
    QString id, text;
    QString place;       ///< the menu of its panel; empty: it works everywhere
    QString keys;        ///< "Ctrl+Z, Ctrl+Y" as the desktop writes them
    bool isHere = true;  ///< it belongs to the panel in front or to all
    bool isEnabled = true;
};

/// All commands in the order in which they were added.
std::vector<CommandLine> commandLines(const ActionRegistry& actions);

/// How well letters, in this order, are found in a text: the more of them in a row or at the beginning of
/// words, the better. Negative: not all are there. Case does not count.
int matchScore(const QString& text, const QString& letters);

}  // namespace vitrine
