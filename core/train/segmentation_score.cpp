// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/segmentation_score.h"

#include <algorithm>

#include "core/base/label_colours.h"
#include "core/base/mean.h"
#include "core/metrics/segmentation_metrics.h"
#include "core/nets/raster_tensors.h"

namespace vitrine {
namespace {

using torch::Tensor;

constexpr std::uint64_t kScoreSeed = 20151207;
constexpr std::int64_t kScoreColumns = 12, kSheetSamples = 4;

void pasteImage(Image& sheet, const Tensor& image, int left, int top) {
    const Tensor bytes =
        image.mul(255).round().clamp(0, 255).to(torch::kCPU, torch::kUInt8).permute({1, 2, 0}).contiguous();
    for (int y = 0; y < bytes.size(0); ++y)
        std::copy_n(bytes.data_ptr<std::uint8_t>() + y * bytes.size(1) * 3,
                    bytes.size(1) * 3,
                    sheet.row(top + y) + left * 3);
}

void pasteLabels(Image& sheet, const LabelMap& labels, int left, int top) {
    for (int y = 0; y < labels.height; ++y)
        for (int x = 0; x < labels.width; ++x) {
            const auto colour = labelColour(labels.at(y, x));
            std::copy_n(colour.begin(), 3, sheet.row(top + y) + (left + x) * 3);
        }
}

}  // namespace

SegmentationAnswers answersOf(SegmentationNetImpl& network,
                              const SegmentationBatchTensors& batch,
                              int numSamples) {
    const torch::NoGradGuard noGrad;
    SegmentationAnswers answers;
    const Tensor guess = network.guess(batch.image).logits;
    if (guess.defined()) answers.guess = likeliestClasses(guess);
    Tensor logits = guess;
    if (network.prior) {
        const LatentGaussian prior = network.priorOf(batch.image, guess);
        logits = network.logitsOf(guess, prior.mean);
        auto generator = at::make_generator<at::CPUGeneratorImpl>(kScoreSeed);
        for (int s = 0; s < numSamples && network.options.hasNoise(); ++s) {
            const Tensor noise =
                torch::randn(network.latentShape(batch.image), generator).to(batch.image.device());
            answers.samples.push_back(likeliestClasses(network.logitsOf(guess, prior.sample(noise))));
        }
        if (network.recognition)
            answers.klPerChannel =
                klPerChannel(network.recognitionOf(batch.image,
                                                   oneHotLabels(batch.labels, network.options.numClasses)),
                             prior)
                    .mean(0)
                    .to(torch::kCPU);
    }
    answers.mean = likeliestClasses(logits);
    answers.crossEntropy = labelCrossEntropy(logits, batch.labels).mean().item<double>();
    return answers;
}

std::map<std::string, double> scoresOf(const SegmentationAnswers& answers,
                                       const SegmentationBatchTensors& batch,
                                       std::int64_t numClasses,
                                       const std::string& prefix) {
    const IouRule parts{int(numClasses), 1, EmptyClass::Skip};
    const Tensor truths = batch.labels.to(torch::kCPU);
    std::map<std::string, Mean> means;  // over images
    for (std::int64_t i = 0; i < truths.size(0); ++i) {
        const LabelMap truth = toLabelMap(truths[i]), mean = toLabelMap(answers.mean[i]);
        means["Iou"].add(meanIou(mean, truth, parts));
        means["PixelAccuracy"].add(pixelAccuracy(mean, truth));
        if (answers.guess.defined()) means["CnnIou"].add(meanIou(toLabelMap(answers.guess[i]), truth, parts));
        std::vector<LabelMap> samples;
        for (const Tensor& sample : answers.samples) samples.push_back(toLabelMap(sample[i]));
        if (samples.empty()) continue;
        means["BestIou"].add(bestIou(samples, truth, parts));
        means["Diversity"].add(sampleDiversity(samples, parts));
    }
    std::map<std::string, double> scores;
    for (const auto& [name, mean] : means)
        if (!mean.isEmpty()) scores[prefix + name] = mean.value();
    scores[prefix + "Ce"] = answers.crossEntropy;
    if (!answers.klPerChannel.defined()) return scores;
    scores[prefix + "Kl"] = answers.klPerChannel.sum().item<double>();
    scores[prefix + "ActiveChannels"] = numActiveChannels(answers.klPerChannel.unsqueeze(0));
    return scores;
}

Image answerSheet(const SegmentationAnswers& answers, const SegmentationBatchTensors& batch) {
    const std::int64_t columns = std::min(kScoreColumns, batch.image.size(0));
    const int height = int(batch.image.size(2)), width = int(batch.image.size(3));
    std::vector<Tensor> rows = {batch.labels.to(torch::kCPU), answers.mean};
    for (std::size_t s = 0; s < answers.samples.size() && s < std::size_t(kSheetSamples); ++s)
        rows.push_back(answers.samples[s]);
    Image sheet(width * int(columns), height * int(rows.size() + 1), 3, 255);
    for (int i = 0; i < columns; ++i) {
        pasteImage(sheet, batch.image[i], i * width, 0);
        for (int row = 0; row < int(rows.size()); ++row)
            pasteLabels(sheet, toLabelMap(rows[std::size_t(row)][i]), i * width, (row + 1) * height);
    }
    return sheet;
}

}  // namespace vitrine
