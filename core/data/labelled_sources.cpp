// SPDX-License-Identifier: GPL-3.0-or-later
// Where pictures and masks lie in CUB-200-2011, LFW parts and folders of one's own.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <sstream>

#include "core/base/random.h"
#include "core/data/labelled_pictures.h"

namespace vitrine {
namespace {

namespace fs = std::filesystem;

Status checkFolder(const fs::path& folder, const std::string& advice) {
    std::error_code ignored;
    if (fs::is_directory(folder, ignored)) return {};
    return Error{ErrorCode::NotFound, "There is no folder " + folder.string() + "; " + advice};
}

Status checkFile(const fs::path& file) {
    std::error_code ignored;
    if (fs::is_regular_file(file, ignored)) return {};
    return Error{ErrorCode::NotFound, "There is no file " + file.string() + "; unpack the data set again."};
}

/// "number text" lines, as all lists of CUB are, by number.
Result<std::map<int, std::string>> readNumbered(const fs::path& file) {
    VITRINE_TRY(const std::string text, readTextFile(file));
    std::map<int, std::string> entries;
    std::istringstream lines(text);
    std::string line;
    for (int number = 1; std::getline(lines, line); ++number) {
        std::istringstream words(line);
        int key = 0;
        std::string value, more;
        if (!(words >> key)) {
            if (words.eof()) continue;  // an empty line
            key = -1;
        }
        if (key < 0 || !(words >> value) || words >> more || !entries.emplace(key, value).second)
            return Error{
                ErrorCode::BadFormat,
                fmt::format("{} is damaged in line {}; unpack the data set again.", file.string(), number)};
    }
    return entries;
}

Result<std::string> entryOf(const std::map<int, std::string>& entries, int key, const fs::path& file) {
    const auto found = entries.find(key);
    if (found != entries.end()) return found->second;
    return Error{
        ErrorCode::BadFormat,
        fmt::format("{} has no entry for picture {}; unpack the data set again.", file.string(), key)};
}

/// Fisher-Yates, the same on every machine.
template <class T>
void shuffle(std::vector<T>& items, std::uint64_t seed) {
    Rng random({seed});
    for (std::size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[random.below(i)]);
}

/// The files of a folder that are no hidden ones, by name without ending.
std::map<std::string, fs::path> filesByStem(const fs::path& folder) {
    std::map<std::string, fs::path> files;
    std::error_code error;
    for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error))
        if (it->is_regular_file() && !it->path().filename().string().starts_with("."))
            files[it->path().stem().string()] = it->path();
    return files;
}

/// Pairs images/ with another folder. Errors: NotFound.
Result<std::vector<LabelledPicture>> pairByName(const fs::path& folder, const char* maskFolder) {
    const std::string advice = std::string("it belongs there beside ") + "the other one: images/ and " +
                               maskFolder + "/ with the same names.";
    VITRINE_CHECK(checkFolder(folder / "images", advice));
    VITRINE_CHECK(checkFolder(folder / maskFolder, advice));
    const auto images = filesByStem(folder / "images"), masks = filesByStem(folder / maskFolder);
    if (images.empty())
        return Error{ErrorCode::NotFound, "There are no pictures in " + (folder / "images").string() + "."};
    std::vector<LabelledPicture> pictures;
    for (const auto& [stem, image] : images) {
        const auto mask = masks.find(stem);
        if (mask == masks.end())
            return Error{ErrorCode::NotFound,
                         "There is no mask for " + image.string() + "; put " + stem + ".png into " +
                             (folder / maskFolder).string() + " or take the picture away."};
        pictures.push_back({image, mask->second, {}});
    }
    return pictures;
}

std::string personOf(const fs::path& image) {
    const std::string stem = image.stem().string();
    const auto end = stem.find_last_of('_');
    return end == std::string::npos || end == 0 ? stem : stem.substr(0, end);
}

/// One name a line.
Result<std::vector<std::string>> readClassNames(const fs::path& file) {
    VITRINE_TRY(const std::string text, readTextFile(file));
    std::vector<std::string> names;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.pop_back();
        if (!line.empty()) names.push_back(line);
    }
    if (names.size() >= 2 && names.size() <= 255) return names;
    return Error{
        ErrorCode::BadFormat,
        fmt::format("{} names {} classes; 2 to 255 are possible, one a line.", file.string(), names.size())};
}

}  // namespace

