// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "core/base/result.h"
#include "core/explore/unit_figure.h"

namespace vitrine {

/// What looks into the generator: the network, or in tests something slower or quicker. Thread: the worker's
/// only.
class UnitSource {
public:
    virtual ~UnitSource() = default;
    virtual const ChairModelInfo& info() const = 0;
    virtual const std::vector<ChairLayer>& layers() const = 0;
    virtual Result<UnitResult> run(const UnitRequest& request) = 0;
    virtual Result<std::vector<ChairOutput>> runValues(const UnitRequest& request,
                                                       std::span<const double> values) = 0;
    /// A few units of a layer, in one pass.
    virtual Result<std::vector<UnitSample>> sample(const UnitRequest& request,
                                                   std::span<const int> units) = 0;
    virtual Result<LayerActivations> activations(const ChairRequest& chair, const std::string& layer) = 0;
    virtual FilterBank filters(bool mask) const = 0;
    virtual Result<UnitFigure> figure(const UnitRecipe& recipe, const JobContext& context) = 0;
    virtual Status writeArrays(const std::filesystem::path& file, const UnitRequest& request) = 0;
};

using UnitSourceOpener =
    std::function<Result<std::unique_ptr<UnitSource>>(const std::filesystem::path& file)>;

/// A UnitSession. Errors: those of UnitSession::open.
Result<std::unique_ptr<UnitSource>> openUnitSession(const std::filesystem::path& file);

}  // namespace vitrine
