// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/mask_labels.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "core/io/image_file.h"
#include "core/io/label_png.h"

namespace vitrine {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxLevels = 64;
/// Up to here numbers are taken as classes even if most of them are missing.
constexpr int kLargestPlainNumber = 64;
/// Of the pixels; between black and white lie edges.
constexpr double kMaxEdgeShare = 0.25, kMaxPlainEdgeShare = 0.05;
constexpr std::size_t kManyGreys = 16;

std::string countText(std::size_t number) {
    static const char* const kNames[] = {
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"};
    return (number < std::size(kNames) ? kNames[number] : std::to_string(number)) +
           std::string(number == 1 ? " class" : " classes");
}

std::string listText(const std::vector<std::string>& names) {
    constexpr std::size_t kMaxShown = 8;
    std::string text;
    for (std::size_t i = 0; i < std::min(names.size(), kMaxShown); ++i)
        text += (i == 0 ? "" : i + 1 == names.size() ? " and " : ", ") + names[i];
    return names.size() > kMaxShown ? text + ", ..." : text;
}

std::string nameOfColour(const MaskColour& colour) {
    static const char kDigits[] = "0123456789abcdef";
    std::string name = "#";
    for (const std::uint8_t value : colour) name += {kDigits[value >> 4], kDigits[value & 15]};
    return name;
}

bool isGrey(const MaskColour& colour) {
    return colour[0] == colour[1] && colour[0] == colour[2];
}

std::string nameOfLevel(const MaskColour& level) {
    return isGrey(level) ? std::to_string(level[0]) : nameOfColour(level);
}

/// Numbers of pixels by value, over all masks.
struct MaskHistogram {
    std::array<std::uint64_t, 256> counts{};
    std::uint64_t total = 0;

    bool has(int value) const { return counts[std::size_t(value)] > 0; }
    std::vector<int> values() const {
        std::vector<int> found;
        for (int value = 0; value < 256; ++value)
            if (has(value)) found.push_back(value);
        return found;
    }
};

Result<MaskHistogram> histogramOf(std::span<const fs::path> masks) {
    MaskHistogram histogram;
    for (const fs::path& mask : masks) {
        VITRINE_TRY(const LabelMap labels, readLabelPng(mask));
        for (const std::uint8_t value : labels.pixels) ++histogram.counts[value];
        histogram.total += labels.pixels.size();
    }
    return histogram;
}

MaskConvention numbers(const MaskHistogram& histogram) {
    MaskConvention convention;
    int largest = 1;
    std::vector<std::string> names;
    for (const int value : histogram.values())
        if (value != kUnknownLabel) {
            largest = std::max(largest, value);
            names.push_back(std::to_string(value));
        }
    for (int i = 0; i <= largest; ++i) convention.classNames.push_back(fmt::format("class {}", i));
    convention.text = listText(names) + ": class numbers, " + countText(convention.classNames.size());
    if (histogram.has(kUnknownLabel)) convention.text += "; 255 is unknown";
    return convention;
}

MaskConvention foreground(const std::string& found) {
    return {MaskRule::Foreground, {}, found + ": two classes", {"background", "foreground"}};
}

MaskConvention levels(MaskRule rule, std::vector<MaskColour> found) {
    MaskConvention convention{rule, std::move(found), {}, {}};
    std::vector<std::string> names;
    for (const MaskColour& level : convention.levels) {
        names.push_back(nameOfLevel(level));
        convention.classNames.push_back((isGrey(level) ? "grey " : "") + nameOfLevel(level));
    }
    convention.text = listText(names) + ": " + countText(names.size());
    return convention;
}

MaskConvention greyLevels(const MaskHistogram& histogram) {
    std::vector<MaskColour> found;
    for (const int value : histogram.values())
        found.push_back({std::uint8_t(value), std::uint8_t(value), std::uint8_t(value)});
    return levels(MaskRule::Greys, std::move(found));
}

/// In the order of red, green, blue: black comes first.
Result<MaskConvention> colourLevels(std::span<const fs::path> masks) {
    std::set<MaskColour> colours;
    for (const fs::path& mask : masks) {
        VITRINE_TRY(const Image image, readImage(mask));
        for (std::size_t i = 0; i < image.pixels.size(); i += std::size_t(image.channels)) {
            colours.insert({image.pixels[i], image.pixels[i + 1], image.pixels[i + 2]});
            if (colours.size() > kMaxLevels)
                return Error{ErrorCode::BadFormat,
                             fmt::format("{} brings the colours of the masks to more than {}; save masks "
                                         "without smoothing, as PNG.",
                                         mask.string(),
                                         kMaxLevels)};
        }
    }
    return levels(MaskRule::Colours, {colours.begin(), colours.end()});
}

bool hasSoftEdges(const MaskHistogram& histogram) {
    if (!histogram.has(0) || !histogram.has(255)) return false;
    const std::uint64_t numBetween = histogram.total - histogram.counts[0] - histogram.counts[255];
    const double share = double(numBetween) / double(histogram.total);
    const std::vector<int> values = histogram.values();
    if (values.size() < 3 || values[values.size() - 2] < 128) return false;
    return share <= (values.size() > kManyGreys ? kMaxEdgeShare : kMaxPlainEdgeShare);
}

/// Classes are numbered with few gaps; greys of a picture are far apart.
bool areClassNumbers(const std::vector<int>& values) {
    std::vector<int> known = values;
    std::erase(known, int(kUnknownLabel));
    return known.empty() || known.back() <= kLargestPlainNumber || known.back() < 2 * int(known.size());
}

Result<MaskConvention> guess(const MaskHistogram& histogram, std::size_t numNamed) {
    if (numNamed > 2) return numbers(histogram);
    const std::vector<int> values = histogram.values();
    if (values == std::vector{0, 255}) return foreground("0 and 255");
    if (hasSoftEdges(histogram)) return foreground("0 and 255 with soft edges, parted at 128");
    if (areClassNumbers(values)) return numbers(histogram);
    if (values.size() <= kManyGreys) return greyLevels(histogram);
    return Error{ErrorCode::InvalidArgument,
                 fmt::format("The masks hold {} grey levels, which may be class numbers or shades; say which "
                             "with --labels numbers or --labels foreground.",
                             values.size())};
}

Result<MaskConvention> conventionOf(std::span<const fs::path> masks,
                                    LabelChoice choice,
                                    std::size_t numNamed) {
    if (choice == LabelChoice::Colours) return colourLevels(masks);
    VITRINE_TRY(const MaskHistogram histogram, histogramOf(masks));
    const std::vector<int> values = histogram.values();
    const bool isOneClass =
        values.size() == 1 || (choice == LabelChoice::Numbers && values == std::vector{0, 255});
    if (isOneClass)
        return Error{
            ErrorCode::BadFormat,
            fmt::format("The masks hold the value {} alone; there is nothing to learn from one class.",
                        values.front())};
    if (choice == LabelChoice::Numbers) return numbers(histogram);
    if (choice == LabelChoice::Foreground && (values.back() < 128 || values.front() >= 128))
        return Error{ErrorCode::BadFormat,
                     std::string("The masks hold nothing ") +
                         (values.back() < 128 ? "from 128 on" : "below 128") +
                         ", so foreground and background cannot be told apart; choose other --labels."};
    if (choice == LabelChoice::Foreground) return foreground("below 128 and from 128 on");
    return choice == LabelChoice::Grey ? greyLevels(histogram) : guess(histogram, numNamed);
}

Error noClass(const fs::path& file, const LabelMap& labels, std::size_t pixel, const std::string& what) {
    return {ErrorCode::BadFormat,
            fmt::format("{} has {} at {}, {}",
                        file.string(),
                        what,
                        pixel % std::size_t(labels.width),
                        pixel / std::size_t(labels.width))};
}

/// `classOf`: of a colour; negative: none. `classes`: what they are called in messages.
template <class ClassOf>
Result<LabelMap> readColours(const fs::path& file, ClassOf classOf, const std::string& classes) {
    VITRINE_TRY(const Image image, readImage(file));
    LabelMap labels(image.width, image.height);
    for (std::size_t i = 0; i < labels.pixels.size(); ++i) {
        const std::uint8_t* pixel = &image.pixels[i * std::size_t(image.channels)];
        const int label = classOf(MaskColour{pixel[0], pixel[1], pixel[2]});
        if (label < 0) {
            Error error = noClass(file, labels, i, "a colour");
            error.message += classes;
            return error;
        }
        labels.pixels[i] = std::uint8_t(label);
    }
    return labels;
}

int lfwClassOf(const MaskColour& colour) {
    constexpr int kClasses[8] = {0, -1, -1, 1, 2, -1, -1, 3};
    return kClasses[(colour[0] >= 128 ? 1 : 0) + (colour[1] >= 128 ? 2 : 0) + (colour[2] >= 128 ? 4 : 0)];
}

/// Greys are numbers as they are stored, of whatever kind of PNG.
Result<LabelMap> readGreys(const fs::path& file, const std::vector<MaskColour>& classes) {
    VITRINE_TRY(LabelMap labels, readLabelPng(file));
    for (std::size_t i = 0; i < labels.pixels.size(); ++i) {
        const std::uint8_t value = labels.pixels[i];
        const auto found = std::ranges::find(classes, MaskColour{value, value, value});
        if (found == classes.end()) {
            Error error = noClass(file, labels, i, fmt::format("the grey level {}", int(value)));
            error.message += ", which is no class.";
            return error;
        }
        labels.pixels[i] = std::uint8_t(found - classes.begin());
    }
    return labels;
}

}  // namespace

Result<MaskConvention> findMaskConvention(std::span<const fs::path> masks,
                                          LabelChoice choice,
                                          std::size_t numNamed) {
    VITRINE_TRY(MaskConvention convention, conventionOf(masks, choice, numNamed));
    const std::size_t numFound = convention.classNames.size();
    if (numFound < 2)
        return Error{ErrorCode::BadFormat,
                     "The masks hold one colour alone; there is nothing to learn from one class."};
    // Names may be more than the classes that occur, but for levels the order is known from these alone.
    const bool isWrong = numNamed > 0 && convention.rule != MaskRule::ClassNumbers && numNamed != numFound;
    if (!isWrong) return convention;
    return Error{ErrorCode::BadFormat,
                 fmt::format("classes.txt names {} classes, but the masks have {} ({}).",
                             numNamed,
                             numFound,
                             convention.text)};
}

Result<LabelMap> readMask(const fs::path& file, const MaskConvention& convention) {
    if (convention.rule == MaskRule::LfwColours)
        return readColours(
            file,
            lfwClassOf,
            " that is neither black, yellow, blue nor white; these are the classes of LFW parts.");
    if (convention.rule == MaskRule::Greys) return readGreys(file, convention.levels);
    if (convention.rule == MaskRule::Colours) {
        std::map<MaskColour, int> classes;
        for (const MaskColour& level : convention.levels) classes.emplace(level, int(classes.size()));
        const auto classOf = [&](const MaskColour& colour) {
            const auto found = classes.find(colour);
            return found == classes.end() ? -1 : found->second;
        };
        return readColours(file, classOf, " that is no class.");
    }
    VITRINE_TRY(LabelMap labels, readLabelPng(file));
    if (convention.rule == MaskRule::Foreground)
        for (std::uint8_t& label : labels.pixels) label = label >= 128;
    return labels;
}

}  // namespace vitrine
