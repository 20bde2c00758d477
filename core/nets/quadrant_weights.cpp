// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nets/quadrant_weights.h"

#include "core/io/safetensors.h"
#include "core/nets/weights.h"

namespace vitrine {

Result<QuadrantNet> makeQuadrantNet(const SafetensorsFile& file) {
    VITRINE_TRY(const QuadrantOptions options, QuadrantOptions::fromMetadata(file.metadata()));
    VITRINE_CHECK(checkNumElements(file, numParameters(options)));
    QuadrantNet network(options);
    VITRINE_CHECK(loadParameters(*network, file));
    network->eval();
    return network;
}

}  // namespace vitrine
