// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nets/segmentation_net.h"
#include "core/nets/segmentation_weights_info.h"

namespace vitrine {

class SafetensorsFile;

/// The network of a weight file, in evaluation mode. Nothing is allocated before file and options agree.
/// Errors: BadFormat naming the key, Unsupported.
Result<SegmentationNet> makeSegmentationNet(const SafetensorsFile& file);

}  // namespace vitrine
