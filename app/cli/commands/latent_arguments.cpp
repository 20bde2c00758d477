// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands/latent_arguments.h"

#include <sstream>

namespace vitrine {
namespace {

constexpr int kPathPictures = 9;

}  // namespace

void addLatentOptions(CLI::App& command, LatentArguments& arguments) {
    command.add_option("--hold", arguments.held, "CHANNEL=DEVIATIONS: a channel of the latent stays so far from the prior's mean")
        ->allow_extra_args(false)
        ->default_str("");
    command.add_option("--way", arguments.way, "A,B[,COUNT]: also pictures on the way from sample A to B, numbered as the files")
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
            return invalidArgument("\"" + text + "\" holds no channel; write CHANNEL=DEVIATIONS, e.g. 12=1.5.");
        channels.push_back(held);
    }
    return channels;
}

Result<std::optional<LatentPath>> latentPathOf(const LatentArguments& arguments, int numSamples) {
    const std::vector<int>& way = arguments.way;
    if (way.empty()) return std::optional<LatentPath>();
    if (way.size() == 1 || way.size() > 3) return invalidArgument("Write a way between two samples as --way A,B or A,B,COUNT.");
    for (const int sample : {way[0], way[1]})
        if (sample < 0 || sample >= numSamples)
            return invalidArgument("A way leads between two of the samples, whose numbers are 0 to " + std::to_string(numSamples - 1) +
                           ".");
    return std::optional(LatentPath{way[0], way[1], way.size() == 3 ? way[2] : kPathPictures});
}

}  // namespace vitrine
