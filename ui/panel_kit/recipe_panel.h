// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QList>
#include <QString>

namespace vitrine {

class MainWindow;
class Panel;

/// Ids of panels, by the format of the recipes that are theirs alone; with ".json" where only those in
/// files of their own are.
using RecipeOwners = QHash<QString, QString>;
RecipeOwners recipeOwners(const QList<Panel*>& panels);
/// The id of the panel that a file belongs to because it was exported there; empty where any panel may take
/// it. Reads the file's recipe. Thread: any but the GUI's.
QString panelOfRecipe(const QString& file, const RecipeOwners& owners);
/// From now on the window hands a file to the panel that exported it. Reads files off the GUI thread.
void openByRecipe(MainWindow& window);

}  // namespace vitrine
