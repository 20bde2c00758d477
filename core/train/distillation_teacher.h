// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/data/packed_chairs.h"
#include "core/nets/chair_generator.h"

namespace vitrine {

/// The frozen network that a training begins with. Its own pictures are the targets for the styles of which
/// the data set has no views, so that these stay as they are. Source: Li, Hoiem 2016, "Learning without
/// forgetting".
class DistillationTeacher {
public:
    /// Errors: those of SafetensorsFile::read(); InvalidArgument (no file is named; the data set does not
    /// list the network's styles; no style is without data); BadFormat, Unsupported.
    static Result<DistillationTeacher> open(const std::filesystem::path& weights, const PackedChairs& data);

    const ChairGeneratorOptions& options() const { return m_network->options; }
    ChairGenerator& network() { return m_network; }
    /// Class indices of the styles without data.
    const std::vector<std::int64_t>& keptStyles() const { return m_keptStyles; }
    /// What the weight file says of where it comes from: see kOriginKeys.
    const std::map<std::string, std::string>& origin() const { return m_origin; }

    void to(torch::Device device) { m_network->to(device); }
    /// Lets gradients reach the codes of the styles with data only: Adam would move the others by noise.
    void keepStyles(ChairGeneratorImpl& network) const;
    /// Shapes: as ChairGeneratorImpl::forward() -> [N, 4, S, S] masked RGB and mask, as they come.
    torch::Tensor pictures(const torch::Tensor& style,
                           const torch::Tensor& view,
                           const torch::Tensor& theta,
                           const torch::Tensor& styleNoise);
    /// PSNR between another network's pictures of kept styles and its own, mean over views. Units: dB.
    double agreement(ChairGenerator& network);

private:
    ChairGenerator m_network{nullptr};
    std::vector<std::int64_t> m_keptStyles;
    std::map<std::string, std::string> m_origin;
};

}  // namespace vitrine
