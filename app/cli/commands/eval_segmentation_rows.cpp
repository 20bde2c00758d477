// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands/eval_segmentation_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/mean.h"

namespace vitrine {
namespace {

using Json = nlohmann::ordered_json;

constexpr double kNoNumber = std::numeric_limits<double>::quiet_NaN();

/// A row of the paper's table for CUB, test set. Units: percent. Source: papers.md A7.
struct PaperRow {
    const char* method;
    double pixelAccuracy, iou;
};
constexpr PaperRow kPaperRows[] = {{"MMBM", 90.42, 75.92},
                                   {"CNN", 92.30, 81.90},
                                   {"CNN msc", 92.52, 82.43},
                                   {"GDNN msc", 93.24, 83.96},
                                   {"GSNN msc", 93.39, 84.26},
                                   {"CVAE msc", 93.03, 83.53},
                                   {"hybrid msc", 93.35, 84.16},
                                   {"GDNN msc,NI", 93.78, 85.07},
                                   {"GSNN msc,NI", 93.91, 85.39},
                                   {"CVAE msc,NI", 93.48, 84.47},
                                   {"hybrid msc,NI", 93.78, 85.07}};

Json paperCell(const std::string& method, double PaperRow::*column) {
    for (const PaperRow& row : kPaperRows)
        if (method == row.method) return row.*column;
    return {};
}

/// One column of a row: a mean over scenes, averaged over the models.
struct Measure {
    std::string name;
    GroupedMean WholeScores::*whole = nullptr;
    GroupedMean OmittedScores::*omitted = nullptr;
    double scale = 1;

