// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/hue.h"
#include "core/base/random.h"
#include "core/render/part_labels.h"
#include "core/render/scans.h"

namespace vitrine {
namespace {

/// Draws the materials of one scan.
class ScanPalette {
public:
    explicit ScanPalette(std::uint64_t number) : m_random({0x5CA11, number}) {}

    /// By ChairPart; the background has one too, which no triangle uses.
    std::vector<MeshMaterial> materialsByPart() {
        const double style = m_random.uniform();
        const MeshMaterial frame = style < 0.45 ? wood() : style < 0.7 ? metal() : paint();
        const MeshMaterial seat = m_random.uniform() < 0.6   ? cloth()
                                  : m_random.uniform() < 0.5 ? plastic()
                                                             : frame;
        const MeshMaterial back = m_random.uniform() < 0.75 ? seat : frame;
        const MeshMaterial arms = m_random.uniform() < 0.6 ? frame : seat;
        return {frame, seat, back, arms, frame};
    }

private:
    float between(double low, double high) { return float(m_random.uniform(low, high)); }
    MeshMaterial of(Vector3 colour, float gloss) {
        MeshMaterial material;
        material.colour = colour;
        material.gloss = gloss;
        return material;
    }
    MeshMaterial wood() {
        return of(fromHue(between(0.04, 0.11), between(0.3, 0.7), between(0.25, 0.85)), 0);
    }
    MeshMaterial metal() { return of(fromHue(0, 0, between(0.3, 0.85)), 0.6f); }
    MeshMaterial paint() {
        const bool isBlackOrWhite = m_random.uniform() < 0.6;
        return isBlackOrWhite
                   ? of(fromHue(0, 0, m_random.uniform() < 0.6 ? between(0.03, 0.15) : 0.93f), 0.2f)
                   : of(fromHue(between(0, 1), between(0.2, 0.9), between(0.3, 0.9)), 0.2f);
    }
    MeshMaterial plastic() { return of(fromHue(between(0, 1), between(0.3, 0.9), between(0.4, 0.95)), 0.4f); }
    MeshMaterial cloth() {
        const bool isMuted = m_random.uniform() < 0.5;
        return of(isMuted ? fromHue(0.08f, between(0, 0.3), between(0.12, 0.95))
                          : fromHue(between(0, 1), between(0.2, 0.9), between(0.15, 0.9)),
                  0);
    }

    Rng m_random;
};

}  // namespace

void colourScan(Mesh& mesh, std::uint64_t number) {
    const PartLabels parts(mesh, std::nullopt);
    mesh.textures.clear();
    mesh.materials = ScanPalette(number).materialsByPart();
    mesh.materialOfTriangle.resize(mesh.triangles.size());
    for (std::size_t i = 0; i < mesh.triangles.size(); ++i) {
        const auto& [a, b, c] = mesh.triangles[i];
        const Vector3 middle = (mesh.positions[a] + mesh.positions[b] + mesh.positions[c]) * (1.f / 3);
        mesh.materialOfTriangle[i] = std::uint16_t(parts.label(middle));
    }
}

}  // namespace vitrine
