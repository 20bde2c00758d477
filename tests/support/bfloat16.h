// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace vitrine::test {

/// Whether packed layers can compute in bf16 here: natively, or slowly by oneDNN's emulation.
inline bool cpuComputesBFloat16() {
#if defined(__x86_64__)
    return __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
           __builtin_cpu_supports("avx512dq");
#else
    return false;
#endif
}

}  // namespace vitrine::test
