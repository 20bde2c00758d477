// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <vector>

#include "app/cli/table.h"
#include "core/eval/segmentation_eval.h"

namespace vitrine {

/// Evaluations that stand in one row: of models that differ by their seeds, or of a baseline.
struct MethodEvals {
    bool isDefault = false;  ///< among them is the network that the panel opens by default
    std::vector<SegmentationEval> evals;
};

/// The table of `eval segmentation`, by method.
class SegmentationTable {
public:
    explicit SegmentationTable(const SegmentationEvalOptions& options) : m_options(options) {}
    void add(const std::string& method, bool isDefault, SegmentationEval eval);

    /// All columns, with intervals. The paper's rows come first, in its order, also those that no model
    /// fills.
    TableRows rows() const;
    /// Reliability of the samples' mean, of each method's first model: one row a bin and method.
    TableRows reliability() const;
    /// Two Markdown tables, of whole pictures and of pictures with a box hidden, and what their columns mean.
    std::string text() const;
    std::size_t numScenes() const;

private:
    std::string title() const;
    std::string hiddenTitle() const;
    std::string notes() const;
    std::vector<std::string> hiddenColumns() const;
    nlohmann::ordered_json row(const std::string& method, const MethodEvals& models) const;

    SegmentationEvalOptions m_options;
    std::map<std::string, MethodEvals> m_methods;
};

}  // namespace vitrine
