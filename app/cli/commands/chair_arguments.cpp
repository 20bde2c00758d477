// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands/chair_arguments.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>

#include "core/base/nearest_names.h"
#include "core/data/rendered_chairs.h"
#include "core/io/png.h"
#include "core/nets/compute.h"
#include "core/recipe/drawn_style.h"
#include "core/recipe/morph.h"
#include "core/recipe/style_file.h"

namespace vitrine {
namespace {

constexpr double kLargestWeight = 1000;
constexpr double kLargestTurnDeg = 3600;
// Beyond twice the paper's extrapolation figure nothing is left of a chair.
constexpr float kThetaAllowance = 2;
constexpr int kMaxAxisValues = 4096;
constexpr double kMaxPixels = 256e6;

std::vector<std::string> split(const std::string& text, char separator) {
    std::vector<std::string> parts(1);
    for (char c : text) {
        if (c == separator)
            parts.emplace_back();
        else
            parts.back() += c;
    }
    return parts;
}

Result<double> parseNumber(const std::string& text, const std::string& what) {
    double value = 0;
    const char* const end = text.data() + text.size();
    const auto [rest, fault] = std::from_chars(text.data(), end, value);
    if (fault == std::errc() && rest == end && std::isfinite(value)) return value;
    return invalidArgument("\"" + text + "\" is not a number; " + what + ".");
}

Result<int> styleIndex(const std::string& idOrIndex, const ChairModelInfo& model) {
    if (const auto known = styleIndexOf(idOrIndex, model.styleIds)) return *known;
    int index = 0;
    const char* const end = idOrIndex.data() + idOrIndex.size();
    const auto [rest, fault] = std::from_chars(idOrIndex.data(), end, index);
    if (fault != std::errc() || rest != end) {
        return Error{ErrorCode::NotFound,
                     "The model does not know the style \"" + idOrIndex + "\"; the nearest are " +
                         nearestNames(model.styleIds, idOrIndex) + "."};
    }
    if (index >= 0 && index < model.numStyles) return index;
    return invalidArgument(
        fmt::format("There is no style number {}; the model's are 0 to {}.", idOrIndex, model.numStyles - 1));
}

/// "ID[:weight]", or a file of a style in place of the id.
Result<RecipeMix> parseStyle(const std::string& text, const ChairModelInfo& model) {
    const std::size_t colon = namesStyleFile(text) ? std::string::npos : text.rfind(':');
    const std::string id = text.substr(0, colon);
    if (id.empty() || (!namesStyleFile(id) && id.find(':') != std::string::npos))
        return invalidArgument("\"" + text + "\" is not a style; write ID or ID:weight.");
    double weight = 1;
    if (colon != std::string::npos) {
        VITRINE_TRY(weight, parseNumber(text.substr(colon + 1), "write a style as ID or ID:weight"));
    }
    if (std::abs(weight) > kLargestWeight)
        return invalidArgument("The weight of \"" + id + "\" is out of range; use -1000 to 1000.");
    if (!namesStyleFile(id)) {
        VITRINE_TRY(const int index, styleIndex(id, model));
        return RecipeMix{{styleIdOf(index, model.styleIds), index, float(weight)}};
    }
    VITRINE_TRY(RecipeMix mix, readStyleFile(id, model));
    for (RecipeStyle& style : mix) style.weight *= float(weight);
    return mix;
}

std::string thetaKeys() {
    std::string keys;
    for (const ThetaRange& range : thetaRanges()) keys += std::string(keys.empty() ? "" : ", ") + range.key;
    return keys;
}

Result<Theta> parseTheta(const std::vector<std::string>& texts) {
    std::array<float, kThetaSize> values{};
    for (const std::string& list : texts) {
        for (const std::string& text : split(list, ',')) {
            const auto parts = split(text, '=');
            const auto ranges = thetaRanges();
            const auto range = std::find_if(
                ranges.begin(), ranges.end(), [&](const ThetaRange& r) { return parts[0] == r.key; });
            if (parts.size() != 2 || range == ranges.end()) {
                return invalidArgument("\"" + text +
                                       "\" is not a transformation; write key=value with a key of " +
                                       thetaKeys() + ".");
            }
            VITRINE_TRY(const double value, parseNumber(parts[1], "write a transformation as key=value"));
            const float limit = kThetaAllowance * range->extrapolated;
            if (std::abs(value) > limit)
                return invalidArgument(
                    fmt::format("{} is out of range; use {:g} to {:g} (trained: {:g} to {:g}).",
                                text,
                                -limit,
                                limit,
                                -range->trained,
                                range->trained));
            values[std::size_t(range - ranges.begin())] = float(value);
        }
    }
    return Theta::fromValues(values);
}

Result<UnitBoost> parseBoost(const std::string& text) {
    const std::string usage = "write LAYER:UNIT=value, e.g. FC-4:12=20";
    const auto parts = split(text, '='), unit = split(parts[0], ':');
    if (parts.size() != 2 || unit.size() != 2)
        return invalidArgument("\"" + text + "\" is no unit with a value; " + usage + ".");
    VITRINE_TRY(const double number, parseNumber(unit[1], usage));
    VITRINE_TRY(const double value, parseNumber(parts[1], usage));
    if (number != std::floor(number) || std::abs(number) > 1e6)
        return invalidArgument("\"" + unit[1] + "\" is no unit; " + usage + ".");
    return UnitBoost{unit[0], int(number), float(value)};
}

void setBackground(const std::string& text, ChairRecipe& recipe) {
    if (text == "white")
        recipe.background = BackgroundKind::White;
    else if (text == "black")
        recipe.background = BackgroundKind::Black;
    else if (text == "checker" || text == "checkerboard")
        recipe.background = BackgroundKind::Checkerboard;
    else if (text == "transparent")
        recipe.background = BackgroundKind::Transparent;
    else {
        recipe.background = BackgroundKind::Picture;
        recipe.backgroundFile = std::filesystem::absolute(text).lexically_normal().string();
    }
}

PictureChannel channelOf(const std::string& text) {
    return text == "rgb"    ? PictureChannel::Rgb
           : text == "mask" ? PictureChannel::Mask
                            : PictureChannel::Composite;
}

}  // namespace

void addModelOption(CLI::App& command, std::string& model) {
    command.add_option("--model", model, "Weight file; default: the bundled model");
}

void addChairOptions(CLI::App& command, ChairArguments& arguments) {
    addModelOption(command, arguments.model);
    command.add_option("--azimuth", arguments.azimuthDeg, "Degrees; 0 = the front")
        ->check(CLI::Range(-kLargestTurnDeg, kLargestTurnDeg));
    command.add_option("--elevation", arguments.elevationDeg, "Degrees above the horizon")
        ->check(CLI::Range(-90.0, 90.0));
    command
        .add_option("--theta",
                    arguments.theta,
                    "Transformation, key=value[,key=value]: " + thetaKeys() +
                        "; angles in radians, zoom, stretch, saturation and brightness as logarithms")
        ->default_str("");
    command
        .add_option("--boost",
                    arguments.boosts,
                    "LAYER:UNIT=value, added to the activation of a unit; \"unit --search\" finds units")
        ->default_str("");
    command.add_option(
        "--background", arguments.background, "white, black, checker, transparent or a picture file");
    command.add_option("--channel", arguments.channel, "What to show")
        ->check(CLI::IsMember({"composite", "rgb", "mask"}));
    command.add_option("--size", arguments.size, "Side of each picture in pixels; default: the network's")
        ->check(CLI::Range(8, 4096));
}

Result<std::filesystem::path> modelFile(const std::string& model) {
    if (!model.empty()) return std::filesystem::path(model);
    std::filesystem::path file = ChairSession::defaultModel();
    std::error_code fault;
    if (std::filesystem::exists(file, fault)) return file;
    return Error{ErrorCode::NotFound,
                 "There is no bundled model (" + file.string() +
                     "); train one with \"vitrine-cli train\", or name a weight file with --model."};
}

Result<ChairSession> openChairSession(const std::string& model, const CliContext& context) {
    setComputeThreads(context.threads);
    VITRINE_TRY(const std::filesystem::path file, modelFile(model));
    return ChairSession::open(file,
                              context.device == "cuda"  ? Device::Cuda
                              : context.device == "cpu" ? Device::Cpu
                                                        : Device::Auto,
                              context.precision);
}

Result<RecipeMix> parseMix(const std::string& text, const ChairModelInfo& model) {
    RecipeMix mix;
    for (const std::string& part : split(text, ',')) {
        VITRINE_TRY(const RecipeMix style, parseStyle(part, model));
        mix.insert(mix.end(), style.begin(), style.end());
    }
    return mix;
}

Result<RecipeAxis> parseAxis(const std::string& text, const ChairModelInfo& model) {
    const std::string usage = "write an axis as PARAMETER=from:to:count or PARAMETER=value,value";
    const std::size_t equals = text.find('=');
    RecipeAxis axis{text.substr(0, equals), {}};
    if (equals == std::string::npos ||
        std::ranges::find(axisParameters(), axis.parameter) == axisParameters().end()) {
        std::string names;
        for (std::string_view name : axisParameters())
            names += (names.empty() ? "" : ", ") + std::string(name);
        return invalidArgument("\"" + text + "\" is not an axis; " + usage + " with a parameter of " + names +
                               ".");
    }
    const std::string values = text.substr(equals + 1);
    if (const auto range = split(values, ':'); range.size() == 3) {
        VITRINE_TRY(const double from, parseNumber(range[0], usage));
        VITRINE_TRY(const double to, parseNumber(range[1], usage));
        VITRINE_TRY(const double count, parseNumber(range[2], usage));
        if (count < 1 || count > kMaxAxisValues || count != std::floor(count))
            return invalidArgument("An axis takes 1 to 4096 values.");
        axis.values = linearValues(from, to, int(count));
        return axis;
    }
    for (const std::string& value : split(values, ',')) {
        if (axis.parameter == "chair") {
            VITRINE_TRY(const int index, styleIndex(value, model));
            axis.values.push_back(index);
        } else {
            VITRINE_TRY(const double number, parseNumber(value, usage));
            axis.values.push_back(number);
        }
    }
    return axis;
}

Result<ChairRecipe> startRecipe(const ChairArguments& arguments, const ChairModelInfo& model) {
    ChairRecipe recipe;
    recipe.model = model.name;
    recipe.modelStep = model.step;
    recipe.weightsHash = model.weightsHash;
    recipe.view = {arguments.azimuthDeg, arguments.elevationDeg};
    VITRINE_TRY(recipe.theta, parseTheta(arguments.theta));
    for (const std::string& text : arguments.boosts) {
        VITRINE_TRY(UnitBoost boost, parseBoost(text));
        recipe.boosts.push_back(std::move(boost));
    }
    recipe.channel = channelOf(arguments.channel);
    setBackground(arguments.background, recipe);
    return recipe;
}

Result<std::vector<Image>> renderRecipe(ChairSession& session, const ChairRecipe& recipe, int size) {
    VITRINE_TRY(const Background background, backgroundOf(recipe));
    VITRINE_TRY(const auto requests, requestsOf(recipe, session.info().styleIds));
    const int side = session.info().size;
    if (const double pixelsPerSide = size == 0 ? side : size;
        double(requests.size()) * pixelsPerSide * pixelsPerSide > kMaxPixels) {
        return invalidArgument(
            fmt::format("That would be more than {} million pixels; ask for fewer or smaller pictures.",
                        int(kMaxPixels / 1e6)));
    }
    VITRINE_TRY(auto pictures, session.generate(requests));
    if (size != 0 && size != side) {
        for (ChairPicture& picture : pictures)
            picture.premultiplied = resampleSquare(picture.premultiplied, 0, 0, side, size);
    }
    return finishPictures(recipe, background, pictures);
}

Status checkPngName(const std::string& file) {
    std::string ending = std::filesystem::path(file).extension().string();
    std::ranges::transform(ending, ending.begin(), [](unsigned char c) { return char(std::tolower(c)); });
    if (ending == ".png") return {};
    return invalidArgument(file +
                           " cannot be written: pictures are PNG files; give a name that ends in .png.");
}

Result<std::string> writeWithRecipe(const std::string& file, const Image& picture, ChairRecipe recipe) {
    VITRINE_CHECK(checkPngName(file));
    recipe.pictureHash = pictureHash(picture);
    VITRINE_CHECK(writePng(file, picture, recipeToJson(recipe)));
    return recipe.pictureHash;
}

nlohmann::json describeModel(const ChairModelInfo& model) {
    return {{"model", model.file.string()},
            {"preset", model.name},
            {"step", model.step},
            {"device", model.device}};
}

}  // namespace vitrine
