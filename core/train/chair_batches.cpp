// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/chair_batches.h"

#include <fmt/format.h>

#include <cmath>
#include <utility>

#include "core/data/resize.h"
#include "core/data/training_views.h"

namespace vitrine {
namespace {

/// Elevations at which kept styles are held: those of the random views of a wide set.
constexpr double kLowestKeptDeg = 10, kHighestKeptDeg = 40;

}  // namespace

bool isKeptOut(const PackedView& view, const ChairTrainConfig& config) {
    return config.distillation.isOn() ? isHeldOutAzimuth(view.azimuthIndex) : isHeldOut(view);
}

std::vector<std::size_t> trainedViews(const PackedChairs& data, const ChairTrainConfig& config) {
    const auto emphasised = config.emphasisedStyles();
    const auto targets = config.transfer.targetIds();
    const auto isMix = betweenStyles(data);
    std::vector<std::size_t> trained;
    for (std::size_t i = 0; i < data.views().size(); ++i) {
        const PackedView& view = data.views()[i];
        if (config.holdOutViews && isKeptOut(view, config)) continue;
        if (!config.betweenStyles && isMix[std::size_t(view.styleIndex)]) continue;
        const std::string& id = data.styleIds()[std::size_t(view.styleIndex)];
        if (!config.transfer.isTrained(view, targets.contains(id))) continue;
        const bool often = emphasised.contains(id);
        trained.insert(trained.end(), often ? std::size_t(config.emphasis) : 1, i);
    }
    return trained;
}

Result<ChairPictures> ChairPictures::make(const PackedChairs& data, int size) {
    if (size > data.size() || data.size() % size != 0)
        return Error{ErrorCode::InvalidArgument,
                     fmt::format("The network makes pictures of {} pixels a side, but the data set holds {}; "
                                 "render it at a multiple of the network's size.",
                                 size,
                                 data.size())};
    ChairPictures pictures;
    pictures.m_data = &data;
    pictures.m_size = size;
    if (size == data.size()) return pictures;
    const std::size_t bytes = std::size_t(size) * size * 4;
    pictures.m_shrunk.resize(bytes * data.views().size());
    for (std::size_t i = 0; i < data.views().size(); ++i)
        boxShrink(data.premultiplied(i), data.size(), size, pictures.m_shrunk.data() + i * bytes);
    return pictures;
}

const std::uint8_t* ChairPictures::at(std::size_t viewIndex) const {
    return m_shrunk.empty() ? m_data->premultiplied(viewIndex)
                            : m_shrunk.data() + viewIndex * m_size * m_size * 4;
}

ChairBatchSource::ChairBatchSource(const PackedChairs& data,
                                   const ChairPictures& pictures,
                                   const ChairTrainConfig& config,
                                   const ChairStage& stage,
                                   std::int64_t stageStart,
                                   std::int64_t firstStep,
                                   Augmentation augmentation,
                                   std::vector<std::int64_t> keptStyles)
    : m_data(data),
      m_pictures(pictures),
      m_config(config),
      m_stage(stage),
      m_stageStart(stageStart),
      m_augmentation(augmentation),
      m_keptStyles(std::move(keptStyles)),
      m_numViews(std::size_t(config.settings.batch -
                             (m_keptStyles.empty() ? 0 : config.distillation.numIn(config.settings.batch)))),
      m_order(trainedViews(data, config), config.settings.seed),
      m_ahead(firstStep, [this](std::int64_t at) { return make(at); }) {}

ChairBatch ChairBatchSource::make(std::int64_t step) {
    const std::size_t count = std::size_t(m_config.settings.batch);
    const double scale = m_stage.curriculumScaleAt(step - m_stageStart);
    ChairBatch batch;
    for (std::size_t i = 0; i < count; ++i) {
        Rng rng({m_config.settings.seed, 0x7E7A, std::uint64_t(step), i});
        const Theta theta = rng.uniform() < m_stage.identityShare ? Theta{} : sampleTheta(rng, scale);
        if (i < m_numViews)
            addView(batch, m_order.at(std::uint64_t(step) * m_numViews + i), theta);
        else
            addKept(batch, rng);
        const auto numbers = theta.values();
        batch.theta.insert(batch.theta.end(), numbers.begin(), numbers.end());
        for (std::int64_t k = 0; k < m_config.styleDimensions; ++k)
            batch.styleNoise.push_back(float(rng.normal()));
        batch.mixShares.push_back(float(rng.uniform() / 2));
    }
    return batch;
}

void ChairBatchSource::addView(ChairBatch& batch, std::size_t viewIndex, const Theta& theta) {
    const std::size_t values = std::size_t(m_pictures.size()) * m_pictures.size() * 4;
    const PackedView& view = m_data.views()[viewIndex];
    if (m_augmentation == Augmentation::OnCpu) {
        if (batch.images.empty()) batch.images.resize(m_numViews * values);
        applyTheta(m_pictures.at(viewIndex),
                   m_pictures.size(),
                   m_pictures.size(),
                   theta,
                   batch.images.data() + batch.views.size() * values);
    }
    batch.views.push_back(std::int64_t(viewIndex));
    batch.styles.push_back(view.styleIndex);
    batch.azimuthDeg.push_back(view.view.azimuthDeg);
    batch.elevationDeg.push_back(view.view.elevationDeg);
}

void ChairBatchSource::addKept(ChairBatch& batch, Rng& rng) const {
    batch.styles.push_back(m_keptStyles[std::size_t(rng.below(m_keptStyles.size()))]);
    batch.azimuthDeg.push_back(float(360 * rng.uniform()));
    batch.elevationDeg.push_back(float(kLowestKeptDeg + (kHighestKeptDeg - kLowestKeptDeg) * rng.uniform()));
}

}  // namespace vitrine
