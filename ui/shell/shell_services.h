// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include "ui/shell/dialogs.h"

namespace vitrine {

class ActionRegistry;
class MessageBar;
class Settings;
class StatusBar;
class UndoHistory;

/// What the window lends to its panels. All of it outlives every panel; a test makes the parts it needs by
/// itself.
struct ShellServices {
    ActionRegistry& actions;
    UndoHistory& undo;
    Settings& settings;
    MessageBar& messages;
    StatusBar& status;
    Dialogs dialogs;
    /// Shows another panel and lets it open a file: "open in Chairs". Its message says what went wrong.
    std::function<void(const QString& panelId, const QString& path)> openInPanel = {};
};

}  // namespace vitrine
