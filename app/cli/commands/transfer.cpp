// SPDX-License-Identifier: GPL-3.0-or-later
// transfer: a target chair with and without knowledge transfer, beside the nearest source chair and itself.
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "app/cli/commands/chair_arguments.h"
#include "app/cli/commands/registry.h"
#include "app/cli/commands/replay.h"
#include "app/cli/commands/transfer_arguments.h"
#include "core/base/log.h"
#include "core/io/png.h"
#include "core/recipe/compose.h"
#include "core/recipe/transfer_nearest.h"
#include "core/render/chair_renderer.h"
#include "core/sessions/transfer_session.h"

namespace vitrine {
namespace {

struct TransferArguments {
    std::string models, target, out;
    std::string views = "4", without = "few", likeness = "rgb";
    float azimuthDeg = 58, elevationDeg = 20;
    bool isStrip = false;
};

/// Everything that a picture of the comparison is made of.
struct TransferComparison {
    TransferResult result;
    TransferNeighbours beside;
    std::string nearestId;  ///< empty: none is rendered
};

template <class Enum>
Enum valueNamed(const std::vector<std::string>& names, const std::string& name) {
    return Enum(std::ranges::find(names, name) - names.begin());
}

Result<TransferSession> openTransferSession(const std::string& models, const CliContext& context) {
    const std::filesystem::path folder = transferFolder(models);
    VITRINE_TRY(auto networks, openTransferNetworks(folder, context));
    return TransferSession(folder, std::move(networks));
}

TransferRecipe recipeFor(const TransferArguments& arguments, const TransferModelInfo& model) {
    TransferRecipe recipe;
    if (!arguments.models.empty()) recipe.models = std::filesystem::absolute(arguments.models).string();
    recipe.weightsHash = model.weightsHash;
    recipe.request = {arguments.target,
                      valueNamed<TransferSetting>(transferSettingNames(), arguments.views),
                      {arguments.azimuthDeg, arguments.elevationDeg}};
    recipe.without = valueNamed<WithoutTransfer>(withoutTransferNames(), arguments.without);
    recipe.likeness = valueNamed<TransferLikeness>(transferLikenessNames(), arguments.likeness);
    recipe.part = arguments.isStrip ? TransferPart::Strip : TransferPart::Views;
    return recipe;
}

/// Empty where its mesh is not here.
Image renderBeside(const ChairEntry* chair, const ChairView& view, int size) {
    if (!chair) return {};
    const auto model = ChairModel::load(*chair);
    if (model) return model->render(view, {.size = size}).premultiplied;
    logWarning(model.error().message);
    return {};
}

Result<TransferComparison> compareTransfer(TransferSession& session, const TransferRecipe& recipe) {
    TransferComparison comparison;
    VITRINE_TRY(comparison.result, session.draw(recipe.request));
    const int size = session.info().size;
    const std::vector<ChairEntry> chairs = realChairs();
    const auto nearest = readNearestSources(nearestSourcesFile(session.info().folder));
    if (!nearest) logWarning(nearest.error().message);
    const ChairsBeside beside = chairsBeside(
        chairs, nearest ? *nearest : std::vector<NearestSource>(), recipe.request, recipe.likeness);
    comparison.beside.real = renderBeside(beside.real, recipe.request.view, size);
    comparison.beside.nearest = renderBeside(beside.nearest, recipe.request.view, size);
    if (!comparison.beside.nearest.empty()) comparison.nearestId = beside.nearest->id;
    return comparison;
}

/// Errors: NotFound (no network of this setting).
Result<Image> comparisonSheet(const TransferComparison& comparison, const TransferRecipe& recipe) {
    if (!comparison.result.of(SourceViews::All).empty() ||
        !comparison.result.of(sourcesOf(recipe.without)).empty())
        return transferSheet(comparison.result, recipe.without, comparison.beside);
    return Error{ErrorCode::NotFound,
                 "There is no network of this setting; experiments/chairs/transfer trains it."};
}

Result<Image> stripPicture(TransferSession& session, const TransferRecipe& recipe) {
    VITRINE_TRY(const auto strip, session.strip(recipe.request.target, sourcesOf(recipe.without)));
    const Image sheet = transferStripSheet(strip);
    if (!sheet.empty()) return sheet;
    return Error{ErrorCode::NotFound,
                 "There is no network for a row of the strip; experiments/chairs/transfer trains them."};
}

/// JSON has no infinity: nlohmann writes null instead.
nlohmann::json psnrOf(const Image& picture, const Image& real) {
    if (picture.empty() || real.empty()) return nullptr;
    return psnr(composeOver(picture, {}), composeOver(real, {}));
}

nlohmann::json describeTransfer(const TransferComparison& comparison, const TransferRecipe& recipe) {
    const Image& real = comparison.beside.real;
    return {{"given", isGivenView(recipe.request.setting, recipe.request.view)},
            {"nearest", comparison.nearestId},
            {"psnr",
             {{"with", psnrOf(comparison.result.of(SourceViews::All), real)},
              {"without", psnrOf(comparison.result.of(sourcesOf(recipe.without)), real)},
              {"nearest", psnrOf(comparison.beside.nearest, real)}}}};
}

Status transfer(const TransferArguments& arguments, const CliContext& context) {
    VITRINE_CHECK(checkPngName(arguments.out));
    VITRINE_TRY(TransferSession session, openTransferSession(arguments.models, context));
    TransferRecipe recipe = recipeFor(arguments, session.info());
    nlohmann::json answer = {{"out", arguments.out},
                             {"target", arguments.target},
                             {"views", arguments.views},
                             {"weightsHash", recipe.weightsHash}};
    Image picture;
    if (arguments.isStrip) {
        VITRINE_TRY(picture, stripPicture(session, recipe));
    } else {
        VITRINE_TRY(const TransferComparison comparison, compareTransfer(session, recipe));
        VITRINE_TRY(picture, comparisonSheet(comparison, recipe));
        recipe.hasNearest = !comparison.beside.nearest.empty();
        recipe.hasReal = !comparison.beside.real.empty();
        answer.update(describeTransfer(comparison, recipe));
    }
    VITRINE_CHECK(writePng(arguments.out, picture, recipeToJson(recipe)));
    context.answer(answer, "written to " + arguments.out);
    return {};
}

void addTransferCommand(CLI::App& app, CliContext& context) {
    const auto arguments = std::make_shared<TransferArguments>();
    CLI::App& command = *app.add_subcommand(
        "transfer", "Draw a chair of which few views were given, with and without knowledge transfer");
    command.add_option("target", arguments->target, "Id of a target chair, e.g. bar-chair")->required();
    command
        .add_option("--views",
                    arguments->views,
                    "Given azimuths of the target; elevation: all azimuths at 20 degrees")
        ->check(CLI::IsMember(transferSettingNames()));
    command.add_option("--azimuth", arguments->azimuthDeg, "Degrees; 0 = the front")
        ->check(CLI::Range(-360.0, 360.0));
    command.add_option("--elevation", arguments->elevationDeg, "Degrees above the horizon")
        ->check(CLI::Range(-90.0, 90.0));
    command
        .add_option("--without",
                    arguments->without,
                    "Without transfer: few views of all chairs, or the target chairs alone")
        ->check(CLI::IsMember(withoutTransferNames()));
    command.add_option("--nearest", arguments->likeness, "How the nearest source chair is found")
        ->check(CLI::IsMember(transferLikenessNames()));
    command.add_flag(
        "--strip",
        arguments->isStrip,
        "Draw a row for each number of given azimuths instead, with transfer above without, from "
        "one given view to the next");
    command.add_option("--models",
                       arguments->models,
                       "Folder with networks of experiments/chairs/transfer; default: the bundled ones");
    command.add_option("--out", arguments->out, "PNG to write")->required();
    setAction(command, [arguments, &context] { return transfer(*arguments, context); });
}

Status checkMeshes(const TransferRecipe& recipe, const TransferNeighbours& beside) {
    if ((!recipe.hasReal || !beside.real.empty()) && (!recipe.hasNearest || !beside.nearest.empty()))
        return {};
    return Error{
        ErrorCode::NotFound,
        "The picture shows chairs whose meshes are not here; import Pix3D (data import --pix3d DIR), "
        "and write the list of nearest chairs (eval transfer --write-nearest)."};
}

Result<Image> transferPictureAgain(TransferSession& session, const TransferRecipe& recipe) {
    if (recipe.part == TransferPart::Strip) return stripPicture(session, recipe);
    VITRINE_TRY(TransferComparison comparison, compareTransfer(session, recipe));
    VITRINE_CHECK(checkMeshes(recipe, comparison.beside));
    if (!recipe.hasReal) comparison.beside.real = {};
    if (!recipe.hasNearest) comparison.beside.nearest = {};
    return comparisonSheet(comparison, recipe);
}

Result<Replayed> transferAgain(const ReplayArguments& arguments,
                               const std::string& text,
                               const CliContext& context) {
    VITRINE_TRY(const TransferRecipe recipe, transferRecipeFromJson(text));
    VITRINE_TRY(TransferSession session,
                openTransferSession(arguments.model.empty() ? recipe.models : arguments.model, context));
    VITRINE_TRY(const Image picture, transferPictureAgain(session, recipe));
    return Replayed{picture, text, session.info().weightsHash, [picture, text](const std::string& file) {
                        return writePng(file, picture, text);
                    }};
}

const RegisteredCommand kTransferCommand{CommandGroup::Explore, "transfer", addTransferCommand};
const RegisteredReplay kTransferReplay{kTransferRecipeFormat, transferAgain};

}  // namespace

std::filesystem::path transferFolder(const std::string& models) {
    return models.empty() ? bundledTransferModels() : std::filesystem::path(models);
}

Result<std::vector<TransferModel>> openTransferNetworks(const std::filesystem::path& folder,
                                                        const CliContext& context) {
    return openTransferModels(folder, [&context](const std::filesystem::path& file) {
        return openChairSession(file.string(), context);
    });
}

}  // namespace vitrine
