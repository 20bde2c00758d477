// SPDX-License-Identifier: GPL-3.0-or-later
// eval morphs: measures of the pictures between two chairs, and beyond them.
#include <fmt/format.h>

#include <memory>

#include "app/cli/commands/chair_arguments.h"
#include "app/cli/commands/eval_commands.h"
#include "app/cli/commands/registry.h"
#include "app/cli/results_file.h"
#include "core/eval/morph_eval.h"
#include "core/eval/morph_strips.h"
#include "core/io/png.h"

namespace vitrine {
namespace {

struct EvalMorphsArguments {
    std::string model, data, csv, strips;
    int numStrips = 8;
    bool writesTrust = false;
    MorphEvalOptions eval;
};

/// One row a measure.
TableRows measureRows(const std::vector<MorphFigure>& figures) {
    TableRows rows = TableRows::array();
    for (const MorphFigure& figure : figures)
        rows.push_back({{"measure", figure.key},
                        {"mean", figure.mean},
                        {"low", figure.interval.low},
                        {"high", figure.interval.high}});
    return rows;
}

void addScores(nlohmann::ordered_json& row, const std::string& place, const MorphMaskScores& scores) {
    row[place + ".ambiguity"] = scores.ambiguity;
    row[place + ".components"] = scores.components;
    row[place + ".outside"] = scores.outside;
}

TableRows pairRows(const MorphEval& eval) {
    TableRows rows = TableRows::array();
    for (const MorphPairScores& pair : eval.pairs) {
        nlohmann::ordered_json row{{"from", pair.from},
                                   {"to", pair.to},
                                   {"azimuth", pair.view.azimuthDeg},
                                   {"elevation", pair.view.elevationDeg}};
        addScores(row, "real", pair.real);
        addScores(row, "ends", pair.ends);
        addScores(row, "quarter", pair.quarter);
        addScores(row, "middle", pair.middle);
        addScores(row, "beyond", pair.beyond);
        row["jump"] = pair.jump;
        row["between"] = int(pair.isBetween);
        row["beyond.lost"] = pair.lost;
        row["beyond.moves"] = pair.changeBeyond / pair.changeWithin;
        rows.push_back(std::move(row));
    }
    return rows;
}

TableRows truthRows(const MorphEval& eval) {
    TableRows rows = TableRows::array();
    for (const MorphTruthScores& pair : eval.truth)
        rows.push_back({{"from", pair.from},
                        {"to", pair.to},
                        {"azimuth", pair.view.azimuthDeg},
                        {"elevation", pair.view.elevationDeg},
                        {"psnr", pair.psnr},
                        {"iou", pair.iou},
                        {"crossFadePsnr", pair.crossFadePsnr},
                        {"crossFadeIou", pair.crossFadeIou}});
    return rows;
}

/// [{"position": -0.5, "ambiguity": ..., "components": ...}, ...]
TableRows profileRows(const TrustProfile& profile) {
    TableRows rows = TableRows::array();
    for (const TrustPoint& point : profile.points)
        rows.push_back({{"position", point.position},
                        {"ambiguity", point.ambiguity},
                        {"components", point.components},
                        {"trusted", ratiosAt(profile, point.position).largest() <= kTrustedRatio}});
    return rows;
}

/// {"pairs": 200, "real": {"ambiguity": ...}, ..., "jump": ..., "profile": [...], "truth": {...} or null}
nlohmann::json answerOf(const MorphEval& eval,
                        const std::vector<MorphFigure>& figures,
                        const TrustProfile& profile) {
    nlohmann::json answer{
        {"pairs", eval.pairs.size()}, {"profile", profileRows(profile)}, {"truth", nullptr}};
    if (!eval.truth.empty()) answer["truth"] = {{"pairs", eval.truth.size()}};
    for (const MorphFigure& figure : figures) {
        const std::size_t dot = figure.key.find('.');
        auto& place = answer[figure.key.substr(0, dot)];
        (dot == std::string::npos ? place : place[figure.key.substr(dot + 1)]) = figure.mean;
    }
    return answer;
}

/// The measures, NAME-pairs.csv with a row a pair, and NAME-truth.csv where there is a truth.
Status writeTables(const CliContext& context,
                   const std::filesystem::path& csv,
                   const TableRows& measures,
                   const MorphEval& eval,
                   const std::filesystem::path& weights) {
    if (csv.empty()) return {};
    const std::vector files{weights};
    VITRINE_CHECK(writeResults(context, csv, measures, files));
    VITRINE_CHECK(writeResults(context, besideResults(csv, "pairs"), pairRows(eval), files));
    return eval.truth.empty() ? Status()
                              : writeResults(context, besideResults(csv, "truth"), truthRows(eval), files);
}

Status evalMorphs(const EvalMorphsArguments& arguments, const CliContext& context) {
    VITRINE_TRY(ChairSession session, openChairSession(arguments.model, context));
    VITRINE_TRY(const PackedChairs data, PackedChairs::open(packedChairsFile(arguments.data)));
    VITRINE_TRY(const MorphEval eval, evaluateMorphs(session, data, arguments.eval, context.jobContext()));
    const auto figures = figuresOf(eval);
    const TableRows rows = measureRows(figures);
    VITRINE_CHECK(writeTables(context, arguments.csv, rows, eval, session.info().file));
    const TrustProfile profile = profileOf(eval, session.info().weightsHash);
    const auto trustFile = trustFileOf(session.info().file);
    if (arguments.writesTrust) VITRINE_CHECK(writeTrustProfile(trustFile, profile));
    if (!arguments.strips.empty()) {
        VITRINE_TRY(const Image strips, morphStrips(session, data, arguments.numStrips, arguments.eval.seed));
        VITRINE_CHECK(writePng(arguments.strips, strips));
    }
    nlohmann::json answer = answerOf(eval, figures, profile);
    if (arguments.writesTrust) answer["trustFile"] = trustFile.string();
    answer.update(describeModel(session.info()));
    const std::string truth =
        eval.truth.empty()
            ? "no truth, because the model has no two family styles of one build"
            : fmt::format("{} middles compared with the interpolated shape", eval.truth.size());
    context.answer(answer,
                   fmt::format("{} morphs between catalogue chairs; {}; low and high: 95 % interval over "
                               "chair models\n\n{}\n"
                               "Along the style slider; trusted: at most twice the ambiguity and the "
                               "components of the ends\n\n{}",
                               eval.pairs.size(),
                               truth,
                               markdownOf(rows),
                               markdownOf(profileRows(profile))));
    return {};
}

void addEvalMorphs(CLI::App& eval, CliContext& context) {
    auto& command = *eval.add_subcommand(
        "morphs",
        "Pictures between and beyond pairs of chairs: ambiguous and broken masks, jumps, lost chairs");
    const auto arguments = std::make_shared<EvalMorphsArguments>();
    addModelOption(command, arguments->model);
    addPackedChairsOption(command, arguments->data);
    command.add_option("--pairs", arguments->eval.numPairs, "Pairs of catalogue chairs")
        ->check(CLI::Range(1, 100'000));
    command.add_option("--frames", arguments->eval.numFrames, "Pictures of each morph")
        ->check(CLI::Range(2, 512));
    command
        .add_option("--truth-pairs",
                    arguments->eval.numTruthPairs,
                    "Pairs of family styles whose middle is compared with the interpolated shape, at most")
        ->check(CLI::Range(0, 100'000));
    command.add_option(
        "--csv",
        arguments->csv,
        "Write the measures also to this file, each pair to NAME-pairs.csv and each comparison with an "
        "interpolated shape to NAME-truth.csv");
    command.add_option("--strips",
                       arguments->strips,
                       "Picture to write: the first pairs, a row each: render of A; -0.3, 0, 0.25, 0.5, "
                       "0.75, 1, 1.3; render of B");
    command.add_option("--strip-pairs", arguments->numStrips, "Rows of that picture")
        ->check(CLI::Range(1, 100));
    command.add_flag("--write-trust",
                     arguments->writesTrust,
                     "Write ambiguity and components along the style slider beside the model, as "
                     "NAME.trust.json: the window "
                     "shades the slider by it");
    setAction(command, [arguments, &context] {
        arguments->eval.seed += context.seed;
        return evalMorphs(*arguments, context);
    });
}

const RegisteredCommand kEvalMorphsCommand{CommandGroup::OfEval, "morphs", addEvalMorphs};

}  // namespace

}  // namespace vitrine
