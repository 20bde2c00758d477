// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <filesystem>
#include <fstream>
#include <string>

#include "core/data/chair_catalogue.h"

namespace vitrine::test {

/// Writes a stool of five boxes as an OBJ file; `width` tells one toy from another.
inline void writeToyChair(const std::filesystem::path& file, double width) {
    std::ofstream obj(file);
    int numVertices = 0;
    const auto addBox = [&](double x0, double y0, double z0, double x1, double y1, double z1) {
        for (const double x : {x0, x1})
            for (const double y : {y0, y1})
                for (const double z : {z0, z1}) obj << "v " << x << ' ' << y << ' ' << z << '\n';
        constexpr std::array<std::array<int, 4>, 6> kFaces = {
            {{1, 2, 4, 3}, {5, 7, 8, 6}, {1, 5, 6, 2}, {3, 4, 8, 7}, {1, 3, 7, 5}, {2, 6, 8, 4}}};
        for (const auto& face : kFaces) {
            obj << 'f';
            for (const int corner : face) obj << ' ' << corner + numVertices;
            obj << '\n';
        }
        numVertices += 8;
    };
    addBox(-width / 2, 0.45, -0.25, width / 2, 0.55, 0.25);
    for (const double x : {-width / 2, width / 2 - 0.08})
        for (const double z : {-0.25, 0.17}) addBox(x, 0, z, x + 0.08, 0.45, z + 0.08);
}

/// A catalogue entry of a toy chair in `folder`, whose mesh is written there.
inline ChairEntry makeToyChair(const std::filesystem::path& folder, int index) {
    ChairEntry entry;
    entry.id = "toy-" + std::to_string(index);
    entry.index = index;
    entry.name = "Toy " + std::to_string(index);
    entry.type = "stool";
    entry.creator = "Test";
    entry.licence = "CC0-1.0";
    const std::filesystem::path mesh = folder / (entry.id + ".obj");
    writeToyChair(mesh, 0.4 + 0.1 * index);
    entry.model = mesh.string();
    return entry;
}

}  // namespace vitrine::test
