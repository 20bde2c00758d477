// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/base/image.h"
#include "core/base/result.h"
#include "core/data/chair_view.h"
#include "core/data/rendered_chairs.h"
#include "core/jobs/job.h"

namespace vitrine {

inline constexpr int kOffGrid = -1;

/// One picture of a packed set.
struct PackedView {
    int styleIndex = 0;  ///< class index
    ChairView view;
    int azimuthIndex = 0;  ///< on the grid; kOffGrid for other views and for training-only styles
    int elevationIndex = 0;
};

/// A data set of chair views as one memory-mapped file: an epoch costs no decoding. Premultiplied RGBA8.
class PackedChairs {
public:
    /// Errors: NotFound, BadFormat (magic, sizes that do not add up, truncated).
    static Result<PackedChairs> open(const std::filesystem::path& file);
    /// Packs a rendered_chairs tree. Atomic: a half-written file never carries the name.
    static Status pack(const std::filesystem::path& renderedChairs,
                       const std::filesystem::path& file,
                       int size = 128);
    /// The same with progress. Stops: between models; then `file` is left as it was.
    static Result<JobOutcome> pack(const RenderedChairs& chairs,
                                   const std::filesystem::path& file,
                                   int size,
                                   const JobContext& context,
                                   int numThreads = 0);

    int size() const;  ///< pixels a side
    std::span<const PackedView> views() const;
    std::span<const std::string> styleIds() const;                   ///< by class index
    const std::uint8_t* premultiplied(std::size_t viewIndex) const;  ///< [size, size, 4]
    /// SHA-256 of names, views and pixels; what a checkpoint stores to notice a changed set.
    std::string dataHash() const;
    /// Reads everything and compares it with the hash. Errors: BadFormat.
    Status verify() const;

private:
    struct Mapping;
    std::shared_ptr<const Mapping> m_mapping;
};

/// Held out from training: for every second chair (odd class index), azimuth index i with i mod 4 = 1, both
/// elevations.
bool isHeldOut(const PackedView& view);
inline bool isHeldOutAzimuth(int azimuthIndex) {
    return azimuthIndex % 4 == 1;
}

}  // namespace vitrine
