// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace vitrine {

/// From now on a display that cannot be reached, or a platform plug-in that is missing, ends the program with
/// a sentence on standard error and exit code 1. Qt itself would abort. Thread: main, before QApplication.
void explainPlatformFailures();
/// QApplication is there: messages go where they went before.
void platformIsThere();

}  // namespace vitrine
