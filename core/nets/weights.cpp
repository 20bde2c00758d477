// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nets/weights.h"

#include <fmt/format.h>

#include <cctype>

namespace vitrine {
namespace {

torch::Dtype toTorch(TensorType type) {
    switch (type) {
        case TensorType::Float32:
            return torch::kFloat32;
        case TensorType::Float16:
            return torch::kFloat16;
        case TensorType::BFloat16:
            return torch::kBFloat16;
        case TensorType::Int64:
            return torch::kInt64;
        case TensorType::UInt8:
            return torch::kUInt8;
    }
    return torch::kFloat32;
}

TensorType fromTorch(torch::Dtype type) {
    switch (type) {
        case torch::kFloat16:
            return TensorType::Float16;
        case torch::kBFloat16:
            return TensorType::BFloat16;
        case torch::kInt64:
            return TensorType::Int64;
        case torch::kUInt8:
            return TensorType::UInt8;
        default:
            return TensorType::Float32;
    }
}

template <class Sizes>
std::string shapeText(const Sizes& shape) {
    std::string text = "[";
    for (auto size : shape) text += fmt::format("{}{}", text.size() > 1 ? ", " : "", size);
    return text + "]";
}

bool sameShape(const torch::Tensor& parameter, const TensorView& view) {
    return parameter.sizes() == at::IntArrayRef(view.shape);
}

Error refusal(const std::string& key, const std::string& what) {
    return {
        ErrorCode::BadFormat,
        "The weight file does not fit this network: \"" + key + "\" " + what + "; get or train it again."};
}

}  // namespace

std::int64_t numElements(const SafetensorsFile& file) {
    std::int64_t count = 0;
    for (const auto& [name, view] : file.tensors())
        count += std::int64_t(view.bytes.size() / bytesPerElement(view.type));
    return count;
}

Status checkNumElements(const SafetensorsFile& file, std::int64_t expected) {
    const std::int64_t actual = numElements(file);
    if (actual >= expected) return {};
    return Error{
        ErrorCode::BadFormat,
        fmt::format(
            "The weight file holds {} numbers, but a network of its sizes needs {}; get or train it again.",
            actual,
            expected)};
}

Error cannotUse(const std::filesystem::path& weights, Error error) {
    if (!error.message.empty())
        error.message[0] = char(std::tolower(static_cast<unsigned char>(error.message[0])));
    error.message = weights.filename().string() + " cannot be used: " + error.message;
    return error;
}

torch::Tensor tensorFromView(const TensorView& view) {
    return torch::from_blob(
        const_cast<std::byte*>(view.bytes.data()), view.shape, torch::TensorOptions(toTorch(view.type)));
}

Status loadParameters(torch::nn::Module& network, const SafetensorsFile& file) {
    const auto parameters = network.named_parameters();
    for (const auto& parameter : parameters) {
        const auto found = file.tensors().find(parameter.key());
        if (found == file.tensors().end()) return refusal(parameter.key(), "is missing");
        if (!sameShape(parameter.value(), found->second))
            return refusal(parameter.key(),
                           "is " + shapeText(found->second.shape) + ", expected " +
                               shapeText(parameter.value().sizes()));
    }
    for (const auto& [key, view] : file.tensors())
        if (!parameters.contains(key)) return refusal(key, "is not a parameter of it");
    torch::NoGradGuard noGrad;
    for (const auto& parameter : parameters)
        parameter.value().copy_(tensorFromView(file.tensors().at(parameter.key())));
    return {};
}

std::vector<std::string> loadMatchingParameters(torch::nn::Module& network,
                                                const std::map<std::string, TensorView>& tensors,
                                                const std::string& prefix) {
    std::vector<std::string> left;
    torch::NoGradGuard noGrad;
    for (const auto& parameter : network.named_parameters()) {
        const auto found = tensors.find(prefix + parameter.key());
        if (found != tensors.end() && sameShape(parameter.value(), found->second))
            parameter.value().copy_(tensorFromView(found->second));
        else
            left.push_back(parameter.key());
    }
    return left;
}

void TensorSet::add(const std::string& name, const torch::Tensor& tensor) {
    const auto owned = tensor.detach().to(torch::kCPU).contiguous();
    m_owned.push_back(owned);
    const auto* data = static_cast<const std::byte*>(owned.data_ptr());
    m_views[name] = {fromTorch(owned.scalar_type()), owned.sizes().vec(), {data, owned.nbytes()}};
}

void TensorSet::addParameters(const torch::nn::Module& network,
                              torch::Dtype type,
                              const std::string& prefix) {
    for (const auto& parameter : network.named_parameters())
        add(prefix + parameter.key(), parameter.value().to(type));
}

}  // namespace vitrine
