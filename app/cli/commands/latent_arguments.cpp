// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands/latent_arguments.h"

#include <fmt/format.h>

#include <sstream>

namespace vitrine {
namespace {

constexpr int kPathPictures = 9;

}  // namespace

void addLatentOptions(CLI::App& command, LatentArguments& arguments) {
    command
        .add_option("--hold",
                    arguments.held,
                    "CHANNEL=DEVIATIONS: fixes a latent channel at this number "
                    "of deviations from the prior mean")
        ->allow_extra_args(false)
        ->default_str("");
    command
        .add_option("--path,--way",
                    arguments.path,
                    "A,B[,COUNT]: also writes pictures on the latent path from "
                    "sample A to B, numbered like the files")
        ->delimiter(',')
        ->allow_extra_args(false)
        ->default_str("");
}

Result<std::vector<ForcedChannel>> heldChannels(const LatentArguments& arguments) {
    std::vector<ForcedChannel> channels;
    for (const std::string& text : arguments.held) {
        ForcedChannel held;
        char equals = 0;
        std::istringstream parts(text);
        parts >> held.channel >> equals >> held.deviations;
        if (parts.fail() || !parts.eof() || equals != '=')
            return invalidArgument("\"" + text +
                                   "\" fixes no channel; write CHANNEL=DEVIATIONS, e.g. 12=1.5.");
        channels.push_back(held);
    }
    return channels;
}

Result<std::optional<LatentPath>> latentPathOf(const LatentArguments& arguments, int numSamples) {
    const std::vector<int>& path = arguments.path;
    if (path.empty()) return std::optional<LatentPath>();
    if (path.size() == 1 || path.size() > 3)
        return invalidArgument("Write a latent path as --path A,B or --path A,B,COUNT.");
    for (const int sample : {path[0], path[1]})
        if (sample < 0 || sample >= numSamples)
            return invalidArgument(fmt::format(
                "A latent path connects two of the samples, which are numbered 0 to {}.", numSamples - 1));
    return std::optional(LatentPath{path[0], path[1], path.size() == 3 ? path[2] : kPathPictures});
}

}  // namespace vitrine
