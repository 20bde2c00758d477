// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <filesystem>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/base/image.h"
#include "core/base/result.h"
#include "core/data/transfer_views.h"

namespace vitrine {

inline constexpr char kTransferRecipeFormat[] = "vitrine-transfer";

/// What a folder of networks on knowledge transfer says of itself.
struct TransferModelInfo {
    std::filesystem::path folder;
    std::string name;                  ///< architecture preset, e.g. "compact-64"
    std::string device;                ///< of the first network, e.g. "CPU, bf16"
    std::string weightsHash;           ///< one for the SHA-256 of all weight files
    int size = 0;                      ///< pixels a side
    std::vector<std::string> targets;  ///< ids, chairs of the catalogue first
    std::set<std::pair<TransferSetting, SourceViews>> networks;

    bool has(TransferSetting setting, SourceViews sources) const {
        return networks.contains({setting, sources});
    }
};

/// What the networks of one setting are asked.
struct TransferRequest {
    std::string target;
    TransferSetting setting = TransferSetting::Views4;
    ChairView view;
    bool operator==(const TransferRequest&) const = default;
};

/// What they answer. Shapes: [S, S, 4] premultiplied; empty where there is no such network.
struct TransferResult {
    std::array<Image, 3> pictures;  ///< by SourceViews
    const Image& of(SourceViews sources) const { return pictures[std::size_t(sources)]; }
};

inline constexpr int kTransferStripColumns = 9;
/// A row of the strip, from one given azimuth, 0, to the next, at 20 degrees.
std::vector<ChairView> transferStripViews(TransferSetting setting);

/// How the nearest source chair is found.
enum class TransferLikeness { Rgb, Hog };
std::vector<std::string> transferLikenessNames();

/// The readings of "without transfer".
enum class WithoutTransfer {
    Few,   ///< all chairs have the few views
    Alone  ///< the targets alone
};
std::vector<std::string> withoutTransferNames();
inline SourceViews sourcesOf(WithoutTransfer without) {
    return without == WithoutTransfer::Few ? SourceViews::Few : SourceViews::None;
}

/// A picture of the answer.
enum class TransferPart { Views, Strip };

/// Everything that makes a picture of the answer again. Kept as JSON in its text chunk.
struct TransferRecipe {
    std::string models;       ///< folder of the networks; empty: the bundled ones
    std::string weightsHash;  ///< as TransferModelInfo has it
    TransferRequest request;
    WithoutTransfer without = WithoutTransfer::Few;
    TransferLikeness likeness = TransferLikeness::Rgb;
    bool hasNearest = false;  ///< the picture shows the nearest source chair
    bool hasReal = false;     ///< the picture shows the real chair
    TransferPart part = TransferPart::Views;
    std::string panel;  ///< how the window's panel shows it, JSON, kept verbatim; empty from the command line
};

bool isTransferRecipe(const std::string& text);
std::string recipeToJson(const TransferRecipe& recipe);
/// Errors: BadFormat, naming the field.
Result<TransferRecipe> transferRecipeFromJson(const std::string& text);

/// The networks of the box: models/transfer.
std::filesystem::path bundledTransferModels();

/// What stands beside the networks' pictures. Shapes: [S, S, 4] premultiplied; empty: it is not there.
struct TransferNeighbours {
    Image nearest, real;
};
/// With transfer, without, nearest source chair and real chair, those that there are. Shapes: [H, W, 3].
Image transferSheet(const TransferResult& result, WithoutTransfer without, const TransferNeighbours& beside);
/// Rows of kTransferStripColumns as TransferSession::strip() gives them; what is missing is white. Shapes:
/// [H, W, 3].
Image transferStripSheet(const std::vector<Image>& strip);

}  // namespace vitrine
