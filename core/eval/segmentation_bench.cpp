// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/eval/segmentation_bench.h"

#include <torch/torch.h>

#include <vector>

#include "core/base/mean.h"
#include "core/base/random.h"
#include "core/data/omission.h"
#include "core/io/safetensors.h"
#include "core/nets/compute.h"
#include "core/nets/fast_segmentation_net.h"
#include "core/nets/raster_tensors.h"
#include "core/nets/segmentation_weights.h"
#include "core/nets/timing.h"

namespace vitrine {
namespace {

using torch::Tensor;

constexpr int kNumSamples = 100;
constexpr int kNumRounds = 10;  // ours is asked once in each, the literal network for a tenth of the samples

/// What the picture shows does not matter, but each is another one: the session remembers the last.
SegmentationRequest randomRequest(int size, std::uint64_t seed, int picture) {
    Rng random({seed, 0xBE7C4, std::uint64_t(picture)});
    SegmentationRequest request;
    request.image = Image(size, size, 3);
    for (auto& value : request.image.pixels) value = std::uint8_t(random.below(256));
    request.omission = omitRectangle(size, size, kMinOmittedSide, kMaxOmittedSide, random).value();
    request.numSamples = kNumSamples;
    request.seed = seed;
    return request;
}

/// One set of weights, as the session holds it and as the literal network.
struct Contestants {
    SegmentationSession session;
    SegmentationNet literal;
};

Result<Contestants> contestants(const SegmentationBenchOptions& options) {
    if (options.model.empty()) {
        SegmentationNetOptions sizes;
        sizes.numClasses = options.numClasses;
        VITRINE_TRY(SegmentationSession session,
                    SegmentationSession::untrained(sizes, options.size, options.seed));
        SegmentationNet literal(sizes);
        literal->initialise(at::detail::createCPUGenerator(options.seed));
        return Contestants{std::move(session), std::move(literal)};
    }
    VITRINE_TRY(SegmentationSession session, SegmentationSession::open(options.model));
    if (session.info().drawsTokens)
        return Error{
            ErrorCode::Unsupported,
            "The benchmark compares the paper's networks with their literal form; name one of these."};
    VITRINE_TRY(const SafetensorsFile file, SafetensorsFile::read(options.model));
    VITRINE_TRY(SegmentationNet literal, makeSegmentationNet(file));
    return Contestants{std::move(session), std::move(literal)};
}

double differingShare(const LabelMap& a, const LabelMap& b) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < a.pixels.size(); ++i) count += a.pixels[i] != b.pixels[i];
    return double(count) / double(a.pixels.size());
}

/// Both ways on the same pictures.
class SampleContest {
public:
    SampleContest(Contestants both, std::uint64_t seed) : m_both(std::move(both)), m_seed(seed) {}

    Status run(const JobContext& job) {
        VITRINE_CHECK(round(0));
        m_times = {};  // that was for warming up
        for (int number = 0; number < kNumRounds; ++number) {
            if (job.stop.stop_requested()) return Error{ErrorCode::Busy, "The measurement was cancelled."};
            job.report({double(number) / kNumRounds, -1, "both implementations in turns"});
            VITRINE_CHECK(round(number));
        }
        job.report({1, 0, "done"});
        return {};
    }
    SegmentationBench result() const {
        return {m_both.session.info(),
                computeThreads(),
                median(m_times.first),
                median(m_times.ours),
                kNumSamples * median(m_times.literal),
                m_differing.value()};
    }

private:
    /// What was measured. Units: ms.
    struct Times {
        std::vector<double> first, ours, literal;
    };

    Status round(int number) {
        // The first answer finds the caches full of the literal network; as while painting, only the next
        // counts.
        const Times before = m_times;
        VITRINE_CHECK(runOurs());
        m_times = before;
        VITRINE_TRY(const SegmentationResult ours, runOurs());
        runLiteral(ours, number);
        return {};
    }

    /// Of a picture that it has not seen.
    Result<SegmentationResult> runOurs() {
        const auto request = randomRequest(m_both.session.info().size, m_seed, m_numPictures++);
        const Stopwatch watch;
        auto result = m_both.session.segment(request, [&](int index, const LabelMap&) {
            if (index == 0) m_times.first.push_back(watch.milliseconds());
            return true;
        });
        m_times.ours.push_back(watch.milliseconds());
        return result;
    }

    /// A tenth of the same samples.
    void runLiteral(const SegmentationResult& ours, int number) {
        constexpr int kPerRound = kNumSamples / kNumRounds;
        const c10::InferenceMode inference;
        const Tensor image = imageTensor(ours.input).contiguous();
        const auto shape = m_both.literal->latentShape(image);
        for (int i = number * kPerRound; i < (number + 1) * kPerRound; ++i) {
            Tensor labels;
            m_times.literal.push_back(millisecondsOf([&] {
                labels = literalForward(*m_both.literal, image, sampleNoise(shape, i, m_seed)).argmax(1);
            }));
            m_differing.add(differingShare(toLabelMap(labels[0]), ours.samples[std::size_t(i)]));
        }
    }

    Contestants m_both;
    std::uint64_t m_seed;
    int m_numPictures = 0;
    Times m_times;
    Mean m_differing;
};

}  // namespace

Result<SegmentationBench> benchSegmentation(const SegmentationBenchOptions& options, const JobContext& job) {
    job.report({0, -1, "setting up"});
    VITRINE_TRY(Contestants both, contestants(options));
    SampleContest contest(std::move(both), options.seed);
    VITRINE_CHECK(contest.run(job));
    return contest.result();
}

}  // namespace vitrine
