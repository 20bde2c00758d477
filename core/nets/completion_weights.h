// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nets/completion_nets.h"

namespace vitrine {

class SafetensorsFile;

/// The networks of a weight file, in evaluation mode. Nothing is allocated before file and options agree.
/// Errors: BadFormat naming the key, Unsupported.
Result<CompletionNet> makeCompletionNet(const SafetensorsFile& file);

}  // namespace vitrine
