// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// Before a function that the CPU's path and a CUDA kernel share, so that both compute the same.
#ifdef __CUDACC__
#define VITRINE_HOST_DEVICE __host__ __device__
#else
#define VITRINE_HOST_DEVICE
#endif
