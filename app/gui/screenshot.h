// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "core/base/result.h"

namespace vitrine {

class MainWindow;

/// Shows the window, waits until its panel is settled and writes what is seen as a PNG. Thread: GUI, runs an
/// event loop. Errors: Busy when the panel isn't settled after a minute, Io.
Status writeScreenshot(MainWindow& window, const QString& path);

}  // namespace vitrine
