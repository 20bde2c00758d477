// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nets/compute.h"

#include <ATen/Parallel.h>
#include <dlfcn.h>
#include <fmt/format.h>
#include <torch/torch.h>
#include <torch/version.h>

#include <thread>

#include "core/nets/fast_chair_generator.h"
#include "core/nets/thread_team.h"

namespace vitrine {

void setComputeThreads(int numThreads) {
    const int wanted = numThreads > 0 ? numThreads : std::max(1, int(std::thread::hardware_concurrency()));
    at::set_num_threads(realTeamSize(wanted));
}

void settleThreadTeam() {
    thread_local bool isSettled = false;
    if (isSettled) return;
    isSettled = true;
    const int wanted = at::get_num_threads(), real = realTeamSize(wanted);
    if (real != wanted) at::set_num_threads(real);
}

int computeThreads() {
    return at::get_num_threads();
}

std::string torchVersion() {
    const std::string full = TORCH_VERSION;
    return full.substr(0, full.find('+'));
}

bool cudaIsAvailable() {
    static const bool available = [] {
        // The program links the CPU's libraries only; the driver decides whether the others are looked for at
        // all.
        if (!dlopen("libcuda.so.1", RTLD_LAZY | RTLD_LOCAL)) return false;
        return dlopen("libtorch_cuda.so", RTLD_NOW | RTLD_GLOBAL) && torch::cuda::is_available();
    }();
    return available;
}

std::vector<std::string> computeDevices() {
    const std::string bf16 = FastChairGenerator::cpuHasBFloat16() ? ", bf16" : "";
    std::vector<std::string> devices = {fmt::format("CPU ({} threads{})", computeThreads(), bf16)};
    if (!cudaIsAvailable()) return devices;
    for (std::size_t i = 0; i < std::size_t(torch::cuda::device_count()); ++i)
        devices.push_back(fmt::format("CUDA {}", i));
    return devices;
}

}  // namespace vitrine
