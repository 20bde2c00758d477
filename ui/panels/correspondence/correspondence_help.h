// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace vitrine {

/// "What's this?" of everything in the panel.
void addCorrespondenceHelp(QWidget* panel);

}  // namespace vitrine
