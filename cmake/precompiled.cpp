// SPDX-License-Identifier: GPL-3.0-or-later
// The source of each target that only carries a precompiled header.
