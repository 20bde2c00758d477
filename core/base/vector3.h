// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>

namespace vitrine {

/// A point, direction or colour.
struct Vector3 {
    float x = 0, y = 0, z = 0;

    friend Vector3 operator+(Vector3 a, Vector3 b) { return {a.x + b.x, a.y + b.y, a.z + b.z}; }
    friend Vector3 operator-(Vector3 a, Vector3 b) { return {a.x - b.x, a.y - b.y, a.z - b.z}; }
    friend Vector3 operator-(Vector3 a) { return {-a.x, -a.y, -a.z}; }
    friend Vector3 operator*(Vector3 a, float s) { return {a.x * s, a.y * s, a.z * s}; }
    friend Vector3 operator*(Vector3 a, Vector3 b) { return {a.x * b.x, a.y * b.y, a.z * b.z}; }
    Vector3& operator+=(Vector3 b) { return *this = *this + b; }
};

inline float dot(Vector3 a, Vector3 b) {
    return a.x * b.x + a.y * b.y + a.z * b.z;
}
inline Vector3 cross(Vector3 a, Vector3 b) {
    return {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}
inline float length(Vector3 a) {
    return std::sqrt(dot(a, a));
}
/// The zero vector stays zero.
inline Vector3 normalized(Vector3 a) {
    const float size = length(a);
    return size > 0 ? a * (1 / size) : a;
}

}  // namespace vitrine
