// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/image.h"
#include "core/base/result.h"
#include "core/data/chair_view.h"

namespace vitrine {

// A tree of chair views on disk, in the layout of the original archive (Source: papers.md B5):
//   rendered_chairs/<model id>/renders/image_IDX_pEEE_tAAA_rRRR.png
// The original: RGB, 600 x 600, on white, no masks. Ours: RGBA with straight alpha, and beside renders/
//   <model id>/parts/<same names>     grey PNG of ChairPart values
//   <model id>/chair.json             what the model was rendered from; written last
//   rendered_chairs/catalogue.json    size, samples, and the ids by class index

/// What the name of a view's file says.
struct ViewName {
    int index = 0;
    ChairView view;
    bool operator==(const ViewName&) const = default;
};

/// "image_011_p020_t127_r096.png"; angles are whole degrees there. Nothing if the name is of another kind.
std::optional<ViewName> parseViewName(std::string_view fileName);
std::string viewFileName(const ViewName& name);

/// The views of the grid in the order of the original archive: all azimuths at the first elevation, then at
/// the second.
std::vector<ViewName> trainedViewNames();

struct RenderedView {
    ViewName name;
    std::filesystem::path file;
};

struct RenderedModel {
    std::string id;      ///< name of the folder
    int styleIndex = 0;  ///< class index
    std::filesystem::path folder;
    std::vector<RenderedView> views;           ///< by index in the file name
    std::vector<std::string> unexpectedFiles;  ///< names in renders/ that are no views
};

/// What kind of selection to make of the original archive's 1393 models.
enum class ModelSelection { All, Reduced809 };

/// A tree of rendered chairs: what is there, without a picture decoded.
struct RenderedChairs {
    std::filesystem::path root;
    bool isOurs = false;          ///< carries catalogue.json; else sorted folder order gives the class index
    bool hasRandomViews = false;  ///< its views are those of trainingViewNames(), not of the grid alone
    std::vector<std::string> styleIds;  ///< by class index; those without renders have no entry in `models`
    std::vector<RenderedModel> models;  ///< by class index

    /// Takes the folder `rendered_chairs` or the one that holds it. Files beside the models' folders
    /// (all_chair_names.mat), hidden ones and half-made ones are skipped. Errors: NotFound; BadFormat (no
    /// model in it, damaged catalogue.json); InvalidArgument (809 of a tree that has not 1393).
    static Result<RenderedChairs> open(const std::filesystem::path& folder,
                                       ModelSelection selection = ModelSelection::All);
};

/// The 809 models that were kept of the 1393: positions from 0 in the alphabetical order of folders. Source:
/// papers.md B5.
Result<std::vector<int>> reducedSelection();

/// The views of one model as the networks see them: squares of `size` pixels, colour times alpha.
/// Pictures with alpha are resampled whole, they are framed already. Those without get a mask of their
/// non-white pixels, and all views of the model are cut by one square around everything that is seen in any
/// of them. Shapes: one [size, size, 4] per view of `model`. Errors: those of readImage; BadFormat (views of
/// different sizes).
Result<std::vector<Image>> loadPremultipliedViews(const RenderedModel& model, int size);

/// Straight alpha to colour times alpha and back. Shapes: [H, W, 4].
Image premultiply(const Image& straight);
Image unpremultiply(const Image& premultiplied);

/// A square region of a picture, area-averaged (or bilinear where it grows) to `size` x `size`; outside the
/// picture is empty. Shapes: [H, W, 4] premultiplied -> [size, size, 4]. Units: pixels of the source.
Image resampleSquare(const Image& premultiplied, double left, double top, double side, int size);

}  // namespace vitrine
