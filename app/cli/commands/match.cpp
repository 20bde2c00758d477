// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <memory>

#include "app/cli/commands/chair_arguments.h"
#include "app/cli/commands/match_arguments.h"
#include "app/cli/commands/registry.h"
#include "app/cli/commands/replay.h"
#include "core/eval/correspondence_bench.h"
#include "core/io/png.h"
#include "core/nets/compute.h"
#include "core/recipe/correspondence_files.h"
#include "core/sessions/correspondence_session.h"

namespace vitrine {
namespace {

struct MatchArguments : MatchOptions {
    std::string model, from, to, points, out;
    float azimuthDeg = 34, elevationDeg = 20;
};

Result<CorrespondenceRecipe> recipeFor(const MatchArguments& arguments, const ChairModelInfo& model) {
    CorrespondenceRecipe recipe;
    recipe.model = model.name;
    recipe.weightsHash = model.weightsHash;
    VITRINE_TRY(recipe.from, parseMix(arguments.from, model));
    VITRINE_TRY(recipe.to, parseMix(arguments.to, model));
    recipe.request = requestOf(arguments);
    recipe.request.view = {arguments.azimuthDeg, arguments.elevationDeg};
    VITRINE_TRY(recipe.points, readPoints(arguments.points, model.size));
    return recipe;
}

/// Points that lie beside the chair cannot be carried by it.
Status checkPoints(const std::vector<NamedPoint>& points, const CorrespondenceResult& result) {
    for (const NamedPoint& point : points) {
        if (isNearChair(result.from(), point.place)) continue;
        return Error{
            ErrorCode::InvalidArgument,
            fmt::format("The point {} at ({:.1f}, {:.1f}) is beside the chair; mark points on chair A.",
                        point.name,
                        point.place.x,
                        point.place.y)};
    }
    return {};
}

nlohmann::json describe(const std::vector<NamedPoint>& points, const std::vector<PointMatch>& matches) {
    nlohmann::json json = nlohmann::json::array();
    for (std::size_t i = 0; i < matches.size(); ++i)
        json.push_back({{"name", points[i].name},
                        {"from", {matches[i].from.x, matches[i].from.y}},
                        {"to", {matches[i].to.x, matches[i].to.y}},
                        {"roundTripPx", matches[i].roundTripPx},
                        {"confidence", matches[i].confidence},
                        {"trust", nameOf(matches[i].trust)}});
    return json;
}

Status match(const MatchArguments& arguments, const CliContext& context) {
    VITRINE_TRY(ChairSession chairs, openChairSession(arguments.model, context));
    CorrespondenceSession session(std::move(chairs));
    VITRINE_TRY(const CorrespondenceRecipe recipe, recipeFor(arguments, session.info()));
    VITRINE_TRY(const CorrespondenceRequest request, requestOf(recipe, session.info().styleIds));
    VITRINE_TRY(const CorrespondenceResult result,
                session.match(request, context.jobContext(), context.threads));
    VITRINE_CHECK(checkPoints(recipe.points, result));
    std::vector<PointMatch> matches;
    for (const NamedPoint& point : recipe.points) matches.push_back(matchPoint(result, point.place));
    VITRINE_CHECK(writeCorrespondence(result, matches, recipe, arguments.out));
    nlohmann::json answer = describeModel(session.info());
    answer["out"] = arguments.out;
    answer["frames"] = result.frames.size();
    answer["points"] = describe(recipe.points, matches);
    answer["milliseconds"] = {{"generate", result.generateMs},
                              {"flow", result.matching.flowMs},
                              {"concatenate", result.matching.concatenateMs}};
    context.answer(answer,
                   matchesToCsv(recipe.points, matches) +
                       "points, flows, pictures and the morph written to " + arguments.out);
    return {};
}

Status benchMatch(const CorrespondenceBenchOptions& options,
                  const MatchOptions& arguments,
                  const std::string& model,
                  const CliContext& context) {
    setComputeThreads(context.threads);
    CorrespondenceBenchOptions bench = options;
    VITRINE_TRY(bench.model, modelFile(model));
    bench.request = requestOf(arguments);
    bench.request.from = pureStyle(0), bench.request.to = pureStyle(1);
    bench.numThreads = context.threads;
    VITRINE_TRY(const CorrespondenceBench result, benchCorrespondence(bench, context.jobContext()));
    std::string shares;
    for (const auto& [name, share] : result.shares)
        shares += fmt::format("{}{} {:.0f}%", shares.empty() ? "" : ", ", name, 100 * share);
    const std::string text = fmt::format(
        "{} frames, {} flows and both concatenations on {}: ours {:.0f} ms, literal {:.0f} ms, {:.1f}x\n"
        "share of our time: {}\n",
        result.numFrames,
        result.numFlows,
        result.device,
        result.totalMs,
        result.literalMs,
        result.ratio(),
        shares);
    context.answer({{"totalMs", result.totalMs},
                    {"literalMs", result.literalMs},
                    {"ratio", result.ratio()},
                    {"shares", result.shares},
                    {"frames", result.numFrames},
                    {"flows", result.numFlows},
                    {"device", result.device}},
                   text);
    return {};
}

}  // namespace

void addMatchOptions(CLI::App& command, MatchOptions& options) {
    command.add_option("--stride", options.stride, "Frames from one flow to the next; 1 = neighbours")
        ->check(CLI::Range(1, CorrespondenceRequest::kMaxFrames));
    command.add_option("--frames", options.numFrames, "Pictures of the morph, both chairs included")
        ->check(CLI::Range(1, CorrespondenceRequest::kMaxFrames));
    command
        .add_option(
            "--weights", options.weights, "Steps of the morph: linear, or the paper's, dense in the middle")
        ->check(CLI::IsMember({"linear", "paper"}));
    std::vector<std::string> keys;
    for (const FlowMethod method : flowMethods()) keys.emplace_back(keyOf(method));
    command.add_option("--method", options.method, "Flow between neighbours")->check(CLI::IsMember(keys));
    command.add_flag("--guide,!--no-guide",
                     options.isGuided,
                     "Guide the search by the other chair's proportions (along a morph, DIS and SIFT flow)");
    command.add_flag("--direct", options.isDirect, "Match A and B without a morph");
}

CorrespondenceRequest requestOf(const MatchOptions& options) {
    CorrespondenceRequest request;
    request.numFrames = options.numFrames;
    request.stride = options.stride;
    request.isGuided = options.isGuided;
    request.schedule = options.weights == "paper" ? MorphSchedule::Paper : MorphSchedule::Linear;
    request.method = flowMethodOf(options.method).value_or(FlowMethod::Dis);
    request.route = options.isDirect ? CorrespondenceRoute::Direct : CorrespondenceRoute::Morph;
    return request;
}

namespace {

void addMatchCommand(CLI::App& app, CliContext& context) {
    const auto arguments = std::make_shared<MatchArguments>();
    CLI::App& command =
        *app.add_subcommand("match", "Find points of one chair on another, along the morph between them");
    command.add_option("--from", arguments->from, "Chair A: ID[:weight],...")->required();
    command.add_option("--to", arguments->to, "Chair B: ID[:weight],...")->required();
    command
        .add_option("--points", arguments->points, "CSV of points on A with columns x, y (pixels) and name")
        ->required();
    command.add_option("--azimuth", arguments->azimuthDeg, "Degrees; 0 = the front")
        ->check(CLI::Range(-360.0, 360.0));
    command.add_option("--elevation", arguments->elevationDeg, "Degrees above the horizon")
        ->check(CLI::Range(-90.0, 90.0));
    addMatchOptions(command, *arguments);
    addModelOption(command, arguments->model);
    command.add_option("--out", arguments->out, "Folder for points, flows and pictures")->required();
    setAction(command, [arguments, &context] { return match(*arguments, context); });
}

void addBenchMatch(CLI::App& bench, CliContext& context) {
    struct Arguments : MatchOptions {
        std::string model;
        CorrespondenceBenchOptions bench;
    };
    const auto arguments = std::make_shared<Arguments>();
    CLI::App& command = *bench.add_subcommand(
        "match", "Time a match along a morph against the straightforward implementation");
    // The paper's whole work: a flow between all neighbours.
    arguments->stride = 1, arguments->isGuided = false;
    addMatchOptions(command, *arguments);
    addModelOption(command, arguments->model);
    command.add_option("--rounds", arguments->bench.numRounds, "Measurements of each")
        ->check(CLI::Range(1, 100));
    setAction(command, [arguments, &context] {
        return benchMatch(arguments->bench, *arguments, arguments->model, context);
    });
}

Result<Replayed> matchAgain(const ReplayArguments& arguments,
                            const std::string& text,
                            const CliContext& context) {
    VITRINE_TRY(const CorrespondenceRecipe recipe, correspondenceRecipeFromJson(text));
    VITRINE_TRY(ChairSession chairs, openChairSession(arguments.model, context));
    CorrespondenceSession session(std::move(chairs));
    VITRINE_TRY(const CorrespondenceRequest request, requestOf(recipe, session.info().styleIds));
    VITRINE_TRY(const CorrespondenceResult result,
                session.match(request, context.jobContext(), context.threads));
    std::vector<PointMatch> matches;
    for (const NamedPoint& point : recipe.points) matches.push_back(matchPoint(result, point.place));
    const Image picture = partPicture(result, matches, recipe.part);
    return Replayed{picture, text, session.info().weightsHash, [picture, text](const std::string& file) {
                        return writePng(file, picture, text);
                    }};
}

const RegisteredCommand kMatchCommand{CommandGroup::Explore, "match", addMatchCommand};
const RegisteredCommand kBenchMatchCommand{CommandGroup::OfBench, "match", addBenchMatch};
const RegisteredReplay kCorrespondenceReplay{kCorrespondenceRecipeFormat, matchAgain};

}  // namespace

}  // namespace vitrine
