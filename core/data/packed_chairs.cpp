// SPDX-License-Identifier: GPL-3.0-or-later
// Layout of a .vpack file, numbers little-endian:
//   "VITRPACK", uint32 version, uint32 length of the header, header (JSON: size, styles, views), zeros up to
//   a multiple of 4096, pixels [N, size, size, 4] uint8, SHA-256 of header and pixels as 64 hexadecimal
//   digits.
// The hash comes last so that a file is written in one pass.
#include "core/data/packed_chairs.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <future>
#include <nlohmann/json.hpp>
#include <thread>

#include "core/base/fields.h"
#include "core/base/sha256.h"
#include "core/data/style_ids.h"
#include "core/data/training_views.h"
#include "core/io/atomic_file.h"
#include "core/io/mapped_file.h"
#include "core/jobs/timed_progress.h"

namespace vitrine {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr char kMagic[8] = {'V', 'I', 'T', 'R', 'P', 'A', 'C', 'K'};
constexpr std::uint32_t kVersion = 1;
constexpr std::size_t kPreambleBytes = 16;
constexpr std::size_t kAlignment = 4096;
constexpr std::size_t kHashBytes = 64;
constexpr int kMaxSize = 2048;

struct Preamble {
    char magic[8];
    std::uint32_t version;
    std::uint32_t headerBytes;
};
static_assert(sizeof(Preamble) == kPreambleBytes);

std::size_t pixelOffset(std::size_t headerBytes) {
    return (kPreambleBytes + headerBytes + kAlignment - 1) / kAlignment * kAlignment;
}

Error damaged(const fs::path& file, const std::string& detail) {
    return {ErrorCode::BadFormat,
            file.string() + " is no packed set of chairs or is damaged (" + detail + "); pack it again."};
}

// ---- writing

int positionOf(const std::vector<float>& sorted, float value) {
    return int(std::lower_bound(sorted.begin(), sorted.end(), value) - sorted.begin());
}

std::vector<float> distinctAngles(const RenderedChairs& chairs, float ChairView::*angle) {
    std::vector<float> angles;
    for (const RenderedModel& model : chairs.models)
        for (const RenderedView& view : model.views) angles.push_back(view.name.view.*angle);
    std::sort(angles.begin(), angles.end());
    angles.erase(std::unique(angles.begin(), angles.end()), angles.end());
    return angles;
}

/// Places on the grid of views. A tree with random views beside the grid has the grid of
/// trainedAzimuthsDeg().
class Grid {
public:
    explicit Grid(const RenderedChairs& chairs) : m_hasRandomViews(chairs.hasRandomViews) {
        m_azimuths = m_hasRandomViews ? trainedAzimuthsDeg() : distinctAngles(chairs, &ChairView::azimuthDeg);
        m_elevations = distinctAngles(chairs, &ChairView::elevationDeg);
    }
    Json rowOf(const RenderedModel& model, const RenderedView& view) const {
        const ChairView& at = view.name.view;
        return {model.styleIndex,
                at.azimuthDeg,
                at.elevationDeg,
                azimuthIndex(model, view.name),
                positionOf(m_elevations, at.elevationDeg)};
    }

private:
    int azimuthIndex(const RenderedModel& model, const ViewName& name) const {
        const bool isOnGrid = !isTrainingOnly(model.id) && name.index < m_gridSize;
        return m_hasRandomViews && !isOnGrid ? kOffGrid : positionOf(m_azimuths, name.view.azimuthDeg);
    }
    bool m_hasRandomViews;
    int m_gridSize = int(trainedViewNames().size());
    std::vector<float> m_azimuths, m_elevations;
};

std::string headerOf(const RenderedChairs& chairs, int size) {
    const Grid grid(chairs);
    Json views = Json::array();
    for (const RenderedModel& model : chairs.models)
        for (const RenderedView& view : model.views) views.push_back(grid.rowOf(model, view));
    // Ids are names of folders, which are bytes.
    return compactText({{"size", size}, {"styles", chairs.styleIds}, {"views", std::move(views)}});
}

/// Sends bytes to the file and into the hash.
struct HashedSink {
    const ByteSink& sink;
    Sha256 hash;
    Status write(std::span<const std::byte> bytes) {
        hash.update(bytes);
        return sink(bytes);
    }
};

Status writeHeader(HashedSink& out, const std::string& header) {
    Preamble preamble = {};
    std::memcpy(preamble.magic, kMagic, sizeof kMagic);
    preamble.version = kVersion;
    preamble.headerBytes = std::uint32_t(header.size());
    VITRINE_CHECK(out.sink(std::as_bytes(std::span(&preamble, 1))));
    VITRINE_CHECK(out.write(std::as_bytes(std::span(header))));
    const std::vector<std::byte> padding(pixelOffset(header.size()) - kPreambleBytes - header.size());
    return out.sink(padding);
}

/// Decodes some models at a time, writes them in order.
Status writePixels(HashedSink& out,
                   const RenderedChairs& chairs,
                   int size,
                   const JobContext& context,
                   std::size_t numThreads) {
    const std::size_t numModels = chairs.models.size();
    const TimedProgress progress(context);
    for (std::size_t first = 0; first < numModels; first += numThreads) {
        if (context.stop.stop_requested()) return Error{ErrorCode::Internal, "cancelled"};
        const std::size_t end = std::min(first + numThreads, numModels);
        std::vector<std::future<Result<std::vector<Image>>>> loading;
        for (std::size_t i = first; i < end; ++i)
            loading.push_back(std::async(std::launch::async, [&model = chairs.models[i], size] {
                return loadPremultipliedViews(model, size);
            }));
        for (auto& future : loading) {
            VITRINE_TRY(const std::vector<Image> views, future.get());
            for (const Image& view : views) VITRINE_CHECK(out.write(std::as_bytes(std::span(view.pixels))));
        }
        progress.report(double(end) / double(numModels),
                        fmt::format("packing chair {} of {}", end, numModels));
    }
    return {};
}

// ---- reading

bool isIndex(const Json& value, std::size_t count) {
    return value.is_number_unsigned() && value.get<std::uint64_t>() < count;
}

bool parseView(const Json& row, std::size_t numStyles, PackedView& view) {
    if (!row.is_array() || row.size() != 5 || !isIndex(row[0], numStyles) || !row[1].is_number() ||
        !row[2].is_number() || !(row[3] == kOffGrid || isIndex(row[3], 360)) || !isIndex(row[4], 360))
        return false;
    view = {
        row[0].get<int>(), {row[1].get<float>(), row[2].get<float>()}, row[3].get<int>(), row[4].get<int>()};
    return view.view.azimuthDeg >= 0 && view.view.azimuthDeg < 360 && std::abs(view.view.elevationDeg) <= 90;
}

}  // namespace

