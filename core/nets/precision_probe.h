// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/torch.h>

#include <filesystem>
#include <functional>
#include <map>
#include <string>

#include "core/base/folders.h"
#include "core/base/result.h"
#include "core/nets/inference_backend.h"

namespace vitrine {

/// How long the same work takes in each precision. Units: ms.
struct PrecisionTimes {
    double fp32Ms = 0, bf16Ms = 0;
};

/// bf16 where it is faster by a clear margin, else fp32, which is more accurate.
torch::Dtype fasterPrecision(const PrecisionTimes& times);
/// Times work by turns, so that a busy neighbour slows both: the least of several runs, the first not
/// counted. Ends after a fraction of a second, unless two runs take longer.
PrecisionTimes timeByTurns(const std::function<void()>& fp32, const std::function<void()>& bf16);

/// Chooses between fp32 and bf16 on the CPU by timing both at first use. A file keeps the times, so that the
/// same picture is computed with the same rounding at every start. A file that cannot be read is replaced,
/// one that cannot be written does without. Thread: one at a time; of several processes the last one's times
/// are kept.
class PrecisionProbe {
public:
    /// This processor and program version; the times are in cacheFolder().
    static PrecisionProbe ofThisMachine();
    /// `machine` names processor and program version. Without `hasBFloat16` the choice is fp32 and nothing is
    /// timed.
    PrecisionProbe(std::filesystem::path file, std::string machine, bool hasBFloat16);

    bool hasBFloat16() const { return m_hasBFloat16; }
    /// `work` names what the times depend on: shapes, batch, inference or training. The number of threads is
    /// added.
    torch::Dtype choose(const std::string& work, const std::function<PrecisionTimes()>& time) const;

private:
    std::filesystem::path m_file;
    std::string m_machine;
    bool m_hasBFloat16;
};

/// A network's sizes as one line, out of the metadata of its weight file.
std::string shapesOf(const std::map<std::string, std::string>& metadata);

/// For painting on the CPU. `wanted`: auto (timed at first use) | fp32 | bf16 (fp32 on a CPU without it).
ChairPrecisions chairPrecisions(ChairGeneratorImpl& network,
                                const std::string& wanted,
                                const PrecisionProbe& probe = PrecisionProbe::ofThisMachine());
/// Errors: Unsupported (bf16 is wanted of a CPU that emulates it).
Status checkCpuPrecision(const std::string& wanted);

}  // namespace vitrine
