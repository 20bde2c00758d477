// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <filesystem>
#include <vector>

#include "core/recipe/recipe.h"

namespace vitrine {

/// What stands at the axes of a sheet.
struct SheetAxes {
    QStringList columns, rows;
    QString columnTitle, rowTitle;
};

/// All that an export needs.
struct ExportPlan {
    ChairRecipe recipe;
    Background background;
    std::vector<ChairPicture> pictures;
    SheetAxes axes;
    int scale = 1;  ///< pixels for one of the network's, on each side
};

int numSheetColumns(const ChairRecipe& recipe);

// Thread of all: a worker's. Errors: Io, InvalidArgument.

/// Brings the pictures to the size they are written in.
void scalePictures(ExportPlan& plan);
Status writePicture(const std::filesystem::path& file, const ExportPlan& plan);
/// With its labels, as PDF or SVG where the name ends so. Only a PNG contains the recipe.
Status writeSheet(const std::filesystem::path& file, const ExportPlan& plan);
/// frame-0001.png, ...: each with the recipe of its own picture.
Status writeFrames(const std::filesystem::path& folder, const ExportPlan& plan);
Status writeGifFile(const std::filesystem::path& file, const ExportPlan& plan);
Status writeWebPFile(const std::filesystem::path& file, const ExportPlan& plan);

}  // namespace vitrine
