// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <stop_token>
#include <vector>

#include "core/jobs/job.h"
#include "core/recipe/unit_request.h"
#include "core/sessions/device.h"

namespace vitrine {

/// What single neurons of a chair generator paint. Owns its network, on the CPU in fp32. What lies upstream
/// of the changed layer is computed once for a chair and kept. Thread: one at a time. Source: papers.md B7.
class UnitSession {
public:
    /// Errors: NotFound, BadFormat (naming the key), Unsupported (also Device::Cuda).
    static Result<UnitSession> open(const std::filesystem::path& weights, Device device = Device::Auto);
    UnitSession(UnitSession&&) noexcept;
    UnitSession& operator=(UnitSession&&) noexcept;
    virtual ~UnitSession();

    virtual const ChairModelInfo& info() const;
    /// From the inputs to the picture.
    virtual const std::vector<ChairLayer>& layers() const;
    /// Errors: NotFound naming the layers there are.
    Result<ChairLayer> layer(const std::string& name) const;

    /// Errors (of all below): NotFound (the layer), InvalidArgument, NonFinite.
    virtual Result<UnitResult> run(const UnitRequest& request);
    /// The same request with other values, in one pass.
    virtual Result<std::vector<ChairOutput>> runValues(const UnitRequest& request,
                                                       std::span<const double> values);
    /// Every unit of the layer in turn, or those of `units`, each with the request's value; reported a pass
    /// at a time. Modes: Replace, Add. Stops: between passes.
    using Report = std::function<void(std::vector<UnitSample> samples)>;
    virtual Result<JobOutcome> sweep(const UnitRequest& request,
                                     const Report& report,
                                     const std::stop_token& stop = {},
                                     std::span<const int> units = {});
    /// A chair's own activations.
    virtual Result<LayerActivations> activations(const ChairRequest& chair, const std::string& layer);
    /// What each map of the last hidden layer paints: the weights as they lie on the picture.
    /// `mask`: into the mask instead of RGB.
    virtual FilterBank filters(bool mask) const;

protected:
    UnitSession();  ///< for one that answers by other means

private:
    struct Network;
    explicit UnitSession(std::unique_ptr<Network> network);
    std::unique_ptr<Network> m_network;
};

}  // namespace vitrine
