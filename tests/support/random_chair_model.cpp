// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/random_chair_model.h"

#include <torch/torch.h>

#include <stdexcept>

#include "core/io/safetensors.h"
#include "core/nets/chair_generator.h"
#include "core/nets/weights.h"

namespace vitrine::test {
namespace {

ChairGeneratorOptions optionsOf(const RandomChairModel& model) {
    if (!model.preset.empty()) {
        auto options = ChairGeneratorOptions::fromPreset(model.preset, model.numStyles);
        if (!options) throw std::runtime_error(options.error().message);
        return *options;
    }
    ChairGeneratorOptions options;
    options.numStyles = model.numStyles;
    options.branchWidth = model.branchWidth;
    options.jointWidth = model.jointWidth;
    options.rgbMaps = model.rgbMaps;
    options.maskMaps = model.maskMaps;
    options.thetaSize = model.thetaSize;
    options.styleDimensions = model.styleDimensions;
    options.leakySlope = model.maskMaps.empty() ? 0.2 : 0;
    return options;
}

std::string classesOf(const RandomChairModel& model) {
    std::string classes;
    for (int i = 0; i < model.numStyles; ++i) {
        const bool isNamed = std::size_t(i) < model.styleIds.size();
        classes += (i ? "," : "") + (isNamed ? model.styleIds[std::size_t(i)] : "style-" + std::to_string(i));
    }
    return classes;
}

}  // namespace

void writeRandomChairModel(const std::filesystem::path& file, const RandomChairModel& model) {
    ChairGenerator network(optionsOf(model));
    network->initialise(at::detail::createCPUGenerator(model.seed));
    {
        // The last layers begin small; without more contrast and a mask around one half all pictures would
        // look alike.
        torch::NoGradGuard noGrad;
        for (auto* stream : {&network->rgb_stream, &network->mask_stream}) {
            if (!*stream) continue;
            (*stream)->output->weight.mul_(4);
            (*stream)->output->bias.fill_(0.5);
        }
    }
    TensorSet tensors;
    tensors.addParameters(*network, model.half ? torch::kFloat16 : torch::kFloat32);
    auto metadata = network->options.toMetadata();
    metadata["step"] = std::to_string(model.step);
    metadata["classes"] = classesOf(model);
    metadata.insert(model.more.begin(), model.more.end());
    if (Status status = writeSafetensors(file, tensors.views(), metadata); !status)
        throw std::runtime_error(status.error().message);
}

}  // namespace vitrine::test
