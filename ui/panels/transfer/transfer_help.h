// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace vitrine {

/// Gives the panel, its sections and its controls their "What's this?".
void addTransferHelp(QWidget* panel);

}  // namespace vitrine
