// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace vitrine {

/// Starts this program again, once, with OpenMP threads that sleep while they wait. Spinning barriers would
/// cost sliders their pace whenever something else uses the processor, and libgomp reads its settings when it
/// is loaded, which is before main. Returns where that was done already, or where it cannot be: slower under
/// load, and otherwise the same.
void restartWithPassiveWaiting();

}  // namespace vitrine
