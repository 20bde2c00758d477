// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/image.h"
#include "core/base/result.h"
#include "core/recipe/chair_request.h"
#include "core/recipe/compose.h"

namespace vitrine {

/// One style of a recipe. The id says which chair is meant; the index is used where no id is known.
struct RecipeStyle {
    std::string id;
    int index = -1;
    float weight = 1;
    bool operator==(const RecipeStyle&) const = default;
};
using RecipeMix = std::vector<RecipeStyle>;

/// One value of a request that is run through `values`. `parameter` is one of axisParameters().
struct RecipeAxis {
    std::string parameter;
    std::vector<double> values;
    bool operator==(const RecipeAxis&) const = default;
};

/// "style" (u: A to B), "style2" (v: A-B to C-D), "chair" (values are class indices), "azimuth", "elevation"
/// (degrees), and the keys of thetaRanges() (in theta's own units).
std::span<const std::string_view> axisParameters();

enum class RecipeKind { Picture, Grid, Morph };

/// Everything that makes a picture, a grid or a sequence of frames again. Kept as JSON in the PNG's text
/// chunk.
struct ChairRecipe {
    RecipeKind kind = RecipeKind::Picture;
    std::string model;  ///< name of the network, for the reader
    std::int64_t modelStep = 0;
    std::string weightsHash;  ///< SHA-256 of the weight file, to tell whether a replay uses the same; empty
                              ///< in old recipes
    std::vector<RecipeMix> corners;  ///< 1, 2 (A, B) or 4 (A, B, C, D) mixes
    double u = 0;                    ///< place between the corners, see mixAt()
    double v = 0;
    ChairView view;
    Theta theta;
    std::vector<UnitBoost> boosts;
    BackgroundKind background = BackgroundKind::White;
    std::string backgroundFile;  ///< of BackgroundKind::Picture
    PictureChannel channel = PictureChannel::Composite;
    RecipeAxis columns;        ///< of a grid: left to right
    RecipeAxis rows;           ///< of a grid: top to bottom
    RecipeAxis frames;         ///< of a morph, or of any animated value
    int framesPerSecond = 16;  ///< of a morph
    std::string pictureHash;   ///< pictureHash() of the pixels, to tell whether a replay is the same
    int labelsLeft = 0;        ///< pixels of labels before a sheet's pictures, at its left and its top
    int labelsTop = 0;
    std::string panel;  ///< state of the window's panel, JSON, kept verbatim; empty from the command line
    bool operator==(const ChairRecipe&) const = default;
};

inline constexpr char kChairRecipeFormat[] = "vitrine-chair";

/// One object; numbers in the C locale.
std::string recipeToJson(const ChairRecipe& recipe);
/// Errors: BadFormat (not JSON, not ours, newer version, a field of the wrong kind, more than 16384
/// pictures), naming the field.
Result<ChairRecipe> recipeFromJson(const std::string& text);

/// The forward passes it takes: one; rows x columns, row by row; or one a frame.
/// `styleIds`: of the network, by class index. Errors: NotFound (a style that the network lacks),
/// InvalidArgument.
Result<std::vector<ChairRequest>> requestsOf(const ChairRecipe& recipe,
                                             std::span<const std::string> styleIds);
/// The recipe of a single request. `styleIds` as above.
ChairRecipe recipeOf(const ChairRequest& request, std::span<const std::string> styleIds);

/// The background that the recipe names. Errors: those of readImage.
Result<Background> backgroundOf(const ChairRecipe& recipe);
/// Pictures as they are shown: channel and background applied. Shapes: [H, W, 3], or 4 when transparent.
std::vector<Image> finishPictures(const ChairRecipe& recipe,
                                  const Background& background,
                                  std::span<const ChairPicture> pictures);
/// Pictures side by side, row by row, `gap` pixels of white (transparent with 4 channels) between them. All
/// of one size.
Image contactSheet(std::span<const Image> cells, int numColumns, int gap = 2);
/// 16 hexadecimal digits that depend on size and every byte.
std::string pictureHash(const Image& image);

}  // namespace vitrine