    const GroupedMean& of(const SegmentationEval& eval) const {
        return whole ? eval.whole.*whole : eval.omitted.*omitted;
    }
    Mean over(const MethodEvals& models) const {
        Mean mean;
        for (const auto& eval : models.evals) mean.add(scale * of(eval).value());
        return mean;
    }
    /// Of a single model; NaN with one.
    double standardDeviation(const MethodEvals& models) const {
        if (models.evals.size() < 2) return kNoNumber;
        const double mean = over(models).value();
        double square = 0;
        for (const auto& eval : models.evals) square += std::pow(scale * of(eval).value() - mean, 2);
        return std::sqrt(square / double(models.evals.size() - 1));
    }
    void addInterval(Json& row, const MethodEvals& models) const {
        GroupedMean pooled;
        for (const auto& eval : models.evals) pooled.add(of(eval));
        const Interval interval = pooled.interval();
        row[name + " low"] = scale * interval.low;
        row[name + " high"] = scale * interval.high;
    }
};

const Measure kPixelAccuracy{"pixel %", &WholeScores::pixelAccuracy, nullptr, 100};
const Measure kIou{"IoU %", &WholeScores::iou, nullptr, 100};
const std::vector<Measure>& foregroundMeasures() {
    static const std::vector<Measure> all = {{"foregroundIoU", &WholeScores::foregroundIou},
                                             {"reconstructionIoU", &WholeScores::reconstructionIou}};
    return all;
}

std::vector<Measure> hiddenMeasures(int numSamples) {
    const auto of = [](std::string name, GroupedMean OmittedScores::*score) {
        return Measure{std::move(name), nullptr, score};
    };
    return {of("meanIoU", &OmittedScores::iou),
            of("sampleIoU", &OmittedScores::sampleIou),
            of(fmt::format("bestOf{}", numSamples), &OmittedScores::bestIou),
            of("boxForegroundIoU", &OmittedScores::foregroundIou),
            of("boxReconstructionIoU", &OmittedScores::reconstructionIou),
            of("diversity", &OmittedScores::diversity),
            of("distance", &OmittedScores::sampleToTruth),
            of("GED2", &OmittedScores::energyDistance),
            of("GED2 (empty = 1)", &OmittedScores::energyDistancePerfect),
            of("wholeLegs", &OmittedScores::wholeLegs),
            of("falseLegs", &OmittedScores::falseLegs),
            of("NCC", &OmittedScores::uncertaintyCorrelation)};
}

std::vector<Measure> likelihoodMeasures() {
    return {{"-CLL (MC)", nullptr, &OmittedScores::monteCarlo},
            {"-CLL (IS)", nullptr, &OmittedScores::importance}};
}

double meanOver(const MethodEvals& models, double (*score)(const OmittedScores&)) {
    Mean mean;
    for (const auto& eval : models.evals) mean.add(score(eval.omitted));
    return mean.value();
}

double eceOf(const Calibration& calibration) {
    return calibration.bins.empty() ? kNoNumber : calibration.ece;
}

void addCalibration(Json& row, const MethodEvals& models) {
    row["ECE"] = meanOver(models, [](const OmittedScores& s) { return eceOf(s.calibration); });
    row["T"] = meanOver(models, [](const OmittedScores& s) { return s.temperature; });
    row["ECE at T"] = meanOver(models, [](const OmittedScores& s) { return eceOf(s.scaledCalibration); });
}

}  // namespace

void SegmentationTable::add(const std::string& method, bool isDefault, SegmentationEval eval) {
    MethodEvals& models = m_methods[method];
    models.isDefault = models.isDefault || isDefault;
    models.evals.push_back(std::move(eval));
}

std::size_t SegmentationTable::numScenes() const {
    return m_methods.empty() ? 0 : m_methods.begin()->second.evals.front().numScenes;
}

Json SegmentationTable::row(const std::string& method, const MethodEvals& models) const {
    Json row{{"method", method},
             {"default", models.isDefault},
             {"models", models.evals.empty() ? Json("not yet") : Json(models.evals.size())},
             {"pixel %", kPixelAccuracy.over(models).value()},
             {"sd pixel", kPixelAccuracy.standardDeviation(models)},
             {"IoU %", kIou.over(models).value()},
             {"sd IoU", kIou.standardDeviation(models)}};
    const auto hidden = hiddenMeasures(m_options.numSamples);
    const auto likelihoods =
        m_options.numLikelihoodSamples > 0 ? likelihoodMeasures() : std::vector<Measure>();
    for (const Measure& each : foregroundMeasures()) row[each.name] = each.over(models).value();
    row["paper pixel %"] = paperCell(method, &PaperRow::pixelAccuracy);
    row["paper IoU %"] = paperCell(method, &PaperRow::iou);
    for (const Measure& each : hidden) row[each.name] = each.over(models).value();
    addCalibration(row, models);
    for (const Measure& each : likelihoods) row[each.name] = each.over(models).value();
    for (const Measure* each : {&kPixelAccuracy, &kIou}) each->addInterval(row, models);
    for (const auto& measures : {foregroundMeasures(), hidden, likelihoods})
        for (const Measure& each : measures) each.addInterval(row, models);
    return row;
}

TableRows SegmentationTable::rows() const {
    TableRows rows = TableRows::array();
    const auto isPapers = [](const std::string& name) {
        return std::ranges::any_of(kPaperRows, [&](const PaperRow& row) { return name == row.method; });
    };
    for (const PaperRow& paper : kPaperRows) {
        const auto found = m_methods.find(paper.method);
        rows.push_back(row(paper.method, found == m_methods.end() ? MethodEvals() : found->second));
    }
    for (const auto& [name, models] : m_methods)
        if (!isPapers(name)) rows.push_back(row(name, models));
    return rows;
}

TableRows SegmentationTable::reliability() const {
    TableRows rows = TableRows::array();
    for (const auto& [name, models] : m_methods) {
        const auto& eval = models.evals.front().omitted;
        for (std::size_t i = 0; i < eval.calibration.bins.size(); ++i) {
            const auto &before = eval.calibration.bins[i], &after = eval.scaledCalibration.bins[i];
            rows.push_back({{"method", name},
                            {"bin", i},
                            {"confidence", before.confidence},
                            {"accuracy", before.accuracy},
                            {"pixels", before.count},
                            {"confidence at T", after.confidence},
                            {"accuracy at T", after.accuracy},
                            {"pixels at T", after.count}});
        }
    }
    return rows;
}

std::vector<std::string> SegmentationTable::hiddenColumns() const {
    std::vector<std::string> names = {"method", "default"};
    for (const Measure& each : hiddenMeasures(m_options.numSamples)) names.push_back(each.name);
    for (const char* name : {"ECE", "T", "ECE at T"}) names.emplace_back(name);
    if (m_options.numLikelihoodSamples > 0)
        for (const Measure& each : likelihoodMeasures()) names.push_back(each.name);
    return names;
}

std::string SegmentationTable::title() const {
    return fmt::format(
        "{} scenes of the {} split{}, whole pictures; the paper's columns are for its data (CUB)\n\n",
        numScenes(),
        nameOf(m_options.split),
        m_options.studio ? " in a studio" : "");
}

std::string SegmentationTable::hiddenTitle() const {
    return fmt::format(
        "\nThe same scenes with a box hidden, {} samples, sampling steps: {}, steps (tokens): {}, at "
        "temperature {}\n\n",
        m_options.numSamples,
        m_options.numSamplingSteps,
        m_options.numSteps,
        nlohmann::json(m_options.temperature).dump());
}

std::string SegmentationTable::notes() const {
    std::string notes =
        "\ndefault: the network that the panel opens. IoU %, meanIoU: mean over the chair's parts, of the "
        "answer at "
        "the prior mean; foregroundIoU: chair against background, summed over the set, as the paper; "
        "reconstructionIoU: mean over the parts at the posterior's mean, which has seen the true labels (the "
        "ceiling). sampleIoU, bestOf: mean and best of the samples.\n"
        "diversity: E d(S, S'), distance: E d(S, Y) with d = 1 - IoU, S a sample, Y the truth; GED2 = 2 "
        "distance - diversity. A scene has one truth, so that IoU after Hungarian matching is sampleIoU.\n"
        "wholeLegs: share of the samples whose legs in the box are attached to the chair and come down to "
        "the floor; "
        "falseLegs: share of a sample's leg pixels in the box that are farther than 6 pixels from any true "
        "leg. "
        "Pictures whose truth has no leg pixels in the box don't count.\n"
        "truth: the true labels under the same rules. retrieval: in the box the labels of the training maps "
        "that "
        "agree best (mean IoU over the classes) with the labels that the default network gives the visible "
        "pixels; "
        "its single answer is their vote.\n"
        "T: the temperature of the calibration, fitted on the validation split. Of tokens the answer at the "
        "prior mean is the initial guess. Intervals over chairs are in the CSV file.\n";
    if (m_options.numLikelihoodSamples > 0)
        notes += fmt::format(
            "-CLL: negative conditional log-likelihood of all labels in nats per image, S = {}, by Monte "
            "Carlo (MC; without noise it is exact) and importance sampling (IS).\n",
            m_options.numLikelihoodSamples);
    return notes;
}

std::string SegmentationTable::text() const {
    const TableRows all = rows();
    TableRows filled = TableRows::array();
    for (const Json& row : all)
        if (m_methods.contains(row["method"].get<std::string>())) filled.push_back(row);
    const std::vector<std::string> whole = {"method",
                                            "default",
                                            "models",
                                            "pixel %",
                                            "sd pixel",
                                            "IoU %",
                                            "sd IoU",
                                            "foregroundIoU",
                                            "reconstructionIoU",
                                            "paper pixel %",
                                            "paper IoU %"};
    return title() + markdownOf(columnsOf(all, whole)) + hiddenTitle() +
           markdownOf(columnsOf(filled, hiddenColumns())) + notes();
}

}  // namespace vitrine
