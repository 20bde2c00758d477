// SPDX-License-Identifier: GPL-3.0-or-later
// Carries the precompiled <torch/torch.h> that every target with LibTorch shares.
