// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace vitrine {

/// What this machine can do at best, measured; the CPU with the threads that networks may use.
struct MachineBound {
    double bytesPerSecond = 0;      ///< of memory: read and written by a copy of 256 MiB
    double fp32FlopsPerSecond = 0;  ///< of a matrix product in fp32
    double bf16FlopsPerSecond =
        0;  ///< the same in bf16 (on CUDA: fp16); 0 where the CPU does not multiply it natively
};

/// Takes about a second. Best of several runs, since a bound is what nothing exceeds.
MachineBound measureMachineBound();
/// The same of the first CUDA device and its own memory. Errors: throws c10::Error.
MachineBound measureCudaBound();

}  // namespace vitrine
