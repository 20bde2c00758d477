// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace vitrine {

/// How many threads an OpenMP team of the calling thread really has when `wanted` are asked for: limits such
/// as OMP_THREAD_LIMIT make it smaller. From here on all teams of this thread that ask for as many have that
/// size; OMP_DYNAMIC no longer applies to it.
int realTeamSize(int wanted);

}  // namespace vitrine
