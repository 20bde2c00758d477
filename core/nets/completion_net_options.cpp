// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nets/completion_net_options.h"

#include <array>

#include "core/nets/metadata_fields.h"

namespace vitrine {
namespace {

constexpr const char* kCompletionArchitecture = "quadrant-nets";
constexpr std::array<const char*, 3> kVariantNames = {"nn", "cvae", "gsnn"};

void bindCompletionNetOptions(FieldSet& fields, CompletionNetOptions& options) {
    fields.choice("variant", options.variant, kVariantNames).required();
    fields.value("num_quadrants", options.numQuadrants, AsText()).required();
    fields.value("hidden", options.hidden, AsText()).required();
    fields.value("latent", options.latent, AsText()).required();
    fields.value("binarised", options.binarised, AsText());
}

}  // namespace

std::string nameOf(CompletionVariant variant) {
    return kVariantNames[std::size_t(variant)];
}

std::optional<CompletionVariant> completionVariantFromName(const std::string& name) {
    for (std::size_t i = 0; i < kVariantNames.size(); ++i)
        if (name == kVariantNames[i]) return CompletionVariant(i);
    return {};
}

Status CompletionNetOptions::validate() const {
    const auto within = [](std::int64_t value, std::int64_t most) { return value >= 1 && value <= most; };
    if (numQuadrants < 0 || numQuadrants > 3 || !within(hidden, 1 << 14) || !within(latent, 1 << 12))
        return Error{ErrorCode::InvalidArgument, "The sizes of the quadrant networks are out of range."};
    if (numQuadrants == 0 && variant != CompletionVariant::Cvae)
        return Error{ErrorCode::InvalidArgument,
                     "A network that observes no quadrant is a plain VAE; choose the variant cvae, or show "
                     "it a quadrant."};
    return {};
}

std::map<std::string, std::string> CompletionNetOptions::toMetadata() const {
    return writeMetadata(*this, kCompletionArchitecture, bindCompletionNetOptions);
}

Result<CompletionNetOptions> CompletionNetOptions::fromMetadata(
    const std::map<std::string, std::string>& metadata) {
    VITRINE_CHECK(checkArchitecture(metadata, kCompletionArchitecture, "quadrant networks"));
    CompletionNetOptions options;
    VITRINE_CHECK(readMetadata(metadata, options, bindCompletionNetOptions));
    if (!options.validate())
        return Error{
            ErrorCode::BadFormat,
            "The weight file's sizes are out of range; it was not written by Vitrine or is damaged."};
    return options;
}

std::int64_t numParameters(const CompletionNetOptions& o) {
    constexpr std::int64_t kPixels = kCompletionSide * kCompletionSide;
    const auto linear = [](std::int64_t in, std::int64_t out) { return (in + 1) * out; };
    const std::int64_t mlp =
        linear(kPixels, o.hidden) + linear(o.hidden, o.hidden) + linear(o.hidden, kPixels);
    const std::int64_t encoder =
        linear(kPixels, o.hidden) + linear(o.hidden, o.hidden) + 2 * linear(o.hidden, o.latent);
    const std::int64_t generation =
        linear(o.latent, o.hidden) + linear(o.hidden, o.hidden) + linear(o.hidden, kPixels);
    return o.hasBaseline() * mlp + o.hasLatent() * generation +
           (int(o.hasPrior()) + int(o.hasRecognition())) * encoder;
}

}  // namespace vitrine
