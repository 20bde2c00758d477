// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panel_kit/recipe_panel.h"

#include "core/recipe/recipe_file.h"
#include "ui/bridge/task_service.h"
#include "ui/shell/main_window.h"
#include "ui/shell/panel.h"

namespace vitrine {

using namespace Qt::StringLiterals;

RecipeOwners recipeOwners(const QList<Panel*>& panels) {
    RecipeOwners owners;
    for (const Panel* panel : panels)
        if (!panel->info().recipeFormat.isEmpty())
            owners.insert(panel->info().recipeFormat, panel->info().id);
    return owners;
}

QString panelOfRecipe(const QString& file, const RecipeOwners& owners) {
    const QString format = QString::fromStdString(recipeFormat(file.toStdString()));
    // A picture of a chair may be any panel's; a style in a file of its own is for Chairs.
    if (format == "vitrine-chair"_L1 && file.endsWith(".json"_L1)) return u"chairs"_s;
    return owners.value(format);
}

void openByRecipe(MainWindow& window) {
    auto* tasks = new TaskService(&window);
    window.setFileOwnerReader(
        [tasks, owners = recipeOwners(window.panels())](const QString& file, const auto& done) {
            tasks->run([file, owners](std::stop_token) { return panelOfRecipe(file, owners); }, done);
        });
}

}  // namespace vitrine
