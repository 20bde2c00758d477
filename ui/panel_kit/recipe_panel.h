// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace vitrine {

/// The id of the panel that a file belongs to because it was exported there; empty where any panel may take
/// it. Reads the file's recipe. Thread: any but the GUI's.
QString panelOfRecipe(const QString& file);

}  // namespace vitrine
