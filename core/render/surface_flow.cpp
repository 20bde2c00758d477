// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/surface_flow.h"

#include <cmath>

#include "core/render/chair_camera.h"

namespace vitrine {

bool isSeen(const ScalarMap& position, float x, float y, const float* point, float tolerance) {
    const int centreX = int(std::floor(x)), centreY = int(std::floor(y));
    for (int dy = 0; dy <= 1; ++dy)
        for (int dx = 0; dx <= 1; ++dx) {
            const int atX = centreX + dx, atY = centreY + dy;
            if (atX < 0 || atY < 0 || atX >= position.width || atY >= position.height) continue;
            const float* there = position.row(atY) + 3 * atX;  // NaN off the chair: no comparison holds
            if (std::hypot(there[0] - point[0], there[1] - point[1], there[2] - point[2]) < tolerance)
                return true;
        }
    return false;
}

SurfaceFlow surfaceFlow(const ChairRender& from, const ChairRender& to, const ChairView& toView) {
    const int size = from.position.width;
    const ChairCamera camera(toView);
    const float pixelWidth = 2 * ChairCamera::kHalfFrame * ChairCamera::kDistance / float(size);
    SurfaceFlow out{FlowField(size, size), LabelMap(size, size)};
    for (int y = 0; y < size; ++y)
        for (int x = 0; x < size; ++x) {
            const float* point = from.position.row(y) + 3 * x;
            if (std::isnan(point[0])) continue;
            const auto place = camera.pixelOf({point[0], point[1], point[2]}, size);
            out.flow.at(y, x, 0) = place[0] - float(x);
            out.flow.at(y, x, 1) = place[1] - float(y);
            out.visible.at(y, x) = isSeen(to.position, place[0], place[1], point, 1.5f * pixelWidth);
        }
    return out;
}

}  // namespace vitrine
