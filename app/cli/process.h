// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace vitrine {

/// Puts this process behind everything else that runs: the processor is its own only while nobody else wants
/// it. Linux's scheduling class "idle", and the last place among sessions where the kernel groups processes
/// by them.
void runInBackground();

/// Keeps the memory that a training step frees for the next one. By default glibc gives large blocks back to
/// the system and every step faults them in again, which costs a third of it.
void keepFreedMemory();

}  // namespace vitrine
