// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/base/image.h"
#include "core/base/result.h"
#include "core/base/sha256.h"
#include "core/data/chair_catalogue.h"
#include "core/io/atomic_file.h"

namespace vitrine {

/// What is known of one picture besides its pixels.
struct SceneInfo {
    int group = 0;  ///< index into the set's groups: chair model, species, person or picture
    Split split = Split::Train;
    bool operator==(const SceneInfo&) const = default;
};

/// What all pictures of a set have in common.
struct ScenesHeader {
    int size = 128;                       ///< pixels a side
    std::vector<std::string> classNames;  ///< by class index, at most 255
    std::vector<std::string> groups;      ///< names by group index
    std::string source;                   ///< where the pictures come from: text for data cards
    bool operator==(const ScenesHeader&) const = default;
};

/// Adds pictures to a packed set that is being written.
class SceneWriter {
public:
    SceneWriter(const ScenesHeader& header, const ByteSink& sink);
    /// Shapes: image [size, size, 3], labels [size, size, 1]. Errors: InvalidArgument (another size, a label
    /// that is neither a class nor 255, a group that the header does not name), Io, NoSpace.
    Status append(const Image& image, const LabelMap& labels, const SceneInfo& info);
    std::size_t count() const { return m_infos.size(); }

private:
    friend class PackedScenes;
    Status writeHeader();
    Status writeInfosAndHash();
    Status write(std::span<const std::byte> bytes);

    const ScenesHeader& m_header;
    const ByteSink& m_sink;
    Sha256 m_hash;
    std::vector<SceneInfo> m_infos;
};

/// Pictures with a class for each pixel, as one memory-mapped file: an epoch costs no decoding. Thread: any.
class PackedScenes {
public:
    /// Errors: NotFound, BadFormat (magic, sizes that do not add up, truncated).
    static Result<PackedScenes> open(const std::filesystem::path& file);
    /// Whether a file begins as a packed set of scenes does.
    static bool isOne(const std::filesystem::path& file);
    /// Writes a set of which `produce` appends the pictures one after the other; none is kept in memory.
    /// Atomic: when `produce` fails, its error is returned and `file` is left as it was. Errors:
    /// InvalidArgument (header), Io, NoSpace.
    static Status write(const std::filesystem::path& file,
                        const ScenesHeader& header,
                        const std::function<Status(SceneWriter&)>& produce);

    int size() const;  ///< pixels a side
    int numClasses() const;
    std::span<const std::string> classNames() const;  ///< by class index
    std::span<const std::string> groups() const;      ///< names by group index
    const std::string& source() const;
    std::size_t count() const;
    const SceneInfo& info(std::size_t i) const;
    const std::uint8_t* image(std::size_t i) const;  ///< [size, size, 3] sRGB
    const std::uint8_t* labels(
        std::size_t i) const;  ///< [size, size] class indices; 255 = unknown, to be ignored
    Image imageCopy(std::size_t i) const;
    LabelMap labelsCopy(std::size_t i) const;
    /// Indices of the pictures of one split, in the set's order.
    std::vector<std::size_t> indicesOf(Split split) const;
    /// SHA-256 of header, pixels, labels and infos; what a checkpoint stores to notice a changed set.
    std::string dataHash() const;
    /// Reads everything, compares it with the hash and looks for labels out of range. Errors: BadFormat.
    Status verify() const;

private:
    struct Mapping;
    std::shared_ptr<const Mapping> m_mapping;
};

/// The classes of our scenes of chairs: background, seat, back, arms, legs.
const std::vector<std::string>& chairPartClassNames();
/// background, chair.
const std::vector<std::string>& chairClassNames();
/// Makes two classes of five in place: whatever is no background is chair; 255 stays.
void mergeToChair(std::span<std::uint8_t> labels);

}  // namespace vitrine
