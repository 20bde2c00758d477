// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/data/split.h"

namespace vitrine {

/// One real chair: where its model is and what may be done with it.
struct ChairEntry {
    std::string id;  ///< stable, lower case with dashes, e.g. "windsor-chair"
    int index = 0;   ///< class index = position of the one-hot; stable
    std::string name;
    std::string type;  ///< "chair", "armchair", "stool", "bench", "sofa", "lounger"
    std::string creator;
    std::string licence;          ///< e.g. "CC0-1.0", "CC-BY-3.0"
    std::string archive;          ///< .sh3f file, name or absolute path; empty for a bare mesh file
    std::string model;            ///< path inside the archive, or the absolute path of a mesh
    std::vector<float> rotation;  ///< row-major 3x3 model rotation; empty = identity
    float turnDeg = 0;  ///< extra turn about the vertical so that the front faces the viewer at azimuth 0
    Split split = Split::Train;
    std::optional<float>
        seatHeight;  ///< top of the seat as a fraction of the height, where the rule for parts needs it
};

/// The curated list of chairs (resources/chairs.json) plus chairs that the user added.
class ChairCatalogue {
public:
    /// Errors: NotFound, BadFormat naming the entry and the field.
    static Result<ChairCatalogue> load(const std::filesystem::path& file);
    /// The bundled catalogue, and the user's own chairs after it.
    static Result<ChairCatalogue> loadDefault();

    const std::vector<ChairEntry>& entries() const { return m_entries; }
    /// Takes an id or a class index. Errors: NotFound with the nearest ids.
    Result<const ChairEntry*> find(std::string_view idOrIndex) const;
    int numInBox() const { return m_numInBox; }

private:
    std::vector<ChairEntry> m_entries;
    int m_numInBox = 0;
};

}  // namespace vitrine
