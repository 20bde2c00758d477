// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <filesystem>

namespace vitrine {

/// A file's name as a title: "oak-chair.png" is "Oak chair".
QString titleOf(const std::filesystem::path& file);
/// The name of a file of weights; of the snapshot of a training, the run's: "cvae-1, snapshot".
QString weightsTitle(const std::filesystem::path& file);

}  // namespace vitrine
