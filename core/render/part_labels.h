// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include "core/render/chair_renderer.h"
#include "core/render/mesh.h"

namespace vitrine {

/// Names the part of a chair that a point of its surface belongs to, by where it lies to the seat's plane:
/// what is below the seat is legs; what is above it is back where the middle of the chair is upholstered or
/// barred at that height, and arms in front of that or beside it.
class PartLabels {
public:
    PartLabels() = default;
    /// `seatHeight`: of the seat's top as a fraction of the chair's height; found from the mesh if not given.
    PartLabels(const Mesh& mesh, std::optional<float> seatHeight);

    /// `point` in the chair's frame.
    ChairPart label(Vector3 point) const;

private:
    struct Samples;
    void findSeatTop(const Samples& samples);
    void findSeatBottom(const Samples& samples);
    void findSeatWidth(const Samples& samples);
    void findBack(const Samples& samples);
    void findArms(const Samples& samples);
    int levelOf(float y) const;
    bool isInFrontOfBack(Vector3 point) const;

    Vector3 m_low, m_high;
    float m_seatTop = 0;
    float m_seatBottom = 0;
    float m_seatHalfWidth = 0;
    bool m_hasArms = false;
    std::vector<float> m_backFront;  ///< the foremost z of the back, by level above the seat
};

}  // namespace vitrine
