// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/torch.h>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/io/safetensors.h"

namespace vitrine {

/// Copies a weight file into a network. All parameters are checked before the first is touched: missing or
/// unexpected names and wrong shapes are refused, naming the key. Half precision is widened to the
/// parameter's type.
Status loadParameters(torch::nn::Module& network, const SafetensorsFile& file);
/// Copies only what has the same name (after `prefix`) and shape, as when a network grows by a layer. Returns
/// the names left as they were.
std::vector<std::string> loadMatchingParameters(torch::nn::Module& network,
                                                const std::map<std::string, TensorView>& tensors,
                                                const std::string& prefix = {});

/// Named tensors as a weight file wants them. Owns: contiguous CPU copies that keep the views' bytes alive.
class TensorSet {
public:
    void add(const std::string& name, const torch::Tensor& tensor);
    /// All parameters of a network, converted to `type` (float32 or float16).
    void addParameters(const torch::nn::Module& network, torch::Dtype type, const std::string& prefix = {});
    const std::map<std::string, TensorView>& views() const { return m_views; }

private:
    std::map<std::string, TensorView> m_views;
    std::vector<torch::Tensor> m_owned;
};

/// Before a network is allocated: whether a weight file holds as many numbers as it needs. Errors: BadFormat
/// saying both.
Status checkNumElements(const SafetensorsFile& file, std::int64_t expected);
/// An error of the network's, told of its file: "NAME cannot be used: ...". The messages of networks do not
/// know which file they speak of.
Error cannotUse(const std::filesystem::path& weights, Error error);
/// How many numbers a weight file holds.
std::int64_t numElements(const SafetensorsFile& file);
/// A tensor over the file's bytes (no copy). The file must outlive it.
torch::Tensor tensorFromView(const TensorView& view);

}  // namespace vitrine
