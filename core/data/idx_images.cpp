// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/idx_images.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "core/io/gzip_file.h"

namespace vitrine {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxBytes = std::size_t(1) << 30;
constexpr std::uint32_t kImageMagic = 0x803, kLabelMagic = 0x801;  // unsigned bytes in 3 or 1 dimensions
constexpr std::size_t kMaxSide = 4096;
constexpr int kMnistSide = 28;
constexpr char kFashionFolder[] = "/usr/share/datasets/fashion-mnist";

struct IdxFile {
    std::vector<std::size_t> sizes;
    std::vector<std::uint8_t> values;
};

Error broken(const fs::path& file, const std::string& what) {
    return {ErrorCode::BadFormat, file.string() + " " + what + "; download or copy it again."};
}

std::uint32_t bigEndian(std::span<const std::byte> bytes, std::size_t at) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) value = value << 8 | std::uint32_t(bytes[at + i]);
    return value;
}

Result<IdxFile> readIdx(const fs::path& path, std::uint32_t magic) {
    VITRINE_TRY(const std::vector<std::byte> bytes, readFileOrGzip(path, kMaxBytes));
    const std::size_t numDimensions = magic & 0xff, headerBytes = 4 + 4 * numDimensions;
    if (bytes.size() < 4 || bigEndian(bytes, 0) != magic)
        return broken(path, magic == kImageMagic ? "is no idx file of pictures" : "is no idx file of labels");
    if (bytes.size() < headerBytes) return broken(path, "is cut off");
    IdxFile file;
    std::size_t expected = 1;
    for (std::size_t i = 0; i < numDimensions; ++i) {
        file.sizes.push_back(bigEndian(bytes, 4 + 4 * i));
        if (file.sizes[i] == 0 || file.sizes[i] > (i == 0 ? kMaxBytes : kMaxSide))
            return broken(path, fmt::format("announces a size of {}", file.sizes[i]));
        expected *= file.sizes[i];
    }
    const std::size_t numValues = bytes.size() - headerBytes;
    if (numValues < expected) return broken(path, "is cut off");
    if (numValues > expected) return broken(path, "is longer than declared");
    const auto* values = reinterpret_cast<const std::uint8_t*>(bytes.data() + headerBytes);
    file.values.assign(values, values + numValues);
    return file;
}

Result<fs::path> locate(const fs::path& folder, const std::string& name) {
    std::error_code ignored;
    for (const char* ending : {"", ".gz"})
        if (fs::exists(folder / (name + ending), ignored)) return folder / (name + ending);
    return Error{
        ErrorCode::NotFound,
        "There is no " + name + " in " + folder.string() +
            (folder == kFashionFolder ? "; install Debian's package dataset-fashion-mnist or name a folder "
                                        "with the four files of MNIST."
                                      : "; the four files of MNIST belong there, with or without .gz.")};
}

Result<IdxImages> readPart(const fs::path& folder, const std::string& prefix) {
    VITRINE_TRY(const fs::path images, locate(folder, prefix + "-images-idx3-ubyte"));
    VITRINE_TRY(const fs::path labels, locate(folder, prefix + "-labels-idx1-ubyte"));
    VITRINE_TRY(IdxImages part, readIdxImages(images, labels));
    if (part.width != kMnistSide || part.height != kMnistSide)
        return Error{ErrorCode::BadFormat,
                     fmt::format("{} holds pictures of {} x {}; 28 x 28 are needed.",
                                 images.string(),
                                 part.width,
                                 part.height)};
    const auto bad =
        std::find_if(part.labels.begin(), part.labels.end(), [](std::uint8_t label) { return label > 9; });
    if (bad != part.labels.end())
        return broken(labels, fmt::format("has a label {} where 0 to 9 are the classes", int(*bad)));
    return part;
}

}  // namespace

Result<IdxImages> readIdxImages(const fs::path& images, const fs::path& labels) {
    VITRINE_TRY(IdxFile pictures, readIdx(images, kImageMagic));
    VITRINE_TRY(IdxFile classes, readIdx(labels, kLabelMagic));
    if (pictures.sizes[0] != classes.sizes[0])
        return Error{
            ErrorCode::BadFormat,
            fmt::format("{} holds {} pictures, but {} holds {} labels; take two files that belong together.",
                        images.string(),
                        pictures.sizes[0],
                        labels.string(),
                        classes.sizes[0])};
    return IdxImages{int(pictures.sizes[2]),
                     int(pictures.sizes[1]),
                     std::move(pictures.values),
                     std::move(classes.values)};
}

Result<IdxSet> readIdxSet(const fs::path& folder) {
    IdxSet set;
    VITRINE_TRY(set.train, readPart(folder.empty() ? fs::path(kFashionFolder) : folder, "train"));
    VITRINE_TRY(set.test, readIdxTestImages(folder));
    return set;
}

Result<IdxImages> readIdxTestImages(const fs::path& folder) {
    return readPart(folder.empty() ? fs::path(kFashionFolder) : folder, "t10k");
}

const std::vector<std::string>& fashionMnistClassNames() {
    static const std::vector<std::string> names{"T-shirt",
                                                "trousers",
                                                "pullover",
                                                "dress",
                                                "coat",
                                                "sandal",
                                                "shirt",
                                                "sneaker",
                                                "bag",
                                                "ankle boot"};
    return names;
}

}  // namespace vitrine
