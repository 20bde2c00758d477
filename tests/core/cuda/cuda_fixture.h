// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "core/nets/cuda_module.h"

namespace vitrine::test {

/// Why tests of the module cannot run here; empty where they can.
inline QString reasonToSkipCuda() {
    const auto module = cudaModule();
    return module ? QString() : QString::fromStdString(module.error().message);
}

}  // namespace vitrine::test
