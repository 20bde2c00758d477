// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/mesh_check.h"
#include "core/render/mesh_import.h"
#include "tests/fuzz/fuzz.h"

using namespace vitrine;

/// The mesh, and behind a zero byte its materials.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input = fuzz::textOf(data, size);
    const std::size_t end = std::min(input.find('\0'), input.size());
    const std::string_view mesh = input.substr(0, end), materials = input.substr(std::min(end + 1, size));
    fuzz::MemorySource source({{"mesh.obj", mesh}, {"mesh.mtl", materials}});
    if (!checkMeshFile(fuzz::bytesOf(mesh), "mesh.obj")) return 0;
    const auto read = importMesh(source, "mesh.obj");
    fuzz::require(!read || read->materialOfTriangle.size() == read->triangles.size());
    return 0;
}