Result<LabelledPictures> openCub(const fs::path& folder, std::uint64_t seed) {
    VITRINE_CHECK(checkFolder(folder / "images", "choose the folder CUB_200_2011."));
    VITRINE_CHECK(
        checkFolder(folder / "segmentations", "unpack segmentations.tgz of the same data set there."));
    const fs::path classFile = folder / "image_class_labels.txt", splitFile = folder / "train_test_split.txt";
    VITRINE_TRY(const auto names, readNumbered(folder / "images.txt"));
    VITRINE_TRY(const auto classes, readNumbered(classFile));
    VITRINE_TRY(const auto isTrain, readNumbered(splitFile));
    LabelledPictures set;
    set.masks = {MaskRule::Foreground, {}, "below 128 and from 128 on: two classes", {}};
    set.header = {128, {"background", "bird"}, {}, "CUB-200-2011 with segmentations (Wah et al. 2011)"};
    std::map<std::string, int> groupOf;
    std::vector<std::size_t> training;
    for (const auto& [key, name] : names) {
        VITRINE_TRY(const std::string species, entryOf(classes, key, classFile));
        VITRINE_TRY(const std::string train, entryOf(isTrain, key, splitFile));
        const auto [group, isNew] = groupOf.emplace(species, int(groupOf.size()));
        if (isNew) set.header.groups.push_back(fs::path(name).parent_path().string());
        if (train == "1") training.push_back(set.pictures.size());
        LabelledPicture picture{folder / "images" / name,
                                (folder / "segmentations" / name).replace_extension(".png"),
                                {group->second, train == "1" ? Split::Train : Split::Test}};
        VITRINE_CHECK(checkFile(picture.image));
        VITRINE_CHECK(checkFile(picture.mask));
        set.pictures.push_back(std::move(picture));
    }
    shuffle(training, seed);
    for (std::size_t i = 0; i < training.size() / 10; ++i)
        set.pictures[training[i]].info.split = Split::Validation;
    return set;
}

Result<LabelledPictures> openLfwParts(const fs::path& folder, std::uint64_t seed) {
    LabelledPictures set;
    set.masks = {MaskRule::LfwColours, {}, "colours of LFW parts: four classes", {}};
    set.header = {128, {"background", "face", "clothes", "hair"}, {}, "LFW parts (Wang, Ai, Tang 2012)"};
    VITRINE_TRY(set.pictures, pairByName(folder, "labels"));
    std::map<std::string, std::vector<std::size_t>> picturesOf;
    for (std::size_t i = 0; i < set.pictures.size(); ++i)
        picturesOf[personOf(set.pictures[i].image)].push_back(i);
    for (const auto& [person, pictures] : picturesOf) {
        for (const std::size_t i : pictures) set.pictures[i].info.group = int(set.header.groups.size());
        set.header.groups.push_back(person);
    }
    std::vector<std::string> persons = set.header.groups;
    shuffle(persons, seed);
    std::size_t numSeen = 0;
    for (const std::string& person : persons) {
        const double share = double(numSeen) / double(set.pictures.size());
        const Split split = share < 0.4 ? Split::Train : share < 0.5 ? Split::Validation : Split::Test;
        for (const std::size_t i : picturesOf[person]) set.pictures[i].info.split = split;
        numSeen += picturesOf[person].size();
    }
    return set;
}

Result<LabelledPictures> openMaskFolder(const fs::path& folder,
                                        std::uint64_t seed,
                                        const SplitShares& shares,
                                        LabelChoice labels) {
    if (shares.training < 0 || shares.validation < 0 || shares.training + shares.validation > 1)
        return Error{ErrorCode::InvalidArgument,
                     "The shares of training and validation must be positive and at most 1 together."};
    LabelledPictures set;
    VITRINE_TRY(set.pictures, pairByName(folder, "masks"));
    std::error_code ignored;
    if (fs::exists(folder / "classes.txt", ignored)) {
        VITRINE_TRY(set.header.classNames, readClassNames(folder / "classes.txt"));
    }
    std::vector<fs::path> masks;
    for (const LabelledPicture& picture : set.pictures) masks.push_back(picture.mask);
    VITRINE_TRY(set.masks, findMaskConvention(masks, labels, set.header.classNames.size()));
    if (set.header.classNames.empty()) set.header.classNames = set.masks.classNames;
    set.header.source = "Pictures and masks of " + fs::absolute(folder, ignored).string();
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < set.pictures.size(); ++i) {
        set.pictures[i].info.group = int(i);
        set.header.groups.push_back(set.pictures[i].image.stem().string());
        order.push_back(i);
    }
    shuffle(order, seed);
    for (std::size_t i = 0; i < order.size(); ++i) {
        const double share = double(i) / double(order.size());
        set.pictures[order[i]].info.split = share < shares.training                       ? Split::Train
                                            : share < shares.training + shares.validation ? Split::Validation
                                                                                          : Split::Test;
    }
    return set;
}

}  // namespace vitrine
