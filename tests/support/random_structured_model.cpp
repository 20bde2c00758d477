// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/random_structured_model.h"

#include <torch/torch.h>

#include <stdexcept>

#include "core/io/safetensors.h"
#include "core/nets/structured_predictor.h"
#include "core/nets/weights.h"

namespace vitrine::test {

void writeRandomStructuredModel(const std::filesystem::path& file, const RandomStructuredModel& model) {
    StructuredPredictorOptions options;
    options.variant = structuredVariantFromName(model.variant).value();
    options.numClasses = 3;
    options.width = 0.1;
    StructuredPredictor network(options);
    network->initialise(at::detail::createCPUGenerator(model.seed));
    if (network->generation) {
        // With fresh weights the latent moves the logits too little for samples to differ.
        torch::NoGradGuard noGrad;
        network->generation->output->weight.mul_(8);
    }
    TensorSet tensors;
    tensors.addParameters(*network, torch::kFloat32);
    auto metadata = options.toMetadata();
    if (options.hasNoise()) metadata["told_share"] = "0.7";
    metadata["step"] = std::to_string(model.step);
    metadata["image_size"] = std::to_string(model.size);
    metadata["classes"] = "background,seat,legs";
    if (Status status = writeSafetensors(file, tensors.views(), metadata); !status)
        throw std::runtime_error(status.error().message);
}

}  // namespace vitrine::test
