// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nets/finite_scalar_quantiser.h"

#include <cmath>

namespace vitrine {
namespace {

constexpr double kSaturation = 1e-3;  // keeps tanh away from where it is flat

/// Levels are the integers from -(L / 2) to (L - 1) / 2: of an even number one more below 0.
double halfRange(std::int64_t level) {
    return double(level - 1) * (1 + kSaturation) / 2;
}
double offset(std::int64_t level) {
    return level % 2 == 0 ? 0.5 : 0;
}
double shift(std::int64_t level) {
    return std::atanh(offset(level) / halfRange(level));
}
double lowest(std::int64_t level) {
    return double(level / 2);
}

}  // namespace

torch::Tensor FiniteScalarQuantiser::perChannel(double (*value)(std::int64_t),
                                                const torch::Tensor& like) const {
    std::vector<float> values;
    for (const auto level : m_levels) values.push_back(float(value(level)));
    return torch::tensor(values).view({1, numChannels(), 1, 1}).to(like.device());
}

torch::Tensor FiniteScalarQuantiser::quantise(const torch::Tensor& vectors) const {
    const auto bounded = (vectors + perChannel(shift, vectors)).tanh() * perChannel(halfRange, vectors) -
                         perChannel(offset, vectors);
    const auto rounded = bounded + (bounded.round() - bounded).detach();
    return rounded / perChannel(lowest, vectors);
}

torch::Tensor FiniteScalarQuantiser::tokensOf(const torch::Tensor& quantised) const {
    const auto least = perChannel(lowest, quantised);
    const auto digits = (quantised * least + least).round().to(torch::kInt64);
    auto tokens = torch::zeros_like(digits.select(1, 0));
    for (std::int64_t c = numChannels() - 1; c >= 0; --c)
        tokens = tokens * m_levels[std::size_t(c)] + digits.select(1, c);
    return tokens;
}

torch::Tensor FiniteScalarQuantiser::vectorsOf(const torch::Tensor& tokens) const {
    std::vector<torch::Tensor> digits;
    auto rest = tokens;
    for (const auto level : m_levels) {
        digits.push_back(rest.remainder(level));
        rest = rest.floor_divide(level);
    }
    const auto least = perChannel(lowest, tokens);
    return (torch::stack(digits, 1).to(torch::kFloat32) - least) / least;
}

}  // namespace vitrine