struct PackedChairs::Mapping {
    fs::path file;
    MappedFile mapped;
    std::size_t headerBytes = 0;
    int size = 0;
    std::vector<PackedView> views;
    std::vector<std::string> styles;

    const std::byte* bytes() const { return mapped.bytes().data(); }
    std::size_t length() const { return mapped.bytes().size(); }
    std::span<const std::byte> header() const { return {bytes() + kPreambleBytes, headerBytes}; }
    std::size_t bytesPerView() const { return std::size_t(size) * std::size_t(size) * 4; }
    std::span<const std::byte> pixels() const {
        return {bytes() + pixelOffset(headerBytes), views.size() * bytesPerView()};
    }
    std::string hash() const {
        return {reinterpret_cast<const char*>(bytes()) + length() - kHashBytes, kHashBytes};
    }

    Status map();
    Status parseHeader();
};

Status PackedChairs::Mapping::map() {
    auto opened = MappedFile::open(file);
    if (!opened && opened.error().code == ErrorCode::NotFound)
        return Error{ErrorCode::NotFound,
                     "There is no packed set of chairs " + file.string() +
                         "; create it with \"vitrine-cli data render\" or check the name."};
    if (!opened && opened.error().code == ErrorCode::Io) return opened.error();
    if (!opened || opened->bytes().size() < kPreambleBytes + kHashBytes) return damaged(file, "too short");
    mapped = std::move(*opened);
    return {};
}

