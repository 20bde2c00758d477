// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/check_labelled.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <functional>
#include <map>
#include <mutex>
#include <sstream>
#include <utility>

#include "core/data/labelled_pictures.h"
#include "core/io/atomic_file.h"
#include "core/io/image_file.h"
#include "core/io/label_png.h"
#include "core/jobs/threads.h"

namespace vitrine {
namespace {

namespace fs = std::filesystem;

constexpr const char* kCubLists[] = {"images.txt", "image_class_labels.txt", "train_test_split.txt"};

/// As seen from the set's folder.
struct PictureNames {
    std::string image, mask;
};

struct PixelSize {
    int width = 0, height = 0;
    bool operator==(const PixelSize&) const = default;
};

bool isFile(const fs::path& path) {
    std::error_code ignored;
    return fs::is_regular_file(path, ignored);
}

bool isFolder(const fs::path& path) {
    std::error_code ignored;
    return fs::is_directory(path, ignored);
}

std::string maskFolderOf(LabelledLayout layout) {
    if (layout == LabelledLayout::Cub) return "segmentations";
    return layout == LabelledLayout::LfwParts ? "labels" : "masks";
}

Result<LabelledPictures> openAs(LabelledLayout layout, const fs::path& folder, LabelChoice labels) {
    if (layout == LabelledLayout::Cub) return openCub(folder);
    return layout == LabelledLayout::LfwParts ? openLfwParts(folder) : openMaskFolder(folder, 0, {}, labels);
}

/// What the list of CUB names, whatever is wrong with it: judging it is the reader's business.
std::vector<PictureNames> listedPictures(const fs::path& folder) {
    std::vector<PictureNames> pictures;
    const auto list = readTextFile(folder / kCubLists[0]);
    std::istringstream words(list ? list.value() : std::string());
    for (std::string number, name; words >> number >> name;)
        pictures.push_back(
            {"images/" + name, (fs::path("segmentations") / name).replace_extension(".png").string()});
    return pictures;
}

/// Names of files by their stem, but of hidden ones.
std::map<std::string, std::string> namesByStem(const fs::path& folder) {
    std::map<std::string, std::string> names;
    std::error_code error;
    for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
        const std::string name = it->path().filename().string();
        if (isFile(it->path()) && !name.starts_with(".")) names[it->path().stem().string()] = name;
    }
    return names;
}

std::vector<PictureNames> pairedPictures(const fs::path& folder, const std::string& maskFolder) {
    const auto masks = namesByStem(folder / maskFolder);
    std::vector<PictureNames> pictures;
    for (const auto& [stem, image] : namesByStem(folder / "images")) {
        const auto mask = masks.find(stem);
        pictures.push_back(
            {"images/" + image, maskFolder + "/" + (mask == masks.end() ? stem + ".png" : mask->second)});
    }
    return pictures;
}

std::vector<std::string> missingOf(const fs::path& folder,
                                   LabelledLayout layout,
                                   const std::vector<PictureNames>& pictures) {
    std::vector<std::string> missing;
    const auto lookFor = [&](const std::string& subfolder, std::string PictureNames::*name) {
        if (!isFolder(folder / subfolder)) {
            missing.push_back(subfolder + "/");
            return;
        }
        for (const PictureNames& picture : pictures)
            if (!isFile(folder / (picture.*name))) missing.push_back(picture.*name);
    };
    if (layout == LabelledLayout::Cub)
        for (const char* list : kCubLists)
            if (!isFile(folder / list)) missing.emplace_back(list);
    lookFor("images", &PictureNames::image);
    lookFor(maskFolderOf(layout), &PictureNames::mask);
    return missing;
}

Result<PixelSize> maskSizeOf(const fs::path& file, LabelledLayout layout) {
    if (layout == LabelledLayout::LfwParts) {
        VITRINE_TRY(const Image colours, readImage(file));
        return PixelSize{colours.width, colours.height};
    }
    VITRINE_TRY(const LabelMap labels, readLabelPng(file));
    return PixelSize{labels.width, labels.height};
}

/// A sentence, empty if nothing is wrong with a picture whose files are there.
std::string faultOf(const fs::path& folder, LabelledLayout layout, const PictureNames& picture) {
    if (!isFile(folder / picture.image) || !isFile(folder / picture.mask)) return {};
    const auto image = readImage(folder / picture.image);
    if (!image) return image.error().message;
    const auto mask = maskSizeOf(folder / picture.mask, layout);
    if (!mask) return mask.error().message;
    const PixelSize size{image.value().width, image.value().height}, other = mask.value();
    if (size == other) return {};
    return fmt::format("{} has {} x {} pixels, but its picture has {} x {}; make both the same size.",
                       picture.mask,
                       other.width,
                       other.height,
                       size.width,
                       size.height);
}

/// Decodes all, on several threads. `faultAt`: a sentence, or empty. Nothing if it was stopped.
std::optional<std::vector<std::string>> faultsOf(const std::vector<PictureNames>& pictures,
                                                 const std::function<std::string(std::size_t)>& faultAt,
                                                 const JobContext& context,
                                                 int numThreads) {
    std::vector<std::string> sentences(pictures.size());  // each is written by one thread
    std::atomic<std::size_t> next = 0;
    std::mutex mutex;  // guards numDone, and the caller's report function
    std::size_t numDone = 0;
    runOnThreads(numThreads, pictures.size(), [&] {
        for (std::size_t at = next++; at < pictures.size(); at = next++) {
            if (context.stop.stop_requested()) return;
            sentences[at] = faultAt(at);
            const std::scoped_lock lock(mutex);
            ++numDone;
            context.report({double(numDone) / double(pictures.size()), -1, "checking " + pictures[at].image});
        }
    });
    if (numDone < pictures.size()) return std::nullopt;
    std::erase_if(sentences, [](const std::string& sentence) { return sentence.empty(); });
    return sentences;
}

/// What the reader makes of the set. It names the first missing file, too, which is known already.
void addReaderFault(const Error& error, LabelledCheck& check) {
    const bool isNews = check.missing.empty() || error.code == ErrorCode::BadFormat;
    if (isNews && std::ranges::find(check.faults, error.message) == check.faults.end())
        check.faults.push_back(error.message);
}

}  // namespace

