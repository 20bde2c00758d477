// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace vitrine {

/// Threads that networks may use, for the whole process; 0 = one a core. Before the first forward pass.
/// OpenMP's limits (OMP_THREAD_LIMIT) apply: fewer threads are used where they allow no more.
void setComputeThreads(int numThreads);
int computeThreads();
/// Makes oneDNN and OpenMP agree on the number of threads of the calling thread's teams. oneDNN divides the
/// work by the number that it asks for and leaves out what the missing threads of a smaller team would have
/// computed. Every network calls this before it computes; from the second call of a thread on it costs
/// nothing.
void settleThreadTeam();
/// Version of LibTorch, e.g. "2.11.0".
std::string torchVersion();
/// What networks can run on here, e.g. "CPU (2 threads, bf16)", "CUDA 0".
std::vector<std::string> computeDevices();
/// Whether LibTorch's CUDA libraries are installed and a driver and a GPU answer. Loads them at the first
/// call, which must come before torch::manual_seed() and its like: LibTorch looks for CUDA once.
bool cudaIsAvailable();

}  // namespace vitrine
