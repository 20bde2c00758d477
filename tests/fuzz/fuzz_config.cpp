// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/runs/chair_config.h"
#include "core/runs/completion_config.h"
#include "core/runs/segmentation_config.h"
#include "core/runs/token_config.h"
#include "tests/fuzz/fuzz.h"

using namespace vitrine;

namespace {

/// What is written is read, and is the same then.
template <class Config>
void readAs(const std::string& text) {
    const auto config = Config::parse(text);
    if (!config) return;
    const std::string written = config->toJson();
    const auto again = Config::parse(written);
    fuzz::require(again && again->toJson() == written);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(fuzz::textOf(data, size));
    readAs<ChairTrainConfig>(text);
    readAs<CompletionTrainConfig>(text);
    readAs<SegmentationTrainConfig>(text);
    readAs<TokenTrainConfig>(text);
    return 0;
}