std::optional<LabelledLayout> labelledLayoutOf(const fs::path& folder) {
    const auto isThere = [&](const char* list) { return isFile(folder / list); };
    if (std::ranges::any_of(kCubLists, isThere) || isFolder(folder / "segmentations"))
        return LabelledLayout::Cub;
    if (isFolder(folder / "masks")) return LabelledLayout::MaskFolder;
    if (isFolder(folder / "labels")) return LabelledLayout::LfwParts;
    if (isFolder(folder / "images")) return LabelledLayout::MaskFolder;
    return std::nullopt;
}

LabelledCheck checkLabelled(const fs::path& folder,
                            LabelledLayout layout,
                            const JobContext& context,
                            int numThreads,
                            LabelChoice labels) {
    const auto pictures =
        layout == LabelledLayout::Cub ? listedPictures(folder) : pairedPictures(folder, maskFolderOf(layout));
    LabelledCheck check;
    check.layout = layout;
    check.numPictures = pictures.size();
    check.missing = missingOf(folder, layout, pictures);
    const auto set = openAs(layout, folder, labels);
    const auto faultAt = [&](std::size_t at) {
        if (!set || set->pictures.size() != pictures.size()) return faultOf(folder, layout, pictures[at]);
        const auto decoded = readLabelledPicture(*set, set->pictures[at]);
        return decoded ? std::string() : decoded.error().message;
    };
    auto faults = faultsOf(pictures, faultAt, context, numThreads);
    if (!faults) {
        check.outcome = JobOutcome::Cancelled;
        return check;
    }
    check.faults = std::move(*faults);
    if (!set) {
        addReaderFault(set.error(), check);
        return check;
    }
    check.classNames = set->header.classNames;
    check.numGroups = set->header.groups.size();
    check.masks = set->masks.text;
    return check;
}

}  // namespace vitrine
