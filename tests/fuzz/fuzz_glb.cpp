// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/mesh_check.h"
#include "core/render/mesh_import.h"
#include "tests/fuzz/fuzz.h"

using namespace vitrine;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input = fuzz::textOf(data, size);
    fuzz::MemorySource source({{"mesh.glb", input}});
    if (!checkMeshFile(fuzz::bytesOf(input), "mesh.glb")) return 0;
    const auto read = importMesh(source, "mesh.glb");
    fuzz::require(!read || read->materialOfTriangle.size() == read->triangles.size());
    return 0;
}
