// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/runs/config_fields.h"
#include "core/runs/metrics_file.h"

namespace vitrine {

class TrainingKind;
class TrainTask;

/// A configuration to begin with.
struct ConfigTemplate {
    std::string id;       ///< "compact-128"
    std::string title;    ///< "Compact, 128 x 128"
    std::string summary;  ///< one sentence: what one gets, and for how much
    std::string json;     ///< a whole configuration
};

/// What a form needs to know about a kind of training.
struct TrainingKindInfo {
    std::string id;     ///< "chairs": the configuration's "recipe"
    std::string title;  ///< "Chair generator"
    std::string summary;
    std::vector<ConfigField> fields;        ///< of the configuration
    std::vector<ConfigField> stageFields;   ///< of each object in its list "stages"
    std::vector<ConfigTemplate> templates;  ///< the first is the sensible default
    bool usesChairs = false;                ///< trains on the rendered chairs where no data set is named
    std::string panel;              ///< that opens a snapshot of it: "chairs"; empty while there is none
    std::vector<MetricPlot> plots;  ///< in the order to show them; metrics that none names come after
    std::string bestMetric;         ///< held-out metric by which `best` is kept: "heldOutPsnr"
    bool higherIsBetter = true;
};

/// A configuration of any kind of training that was read and checked.
class TrainPlan {
public:
    virtual ~TrainPlan() = default;
    virtual const TrainingKind& kind() const = 0;
    /// Complete and in order, defaults filled in.
    virtual std::string toJson() const = 0;
    /// With another stage of `steps` steps, which continues the last one.
    virtual std::unique_ptr<TrainPlan> prolonged(std::int64_t steps) const = 0;
    /// Ready to train: the data set is open. Errors: those of the data.
    virtual Result<std::unique_ptr<TrainTask>> open() const = 0;
};

/// A kind of training: registers its fields, its data, its objective and its preview by one line in
/// training_kinds.cpp.
class TrainingKind {
public:
    virtual ~TrainingKind() = default;
    virtual std::string id() const { return info().id; }
    virtual TrainingKindInfo info() const = 0;
    /// `config`: an object. Errors: InvalidArgument naming the field.
    virtual Result<std::unique_ptr<TrainPlan>> read(const nlohmann::json& config) const = 0;

    // The same for texts. Errors: BadFormat (not a JSON object), InvalidArgument naming the field.
    Result<std::string> normalise(const std::string& configJson) const;
    Result<std::string> extend(const std::string& configJson, std::int64_t steps) const;
};

const std::vector<const TrainingKind*>& trainingKinds();
/// A configuration of the kind that its "recipe" names. Errors: BadFormat, InvalidArgument naming the field.
Result<std::unique_ptr<TrainPlan>> readPlan(const std::string& configJson);
/// The kind that a configuration's "recipe" names (none: chairs). Errors: BadFormat (not a JSON object),
/// InvalidArgument naming those there are.
Result<const TrainingKind*> trainingKindOf(const std::string& configJson);

}  // namespace vitrine
