// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/render/mesh.h"

namespace vitrine {

/// Gives a mesh without normals its own: smooth across edges of less than 48 degrees, sharp across others.
/// Exporters often wind neighbouring faces in opposite senses; here a normal and its opposite count as one.
/// Every triangle gets three vertices of its own.
void computeNormals(Mesh& mesh);

}  // namespace vitrine
