// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/render/chair_renderer.h"

namespace vitrine {

/// A named point of two pictures. Units: pixels of 128 x 128; (0, 0) is the centre of the top left pixel.
struct MatchedPoint {
    std::string name;
    float fromX = 0, fromY = 0, toX = 0, toY = 0;
    bool operator==(const MatchedPoint&) const = default;
};

enum class CorrespondenceDifficulty { Simple, Difficult };

/// Two chairs at one view, and where the same parts are in both.
struct CorrespondencePair {
    std::string from, to;  ///< ids
    ChairView view;
    CorrespondenceDifficulty difficulty = CorrespondenceDifficulty::Simple;
    float silhouetteIou = 0;  ///< intersection over union of the two masks
    std::vector<MatchedPoint> points;
    bool operator==(const CorrespondencePair&) const = default;
};

/// Pairs of catalogue chairs with points to measure matching methods by (resources/correspondence.json). The
/// points are marked on the 3-D models and projected; no method may see them.
struct CorrespondenceSet {
    static constexpr int kImageSize = 128;
    /// Silhouettes of an intersection over union of at least that make a pair simple.
    static constexpr float kSimpleIou = 0.55f;

    std::vector<CorrespondencePair> pairs;

    std::size_t numPoints() const;
    /// The bundled set.
    static Result<CorrespondenceSet> loadDefault();
    /// Errors: NotFound; BadFormat naming the pair and the field.
    static Result<CorrespondenceSet> load(const std::filesystem::path& file);
    /// Atomic. Errors: Io, NoSpace.
    Status save(const std::filesystem::path& file) const;
};

/// What the set is made from (resources/landmarks.json): which pairs at which views, and what the eye found
/// wrong with the landmarks.
struct CorrespondencePlan {
    struct Pair {
        std::string from, to;
        ChairView view;
    };
    struct Drop {
        std::string chair, landmark;
    };
    std::vector<Pair> pairs;
    std::vector<Drop> drops;

    /// Errors: NotFound; BadFormat naming the field.
    static Result<CorrespondencePlan> load(const std::filesystem::path& file);
};

/// Landmarks that both chairs of a pair have and show, projected. Errors: those of ChairModel::load, NotFound
/// (a chair).
Result<CorrespondenceSet> makeCorrespondenceSet(const CorrespondencePlan& plan);
/// One row a pair: both chairs enlarged, with the points marked by colour and number. Shapes: [H, W, 3].
/// Errors: as above.
Result<Image> correspondenceSheet(const CorrespondenceSet& set, int columns);

}  // namespace vitrine
