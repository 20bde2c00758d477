// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/chair_renderer.h"
#include "core/data/mesh.h"

namespace vitrine {

/// Names the part of a chair that a point of its surface belongs to, by where it lies to the seat's plane.
class PartLabels {
public:
    PartLabels() = default;
    explicit PartLabels(const Mesh& mesh);

    /// `point` and `normal` in the chair's frame.
    ChairPart label(Vector3 point, Vector3 normal) const;

private:
    float m_seatHeight = 0;
    float m_seatThickness = 0.05f;
};

}  // namespace vitrine
