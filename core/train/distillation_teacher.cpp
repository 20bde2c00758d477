// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/distillation_teacher.h"

#include <algorithm>

#include "core/data/theta.h"
#include "core/metrics/chair_metrics.h"
#include "core/nets/chair_styles.h"
#include "core/nets/chair_weights.h"
#include "core/nets/weights.h"

namespace vitrine {
namespace {

constexpr int kNumCompared = 64;

/// Views all round of styles that are spread over all.
std::vector<PackedView> comparedPictures(const std::vector<std::int64_t>& styles) {
    std::vector<PackedView> views;
    for (int i = 0; i < kNumCompared; ++i) {
        const auto style = styles[styles.size() * std::size_t(i) / kNumCompared];
        views.push_back({int(style), {float(137 * i % 360), i % 2 == 0 ? 20.f : 30.f}});
    }
    return views;
}

/// `axis`: along which the styles lie.
void letOnlyLearn(const torch::Tensor& parameter, const torch::Tensor& styles, int axis) {
    if (!parameter.requires_grad()) return;
    auto sizes = std::vector<std::int64_t>(std::size_t(parameter.dim()), 1);
    sizes[std::size_t(axis)] = -1;
    const auto mask = styles.to(parameter.device()).view(sizes);
    parameter.register_hook([mask](const torch::Tensor& gradient) { return gradient * mask; });
}

}  // namespace

Result<DistillationTeacher> DistillationTeacher::open(const std::filesystem::path& weights,
                                                      const PackedChairs& data) {
    if (weights.empty())
        return Error{ErrorCode::InvalidArgument,
                     "distilledShare needs the network to begin with; name its weights in startFrom."};
    VITRINE_TRY(const SafetensorsFile file, SafetensorsFile::read(weights));
    VITRINE_TRY(const ChairWeightsInfo info, chairWeightsInfo(file.metadata()));
    if (!std::ranges::equal(info.styleIds, data.styleIds()))
        return Error{ErrorCode::InvalidArgument,
                     "The data set does not list the styles of " + weights.filename().string() +
                         "; vitrine-cli teach makes one that does."};
    DistillationTeacher teacher;
    VITRINE_TRY(teacher.m_network, makeChairGenerator(file));
    for (auto& parameter : teacher.m_network->parameters()) parameter.set_requires_grad(false);
    std::vector<bool> hasData(data.styleIds().size());
    for (const PackedView& view : data.views()) hasData[std::size_t(view.styleIndex)] = true;
    for (std::size_t i = 0; i < hasData.size(); ++i)
        if (!hasData[i]) teacher.m_keptStyles.push_back(std::int64_t(i));
    if (teacher.m_keptStyles.empty())
        return Error{ErrorCode::InvalidArgument,
                     "The data set has views of all styles of " + weights.filename().string() +
                         ", which leaves none to distil; set distilledShare to 0."};
    for (const char* key : kOriginKeys)
        if (const auto found = file.metadata().find(key); found != file.metadata().end())
            teacher.m_origin.insert(*found);
    return teacher;
}

void DistillationTeacher::keepStyles(ChairGeneratorImpl& network) const {
    auto learns = torch::ones(options().numStyles);
    learns.index_fill_(0, torch::tensor(m_keptStyles, torch::kInt64), 0);
    if (options().styleDimensions == 0) return letOnlyLearn(network.style->fc_1->weight, learns, 1);
    letOnlyLearn(network.style_mean, learns, 0);
    letOnlyLearn(network.style_log_variance, learns, 0);
}

torch::Tensor DistillationTeacher::pictures(const torch::Tensor& style,
                                            const torch::Tensor& view,
                                            const torch::Tensor& theta,
                                            const torch::Tensor& styleNoise) {
    torch::NoGradGuard noGrad;
    const ChairImages images = m_network->forward(style, view, theta, styleNoise);
    return torch::cat({images.rgb, images.mask.mean(1, /*keepdim=*/true)}, 1).to(torch::kFloat32);
}

double DistillationTeacher::agreement(ChairGenerator& network) {
    const auto views = comparedPictures(m_keptStyles);
    const auto own = predictViews(m_network, views), others = predictViews(network, views);
    ChairScoreSum sum;
    for (std::int64_t i = 0; i < own.size(0); ++i) sum.add(others[i], own[i]);
    return sum.mean().psnr;
}

}  // namespace vitrine
