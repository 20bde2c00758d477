// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nets/cuda_module.h"

#include <dlfcn.h>

#include <filesystem>

#include "core/nets/compute.h"

namespace vitrine {
namespace {

constexpr const char* kFileName = "libvitrine_cuda.so";

std::filesystem::path moduleFile() {
    std::error_code fault;
    const auto folder = std::filesystem::read_symlink("/proc/self/exe", fault).parent_path();
    const auto installed = folder.parent_path() / "lib" / kFileName;
    return std::filesystem::exists(installed, fault) ? installed : folder / kFileName;
}

std::string lastLoaderError() {
    const char* text = dlerror();
    return text ? text : "";
}

Result<const CudaModule*> load() {
    if (!cudaIsAvailable()) return Error{ErrorCode::Device, "There is no usable CUDA device; choose the device cpu or auto."};
    const auto file = moduleFile();
    std::error_code fault;
    if (!std::filesystem::exists(file, fault)) {
        return Error{ErrorCode::NotFound, std::string(kFileName) + " is not beside the program, so the GPU is slower than it could be; "
                                              "build Vitrine where nvcc is installed."};
    }
    // What it needs of LibTorch is in the process already: cudaIsAvailable() loaded it for everybody.
    void* const library = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
    const auto entry = library ? reinterpret_cast<const CudaModule* (*)()>(dlsym(library, kCudaModuleEntry)) : nullptr;
    if (entry) return entry();
    return Error{ErrorCode::Unsupported, std::string(kFileName) + " does not fit this program, so the GPU is slower than it could be; build Vitrine again.",
                 lastLoaderError()};
}

}  // namespace

Result<const CudaModule*> cudaModule() {
    static const Result<const CudaModule*> module = load();
    return module;
}

torch::Tensor augmentOnDevice(const torch::Tensor& pictures, const torch::Tensor& indices, const torch::Tensor& theta) {
    const auto module = cudaModule();
    TORCH_CHECK(module, "augmentOnDevice: ", module.error().message);
    return module.value()->augment(pictures, indices, theta);
}

}  // namespace vitrine
