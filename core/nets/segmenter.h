// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>

#include "core/nets/picture_evidence.h"
#include "core/nets/segmenter_info.h"

namespace vitrine {

class SafetensorsFile;

/// Called after a sweep or a sampling step of several samples, numbered from 0, with the share of the unknown
/// pixels whose class changed. Returns whether to continue.
using SweepListener = std::function<bool(int sweep, double changedShare)>;

/// A network that segments one picture and draws samples of what could be, on the CPU. The same request gives
/// the same answer. Shapes: logits [S, K, H, W]. Thread: one at a time.
class Segmenter {
public:
    explicit Segmenter(SegmenterInfo info) : m_info(std::move(info)) {}
    virtual ~Segmenter() = default;
    const SegmenterInfo& info() const { return m_info; }

    /// Looks at one picture (N = 1), which all that follows is about. Labels that it cannot follow are not
    /// used.
    virtual void look(const PictureEvidence& evidence) = 0;
    /// The initial guess [1, K, H, W]; undefined without one.
    virtual torch::Tensor guess() const = 0;
    /// The deterministic answer [1, K, H, W]. Stops: when the listener says so.
    virtual torch::Tensor mean(const SamplingOptions& options, const SweepListener& onSweep = {}) const = 0;
    /// Samples `first` ... `first + count - 1`: a sample depends on its number and the options alone. Stops:
    /// as above.
    virtual torch::Tensor samples(std::int64_t first,
                                  std::int64_t count,
                                  const SamplingOptions& options,
                                  const SweepListener& onSweep = {}) const = 0;
    /// How many samples to draw at a time, so that an answer can be shown and stopped in between.
    virtual std::int64_t samplesPerPass() const = 0;
    /// Sweeps or sampling steps that a listener is called for, per sample.
    virtual int numSweeps(const SamplingOptions&) const { return 0; }
    /// Between two samples, ends included; undefined where the latent has no straight lines. Stops: as above;
    /// then it holds what there is.
    virtual torch::Tensor between(std::int64_t /*from*/,
                                  std::int64_t /*to*/,
                                  int /*count*/,
                                  const SamplingOptions&,
                                  const SweepListener& = {}) const {
        return {};
    }
    /// The answer when the latent has seen the true labels; undefined without a recognition network. Shapes:
    /// one-hot [1, K, H, W].
    virtual torch::Tensor reconstruction(const torch::Tensor& /*labels*/) const { return {}; }
    /// KL(q || p) of each latent channel, mean over label maps, in nats [Z]; undefined without one. Shapes:
    /// one-hot [S, K, H, W].
    virtual torch::Tensor channelActivity(const torch::Tensor& /*labels*/) const { return {}; }

private:
    SegmenterInfo m_info;
};

/// Logits whose answer is the known label wherever one is known. Shapes: [S, K, H, W], known one-hot [1, K,
/// H, W].
torch::Tensor withKnownLabels(const torch::Tensor& logits, const torch::Tensor& known);

/// The network of a weight file. Errors: BadFormat naming the key, Unsupported.
Result<std::unique_ptr<Segmenter>> makeSegmenter(const SafetensorsFile& file);
/// Whether a network fits data. Errors: InvalidArgument saying both numbers of classes.
Status checkClasses(const SegmenterInfo& info, int numClassesOfData);

}  // namespace vitrine
