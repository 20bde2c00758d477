// SPDX-License-Identifier: GPL-3.0-or-later
// What the sessions on a chair generator share. Sees LibTorch: for sources of core/sessions only.
#pragma once

#include <exception>
#include <filesystem>
#include <span>

#include "core/nets/chair_generator.h"
#include "core/nets/inference_backend.h"
#include "core/recipe/style_codes.h"
#include "core/sessions/chair_session.h"

namespace vitrine {

/// A network out of a weight file, on the CPU, and what is known of it (its device apart).
struct ChairNetwork {
    ChairModelInfo info;
    ChairGenerator network{nullptr};
};

/// What a network is opened for. Gradients with respect to the inputs: the weights stay frozen.
enum class NetworkUse { Inference, InputGradients };
/// Errors: NotFound, BadFormat (naming file and key), Unsupported; Internal when LibTorch throws.
Result<ChairNetwork> openChairNetwork(const std::filesystem::path& weights,
                                      NetworkUse use = NetworkUse::Inference);
/// What a weight file holds, without setting the network up. Errors: NotFound, BadFormat, Unsupported.
Result<ChairModelInfo> inspectChairNetwork(const std::filesystem::path& weights);
/// The means of Gaussian styles, or the columns of FC-1 of one-hot styles.
StyleCodes styleCodesOf(const ChairGeneratorImpl& network);
/// What LibTorch threw while a network was set up, for the user.
Error cannotSetUp(const std::filesystem::path& weights, const std::exception& error);

/// Errors: InvalidArgument (a style or unit that the network lacks, numbers that are not finite), NotFound (a
/// layer that it lacks).
Status checkChairRequest(const ChairRequest& request, const ChairGeneratorOptions& options);
/// The generator's inputs for requests that passed the check. `codes`: of the same network, for drawn styles.
ChairInputs encodeChairs(std::span<const ChairRequest> requests,
                         const ChairGeneratorOptions& options,
                         const StyleCodes& codes);

}  // namespace vitrine
