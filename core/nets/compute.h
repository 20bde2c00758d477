// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace vitrine {

/// Threads that networks may use, for the whole process; 0 = one a core. Before the first forward pass.
void setComputeThreads(int numThreads);
int computeThreads();
/// Version of LibTorch, e.g. "2.11.0".
std::string torchVersion();
/// What networks can run on here, e.g. "CPU (2 threads, bf16)", "CUDA 0".
std::vector<std::string> computeDevices();
/// Whether LibTorch's CUDA libraries are installed and a driver and a GPU answer. Loads them at the first call, which must come
/// before torch::manual_seed() and its like: LibTorch looks for CUDA once.
bool cudaIsAvailable();

}  // namespace vitrine
