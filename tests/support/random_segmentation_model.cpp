// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/random_segmentation_model.h"

#include <torch/torch.h>

#include <stdexcept>

#include "core/io/safetensors.h"
#include "core/nets/segmentation_net.h"
#include "core/nets/token_predictor.h"
#include "core/nets/weights.h"

namespace vitrine::test {

namespace {

void write(const std::filesystem::path& file,
           const torch::nn::Module& network,
           std::map<std::string, std::string> metadata,
           const RandomSegmentationModel& model) {
    TensorSet tensors;
    tensors.addParameters(network, torch::kFloat32);
    metadata["step"] = std::to_string(model.step);
    metadata["classes"] = "background,seat,legs";
    if (Status status = writeSafetensors(file, tensors.views(), metadata); !status)
        throw std::runtime_error(status.error().message);
}

void writeTokens(const std::filesystem::path& file, const RandomSegmentationModel& model) {
    TokenPredictorOptions options;
    options.numClasses = 3;
    options.imageSize = model.size;
    options.labelMaps = {4, 6};
    options.imageMaps = {4, 6, 8, 10};
    options.priorMaps = {4, 6, 8}, options.priorLayers = 1, options.priorHeads = 2;
    TokenPredictor network(options);
    network->initialise(at::detail::createCPUGenerator(model.seed));
    write(file, *network, options.toMetadata(), model);
}

}  // namespace

void writeRandomSegmentationModel(const std::filesystem::path& file, const RandomSegmentationModel& model) {
    if (model.variant == "tokens") return writeTokens(file, model);
    SegmentationNetOptions options;
    options.variant = segmentationVariantFromName(model.variant).value();
    options.numClasses = 3;
    options.width = 0.1;
    SegmentationNet network(options);
    network->initialise(at::detail::createCPUGenerator(model.seed));
    if (network->generation) {
        // With fresh weights the latent moves the logits too little for samples to differ.
        torch::NoGradGuard noGrad;
        network->generation->output->weight.mul_(8);
    }
    auto metadata = options.toMetadata();
    if (options.hasNoise()) metadata["told_share"] = "0.7";
    metadata["image_size"] = std::to_string(model.size);
    write(file, *network, std::move(metadata), model);
}

}  // namespace vitrine::test
