// SPDX-License-Identifier: GPL-3.0-or-later
// The only source that is compiled with OpenMP.
#include "core/nets/thread_team.h"

#include <omp.h>

namespace vitrine {

int realTeamSize(int wanted) {
    omp_set_dynamic(0);
    int size = 1;
#pragma omp parallel num_threads(wanted)
#pragma omp single
    size = omp_get_num_threads();
    return size;
}

}  // namespace vitrine
