// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nets/completion_weights.h"

#include "core/io/safetensors.h"
#include "core/nets/weights.h"

namespace vitrine {

Result<CompletionNet> makeCompletionNet(const SafetensorsFile& file) {
    VITRINE_TRY(const CompletionNetOptions options, CompletionNetOptions::fromMetadata(file.metadata()));
    VITRINE_CHECK(checkNumElements(file, numParameters(options)));
    CompletionNet network(options);
    VITRINE_CHECK(loadParameters(*network, file));
    network->eval();
    return network;
}

}  // namespace vitrine
