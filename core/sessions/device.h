// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace vitrine {

/// What a network runs on; Auto: a GPU where there is one.
enum class Device { Auto, Cpu, Cuda };

}  // namespace vitrine
