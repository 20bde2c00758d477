// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <memory>
#include <string_view>

#include "app/cli/commands/registry.h"
#include "core/base/fields.h"
#include "core/base/folders.h"
#include "core/data/chair_catalogue.h"
#include "core/data/packed_chairs.h"
#include "core/io/image_file.h"
#include "core/io/safetensors.h"
#include "core/nets/completion_net_options.h"
#include "core/nets/compute.h"
#include "core/recipe/recipe_file.h"
#include "core/sessions/chair_session.h"
#include "core/sessions/segmentation_session.h"

namespace vitrine {
namespace {

std::string millions(std::int64_t count) {
    return fmt::format("{:.1f} M", double(count) / 1e6);
}

std::vector<std::filesystem::path> weightFilesInTheBox() {
    std::vector<std::filesystem::path> files;
    std::error_code fault;
    for (const auto& entry : std::filesystem::directory_iterator(modelFolder(), fault)) {
        if (entry.path().extension() == ".safetensors") files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

/// A network in a weight file, whatever it does.
struct Described {
    nlohmann::json facts;
    std::string text;
};

Described describe(const ChairModelInfo& model) {
    return {{{"name", model.file.stem().string()},
             {"file", model.file.string()},
             {"preset", model.name},
             {"parameters", model.numParameters},
             {"size", model.size},
             {"styles", model.numStyles},
             {"styleDimensions", model.styleDimensions},
             {"step", model.step},
             {"styleIds", model.styleIds}},
            fmt::format("{}: {}, {} parameters, {} chairs at {} pixels, step {}\n",
                        model.file.filename().string(),
                        model.name,
                        millions(model.numParameters),
                        model.numStyles,
                        model.size,
                        model.step)};
}

Described describe(const SegmentationModelInfo& model) {
    return {{{"name", model.file.stem().string()},
             {"file", model.file.string()},
             {"variant", model.variant},
             {"parameters", model.numParameters},
             {"size", model.size},
             {"classes", model.classNames},
             {"step", model.step}},
            fmt::format("{}: {}, {} parameters, {} classes at {} pixels, step {}\n",
                        model.file.filename().string(),
                        model.variant,
                        millions(model.numParameters),
                        model.numClasses,
                        model.size,
                        model.step)};
}

Described describe(const std::filesystem::path& file, const CompletionNetOptions& model) {
    return {{{"name", file.stem().string()},
             {"file", file.string()},
             {"variant", nameOf(model.variant)},
             {"parameters", numParameters(model)},
             {"quadrants", model.numQuadrants}},
            fmt::format("{}: {}, {} parameters, completes pictures of which it observes {} quadrants\n",
                        file.filename().string(),
                        nameOf(model.variant),
                        millions(numParameters(model)),
                        model.numQuadrants)};
}

Result<Described> describeWeights(const std::filesystem::path& path, const SafetensorsFile& file) {
    const auto found = file.metadata().find("architecture");
    const std::string architecture = found == file.metadata().end() ? "" : found->second;
    if (architecture == "structured-predictor" || architecture == "token-predictor") {
        VITRINE_TRY(const SegmentationSession labels, SegmentationSession::open(path));
        return describe(labels.info());
    }
    if (architecture == "quadrant-nets") {
        VITRINE_TRY(const CompletionNetOptions quadrants,
                    CompletionNetOptions::fromMetadata(file.metadata()));
        return describe(path, quadrants);
    }
    VITRINE_TRY(const ChairModelInfo chairs, ChairSession::inspect(path));
    return describe(chairs);
}

Status tellAboutProgram(const CliContext& context) {
    setComputeThreads(context.threads);
    nlohmann::json result = {{"version", VITRINE_VERSION},
                             {"torch", torchVersion()},
                             {"devices", computeDevices()},
                             {"models", nlohmann::json::array()}};
    std::string text = "Vitrine " VITRINE_VERSION ", LibTorch " + torchVersion() + "\n";
    for (const std::string& device : computeDevices()) text += "device: " + device + "\n";
    for (const auto& file : weightFilesInTheBox()) {
        const auto model = [&]() -> Result<Described> {
            VITRINE_TRY(const SafetensorsFile weights, SafetensorsFile::read(file));
            return describeWeights(file, weights);
        }();
        result["models"].push_back(model ? model->facts
                                         : nlohmann::json{{"name", file.stem().string()},
                                                          {"file", file.string()},
                                                          {"parameters", 0},
                                                          {"error", model.error().message}});
        text += "model: " + (model ? model->text : model.error().message + "\n");
    }
    if (result["models"].empty())
        text += "no model in " + modelFolder().string() + "; train one, or name a file with --model\n";
    context.answer(result, text);
    return {};
}

bool startsWith(const std::filesystem::path& file, std::string_view signature) {
    std::string first(signature.size(), '\0');
    std::ifstream(file, std::ios::binary).read(first.data(), std::streamsize(first.size()));
    return first == signature;
}

/// Of which readImage() makes no picture.
bool isAnimatedWebP(const std::filesystem::path& file) {
    if (!startsWith(file, "RIFF")) return false;
    const auto picture = readImage(file);
    return !picture && picture.error().code == ErrorCode::Unsupported;
}

Result<nlohmann::json> recipeIn(const std::filesystem::path& file) {
    VITRINE_TRY(const auto text, readRecipe(file));
    if (!text) return nlohmann::json(nullptr);
    nlohmann::json recipe = jsonOfText(*text);
    if (!recipe.is_discarded()) return recipe;
    return Error{ErrorCode::BadFormat,
                 "The recipe inside " + file.string() + " is damaged; take a picture that Vitrine exported."};
}

/// With long texts, such as pictures inside, told by their length.
nlohmann::json abridged(nlohmann::json recipe) {
    constexpr std::size_t kLongText = 200;
    for (auto& field : recipe)
        if (field.is_string() && field.get_ref<const std::string&>().size() > kLongText)
            field = fmt::format("({} characters)", field.get_ref<const std::string&>().size());
    return recipe;
}

void answerRecipe(nlohmann::json result,
                  const nlohmann::json& recipe,
                  const std::string& text,
                  const CliContext& context) {
    result["recipe"] = recipe;
    context.answer(
        result,
        text + (recipe.is_null() ? "no recipe inside" : "with this recipe:\n" + abridged(recipe).dump(2)));
}

Status tellAboutAnimation(const std::filesystem::path& file, const CliContext& context) {
    VITRINE_TRY(const nlohmann::json recipe, recipeIn(file));
    answerRecipe({{"kind", "animation"}, {"file", file.string()}},
                 recipe,
                 file.filename().string() + ": an animation, ",
                 context);
    return {};
}

Status tellAboutPicture(const std::filesystem::path& file, const CliContext& context) {
    VITRINE_TRY(const nlohmann::json recipe, recipeIn(file));
    VITRINE_TRY(const Image image, readImage(file));
    answerRecipe(
        {{"kind", "picture"}, {"file", file.string()}, {"width", image.width}, {"height", image.height}},
        recipe,
        fmt::format("{}: {} x {} pixels, ", file.filename().string(), image.width, image.height),
        context);
    return {};
}

Status tellAboutPackedSet(const std::filesystem::path& file, const CliContext& context) {
    VITRINE_TRY(const PackedChairs chairs, PackedChairs::open(file));
    const auto numHeldOut = std::ranges::count_if(chairs.views(), isHeldOut);
    context.answer({{"kind", "dataset"},
                    {"file", file.string()},
                    {"size", chairs.size()},
                    {"views", chairs.views().size()},
                    {"heldOut", numHeldOut},
                    {"styles", chairs.styleIds()},
                    {"hash", chairs.dataHash()}},
                   fmt::format("{}: {} views of {} chairs, {} pixels a side, {} views held out\nhash {}",
                               file.filename().string(),
                               chairs.views().size(),
                               chairs.styleIds().size(),
                               chairs.size(),
                               numHeldOut,
                               chairs.dataHash()));
    return {};
}

Status tellAboutWeights(const std::filesystem::path& path, const CliContext& context) {
    VITRINE_TRY(const SafetensorsFile file, SafetensorsFile::read(path));
    VITRINE_TRY(Described model, describeWeights(path, file));
    nlohmann::json result = std::move(model.facts);
    result["kind"] = "weights";
    result["metadata"] = file.metadata();
    result["tensors"] = nlohmann::json::array();
    for (const auto& [name, view] : file.tensors()) {
        result["tensors"].push_back(
            {{"name", name}, {"type", tensorTypeName(view.type)}, {"shape", view.shape}});
    }
    std::string text = std::move(model.text);
    for (const auto& [key, value] : file.metadata()) text += "  " + key + ": " + value + "\n";
    context.answer(result, text);
    return {};
}

Status tellAboutFile(const std::filesystem::path& file, const CliContext& context) {
    std::error_code fault;
    if (std::filesystem::is_directory(file, fault)) {
        return Error{ErrorCode::InvalidArgument,
                     file.string() +
                         " is a folder; name a file in it, or use \"vitrine-cli data check\" for a folder of "
                         "renders."};
    }
    if (!std::filesystem::is_regular_file(file, fault)) {
        return Error{ErrorCode::NotFound, "There is no file " + file.string() + "; check the name."};
    }
    if (startsWith(file, "GIF8")) return tellAboutAnimation(file, context);
    if (isAnimatedWebP(file)) return tellAboutAnimation(file, context);
    if (startsWith(file, "\x89PNG") || startsWith(file, "RIFF")) return tellAboutPicture(file, context);
    if (file.extension() == ".vpack") return tellAboutPackedSet(file, context);
    return tellAboutWeights(file, context);
}

void addInfoCommand(CLI::App& app, CliContext& context) {
    const auto file = std::make_shared<std::string>();
    CLI::App& command = *app.add_subcommand("info", "Describe this build, its devices and models, or a file");
    command.add_option("file", *file, "Weight file, packed set, or a PNG, GIF or WebP with its recipe");
    setAction(command, [file, &context] {
        return file->empty() ? tellAboutProgram(context) : tellAboutFile(*file, context);
    });
}

const RegisteredCommand kInfoCommand{CommandGroup::Inspect, "info", addInfoCommand};

}  // namespace

}  // namespace vitrine