Status PackedChairs::Mapping::parseHeader() {
    Preamble preamble;
    std::memcpy(&preamble, bytes(), sizeof preamble);
    if (std::memcmp(preamble.magic, kMagic, sizeof kMagic) != 0) return damaged(file, "another kind of file");
    if (preamble.version != kVersion) return damaged(file, fmt::format("version {}", preamble.version));
    headerBytes = preamble.headerBytes;
    if (pixelOffset(headerBytes) > length() - kHashBytes) return damaged(file, "cut off in the header");
    const auto* text = reinterpret_cast<const char*>(header().data());
    const Json json = Json::parse(text, text + headerBytes, nullptr, false);
    if (!json.is_object() || !json.contains("styles") || !json.contains("views") || !json.contains("size") ||
        !json["styles"].is_array() || !json["views"].is_array() || !isIndex(json["size"], kMaxSize + 1) ||
        json["size"] == 0)
        return damaged(file, "header");
    size = json["size"].get<int>();
    for (const Json& id : json["styles"]) {
        if (!id.is_string()) return damaged(file, "names");
        styles.push_back(id.get<std::string>());
    }
    views.resize(json["views"].size());
    for (std::size_t i = 0; i < views.size(); ++i)
        if (!parseView(json["views"][i], styles.size(), views[i]))
            return damaged(file, fmt::format("view {}", i));
    if (pixelOffset(headerBytes) + pixels().size() + kHashBytes != length()) return damaged(file, "size");
    const std::string digits = hash();
    if (digits.find_first_not_of("0123456789abcdef") != std::string::npos) return damaged(file, "hash");
    return {};
}

Result<PackedChairs> PackedChairs::open(const fs::path& file) {
    auto mapping = std::make_shared<Mapping>();
    mapping->file = file;
    VITRINE_CHECK(mapping->map());
    VITRINE_CHECK(mapping->parseHeader());
    PackedChairs chairs;
    chairs.m_mapping = std::move(mapping);
    return chairs;
}

Status PackedChairs::pack(const fs::path& renderedChairs, const fs::path& file, int size) {
    VITRINE_TRY(const RenderedChairs chairs, RenderedChairs::open(renderedChairs));
    VITRINE_TRY([[maybe_unused]] const JobOutcome outcome, pack(chairs, file, size, {}));
    return {};
}

Result<JobOutcome> PackedChairs::pack(
    const RenderedChairs& chairs, const fs::path& file, int size, const JobContext& context, int numThreads) {
    if (size < 1 || size > kMaxSize)
        return Error{ErrorCode::InvalidArgument,
                     fmt::format("Pictures can be packed at 1 to 2048 pixels a side, not {}.", size)};
    const std::size_t threads =
        numThreads > 0 ? std::size_t(numThreads) : std::max(1u, std::thread::hardware_concurrency());
    const Status status = writeFileAtomically(file, [&](const ByteSink& sink) -> Status {
        HashedSink out{sink, {}};
        VITRINE_CHECK(writeHeader(out, headerOf(chairs, size)));
        VITRINE_CHECK(writePixels(out, chairs, size, context, threads));
        const std::string digits = out.hash.hexDigest();
        return sink(std::as_bytes(std::span(digits)));
    });
    if (context.stop.stop_requested() && !status) return JobOutcome::Cancelled;
    if (!status) return status.error();
    return JobOutcome::Done;
}

int PackedChairs::size() const {
    return m_mapping->size;
}
std::span<const PackedView> PackedChairs::views() const {
    return m_mapping->views;
}
std::span<const std::string> PackedChairs::styleIds() const {
    return m_mapping->styles;
}
const std::uint8_t* PackedChairs::premultiplied(std::size_t viewIndex) const {
    return reinterpret_cast<const std::uint8_t*>(m_mapping->pixels().data() +
                                                 viewIndex * m_mapping->bytesPerView());
}
std::string PackedChairs::dataHash() const {
    return m_mapping->hash();
}

Status PackedChairs::verify() const {
    Sha256 hash;
    hash.update(m_mapping->header()).update(m_mapping->pixels());
    return hash.hexDigest() == dataHash()
               ? Status()
               : damaged(m_mapping->file, "its pixels changed since it was packed");
}

bool isHeldOut(const PackedView& view) {
    return view.styleIndex % 2 == 1 && isHeldOutAzimuth(view.azimuthIndex);
}

}  // namespace vitrine
