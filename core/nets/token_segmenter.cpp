// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nets/token_segmenter.h"

#include "core/io/safetensors.h"
#include "core/nets/metadata_fields.h"
#include "core/nets/weights.h"

namespace vitrine {

using torch::Tensor;

TokenSegmenter::TokenSegmenter(TokenPredictor network, SegmenterInfo info)
    : Segmenter(std::move(info)), m_network(std::move(network)) {}

void TokenSegmenter::look(const PictureEvidence& evidence) {
    const c10::InferenceMode inference;
    m_evidence = evidence;
    if (!evidence.labels.defined())
        m_evidence.labels = torch::zeros({1, info().numClasses, info().size, info().size});
    m_reading = m_network->picture->forward(m_evidence);
}

Tensor TokenSegmenter::mean(const SamplingOptions&, const SweepListener&) const {
    return withKnownLabels(m_reading.guess, m_evidence.labels);
}

Tensor TokenSegmenter::samples(std::int64_t first,
                               std::int64_t count,
                               const SamplingOptions& options,
                               const SweepListener&) const {
    const c10::InferenceMode inference;
    auto& network = *m_network.ptr();
    const TokenNoise noise = tokenNoise(first, count, network.options.numTokens(), options.seed);
    const Tensor tokens = network.sampleTokens(
        m_reading.features.expand({count, -1, -1, -1}), noise, options.numSteps, options.temperature);
    return withKnownLabels(network.logitsOf(tokens, m_reading, m_evidence.isSeen), m_evidence.labels);
}

Tensor TokenSegmenter::reconstruction(const Tensor& labels) const {
    const c10::InferenceMode inference;
    auto& network = *m_network.ptr();
    return network.logitsOf(network.tokensOf(labels), m_reading, m_evidence.isSeen);
}

double TokenSegmenter::priorLogLikelihood(const Tensor& labels) const {
    const c10::InferenceMode inference;
    auto& network = *m_network.ptr();
    const SamplingOptions usual;
    const TokenNoise noise = tokenNoise(0, 1, network.options.numTokens(), usual.seed);
    return network.logProbability(m_reading.features, noise.order, usual.numSteps, network.tokensOf(labels))
        .item<double>();
}

Result<SegmenterInfo> tokenSegmenterInfo(const std::map<std::string, std::string>& metadata) {
    VITRINE_TRY(const TokenPredictorOptions options, TokenPredictorOptions::fromMetadata(metadata));
    SegmenterInfo info;
    info.variant = "tokens";
    info.size = int(options.imageSize);
    info.numClasses = int(options.numClasses);
    info.hasNoise = info.takesObserved = info.drawsTokens = true;
    info.numParameters = options.numParameters();
    std::vector<std::string> names;
    VITRINE_CHECK(readMetadata(metadata, info, [&names](FieldSet& fields, SegmenterInfo& read) {
        fields.value("step", read.step, AsText());
        fields.value("seed", read.seed, AsText());
        fields.value("classes", names, AsText());
    }));
    if (!names.empty() && int(names.size()) != info.numClasses)
        return badMetadata("classes", "does not name each class");
    info.classNames = namesOfClasses(names, info.numClasses);
    return info;
}

Result<std::unique_ptr<Segmenter>> makeTokenSegmenter(const SafetensorsFile& file) {
    VITRINE_TRY(SegmenterInfo info, tokenSegmenterInfo(file.metadata()));
    VITRINE_TRY(const TokenPredictorOptions options, TokenPredictorOptions::fromMetadata(file.metadata()));
    VITRINE_CHECK(checkNumElements(file, info.numParameters));
    TokenPredictor network(options);
    VITRINE_CHECK(loadParameters(*network, file));
    network->eval();
    return std::unique_ptr<Segmenter>(std::make_unique<TokenSegmenter>(std::move(network), std::move(info)));
}

}  // namespace vitrine
