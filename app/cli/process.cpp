// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/process.h"

#include <malloc.h>
#include <sched.h>
#include <unistd.h>

#include <fstream>
#include <limits>

#include "core/base/log.h"

namespace vitrine {

void runInBackground() {
    const sched_param priority = {};
    if (sched_setscheduler(0, SCHED_IDLE, &priority) != 0 && nice(19) == -1)
        logWarning("The training could not be put in the background; the window may be less smooth.");
    // With automatic grouping the kernel weighs sessions first and classes only within them.
    if (getsid(0) == getpid()) std::ofstream("/proc/self/autogroup") << 19;
}

void keepFreedMemory() {
    mallopt(M_MMAP_MAX, 0);
    mallopt(M_TRIM_THRESHOLD, std::numeric_limits<int>::max());
    mallopt(M_TOP_PAD, 256 << 20);
}

}  // namespace vitrine
