// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panel_kit/recipe_panel.h"

#include "core/recipe/recipe_file.h"
#include "ui/bridge/task_service.h"
#include "ui/shell/main_window.h"
#include "ui/shell/panel.h"

namespace vitrine {

using namespace Qt::StringLiterals;

namespace {

const QString kJson = u".json"_s;

}  // namespace

RecipeOwners recipeOwners(const QList<Panel*>& panels) {
    RecipeOwners owners;
    for (const Panel* panel : panels) {
        const PanelInfo& info = panel->info();
        if (!info.recipeFormat.isEmpty()) owners.insert(info.recipeFormat, info.id);
        if (!info.jsonFormat.isEmpty()) owners.insert(info.jsonFormat + kJson, info.id);
    }
    return owners;
}

QString panelOfRecipe(const QString& file, const RecipeOwners& owners) {
    const QString format = QString::fromStdString(recipeFormat(file.toStdString()));
    const QString owner = owners.value(format);
    return file.endsWith(kJson) ? owners.value(format + kJson, owner) : owner;
}

void openByRecipe(MainWindow& window) {
    auto* tasks = new TaskService(&window);
    window.setFileOwnerReader(
        [tasks, owners = recipeOwners(window.panels())](const QString& file, const auto& done) {
            tasks->run([file, owners](std::stop_token) { return panelOfRecipe(file, owners); }, done);
        });
}

}  // namespace vitrine
