// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/eval/morph_truth.h"

#include <array>

#include "core/base/random.h"
#include "core/data/style_ids.h"
#include "core/metrics/chair_metrics.h"
#include "core/recipe/morph.h"
#include "core/render/chair_family.h"
#include "core/render/chair_renderer.h"
#include "core/render/family_set.h"

namespace vitrine {
namespace {

struct FamilyStyle {
    int index;  ///< class index
    std::uint64_t number;
    FamilyShape shape;
};

std::vector<FamilyStyle> familyStyles(const ChairModelInfo& model) {
    std::vector<FamilyStyle> styles;
    for (std::size_t i = 0; i < model.styleIds.size(); ++i)
        if (const auto number = familyNumber(model.styleIds[i]))
            styles.push_back({int(i), *number, sampleFamilyShape(*number)});
    return styles;
}

template <class T>
const T& oneOf(const std::vector<T>& values, Rng& rng) {
    return values[rng.below(values.size())];
}

/// The picture of the shape halfway. Shapes: [size, size, 4] premultiplied.
Result<Image> renderMiddle(const MorphTruthPair& pair, int size) {
    VITRINE_TRY(const ChairModel model,
                ChairModel::load(interpolatedFamilyChair(pair.fromNumber, pair.toNumber, 0.5f)));
    return model.render(pair.view, {size, ChairRenderOptions().samplesPerSide}).premultiplied;
}

ChairScore scoreOf(const torch::Tensor& predicted, const torch::Tensor& truth) {
    ChairScoreSum sum;
    sum.add(predicted, truth);
    return sum.mean();
}

}  // namespace

std::vector<MorphTruthPair> drawTruthPairs(const ChairModelInfo& model, int count, std::uint64_t seed) {
    const auto styles = familyStyles(model);
    std::vector<std::array<const FamilyStyle*, 2>> pairs;
    for (const FamilyStyle& a : styles)
        for (const FamilyStyle& b : styles)
            if (a.index < b.index && canInterpolate(a.shape, b.shape) &&
                !isTrainedBetween(a.number, b.number))
                pairs.push_back({&a, &b});
    Rng rng({0x7207, seed});
    std::vector<MorphTruthPair> drawn;
    while (int(drawn.size()) < count && !pairs.empty()) {
        std::swap(pairs[rng.below(pairs.size())], pairs.back());
        const auto [a, b] = pairs.back();
        pairs.pop_back();
        const float azimuth = oneOf(trainedAzimuthsDeg(), rng),
                    elevation = oneOf(trainedElevationsDeg(), rng);
        drawn.push_back({model.styleIds[std::size_t(a->index)],
                         model.styleIds[std::size_t(b->index)],
                         a->index,
                         b->index,
                         a->number,
                         b->number,
                         {azimuth, elevation}});
    }
    return drawn;
}

Result<MorphTruthScores> scoreTruth(ChairSession& session, const MorphTruthPair& pair) {
    const std::array ends{pureStyle(pair.fromIndex), pureStyle(pair.toIndex)};
    std::vector<ChairRequest> requests;
    for (const double u : {0.0, 0.5, 1.0}) requests.push_back({mixAt(ends, u, 0), pair.view, {}});
    VITRINE_TRY(const auto pictures, session.generate(requests));
    const int size = session.info().size;
    VITRINE_TRY(const Image rendered, renderMiddle(pair, size));
    const auto tensorOf = [&](const Image& picture) { return viewTensor(picture.pixels.data(), size); };
    const auto truth = tensorOf(rendered);
    const auto crossFade = (tensorOf(pictures[0].premultiplied) + tensorOf(pictures[2].premultiplied)) / 2;
    const ChairScore middle = scoreOf(tensorOf(pictures[1].premultiplied), truth),
                     fade = scoreOf(crossFade, truth);
    return MorphTruthScores{pair.from,
                            pair.to,
                            pair.fromIndex,
                            pair.toIndex,
                            pair.view,
                            middle.psnr,
                            middle.iou,
                            fade.psnr,
                            fade.iou};
}

}  // namespace vitrine
