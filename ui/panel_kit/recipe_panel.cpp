// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panel_kit/recipe_panel.h"

#include "core/explore/recipe_file.h"
#include "ui/bridge/task_service.h"
#include "ui/shell/main_window.h"

namespace vitrine {

using namespace Qt::StringLiterals;

QString panelOfRecipe(const QString& file) {
    switch (recipeFormat(file.toStdString())) {
        case RecipeFormat::Completion:
            return u"completion"_s;
        case RecipeFormat::Correspondence:
            return u"correspondence"_s;
        case RecipeFormat::Segmentation:
            return u"segmentation"_s;
        case RecipeFormat::Unit:
            return u"units"_s;
        case RecipeFormat::None:
        case RecipeFormat::Other:
            break;
    }
    return {};
}

void openByRecipe(MainWindow& window) {
    auto* tasks = new TaskService(&window);
    window.setFileOwnerReader([tasks](const QString& file, const auto& done) {
        tasks->run([file](std::stop_token) { return panelOfRecipe(file); }, done);
    });
}

}  // namespace vitrine
