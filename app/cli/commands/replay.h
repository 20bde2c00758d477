// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>

#include "app/cli/commands/commands.h"
#include "core/base/image.h"

namespace vitrine {

struct ReplayArguments {
    std::string file, model, out;
};

/// A picture that was made a second time, and how to write it.
struct Replayed {
    Image picture;
    std::string recipe;
    std::string weightsHash;  ///< of the network that it was made with this time
    std::function<Status(const std::string& file)> write;

    /// Whether the recipe names other weights; recipes before weightsHash name none.
    bool hasOtherWeights() const;
};

/// How pictures of a format of recipes are made again. Registers itself like a command.
class RegisteredReplay {
public:
    using Make = Result<Replayed> (*)(const ReplayArguments& arguments,
                                      const std::string& recipe,
                                      const CliContext& context);
    RegisteredReplay(std::string format, Make make);
};

/// What a replay answers where the network's answer has no such picture.
Error lacksPicture(const ReplayArguments& arguments);

}  // namespace vitrine
