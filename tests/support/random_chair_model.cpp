// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/random_chair_model.h"

#include <torch/torch.h>

#include <stdexcept>

#include "core/io/safetensors.h"
#include "core/nets/chair_weights.h"
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
    options.leakySlope = model.maskMaps.empty() ? 0.2 : 0;
    return options;
}

}  // namespace

void writeRandomChairModel(const std::filesystem::path& file, const RandomChairModel& model) {
    ChairWeightsInfo info{optionsOf(model), model.step, model.styleIds};
    for (int i = int(info.styleIds.size()); i < model.numStyles; ++i) info.styleIds.push_back("style-" + std::to_string(i));
    ChairGenerator network(info.options);
    network->initialise(at::detail::createCPUGenerator(model.seed));
    {
        // The last layers begin small; without more contrast and a mask around one half all pictures would look alike.
        torch::NoGradGuard noGrad;
        for (auto* stream : {&network->rgb_stream, &network->mask_stream}) {
            if (!*stream) continue;
            (*stream)->output->weight.mul_(4);
            (*stream)->output->bias.fill_(0.5);
        }
    }
    TensorSet tensors;
    tensors.addParameters(*network, model.half ? torch::kFloat16 : torch::kFloat32);
    if (Status status = writeSafetensors(file, tensors.views(), toMetadata(info)); !status) throw std::runtime_error(status.error().message);
}

}  // namespace vitrine::test
