// SPDX-License-Identifier: GPL-3.0-or-later
// Layout of a .vscenes file, numbers little-endian:
//   "VITRSCEN", uint32 version, uint32 length of the header, header (JSON: size, classes, groups, source),
//   zeros up to a multiple of 4096, for each scene its pixels [size, size, 3] and labels [size, size] uint8,
//   for each scene uint32 group and uint32 split (0 train, 1 validation, 2 test), SHA-256 of header, scenes
//   and infos as 64 hexadecimal digits.
// The number of scenes follows from the length, so that a file is written in one pass.
#include "core/data/packed_scenes.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <fstream>

#include "core/base/fields.h"
#include "core/io/mapped_file.h"

namespace vitrine {
namespace {

namespace fs = std::filesystem;

constexpr char kSceneMagic[8] = {'V', 'I', 'T', 'R', 'S', 'C', 'E', 'N'};
constexpr std::uint32_t kSceneVersion = 1;
constexpr std::size_t kSceneAlignment = 4096;
constexpr std::size_t kSceneHashBytes = 64;
constexpr std::size_t kMaxSceneSize = 2048;
constexpr std::size_t kMaxClasses = 255;

struct ScenePreamble {
    char magic[8];
    std::uint32_t version;
    std::uint32_t headerBytes;
};
static_assert(sizeof(ScenePreamble) == 16);

struct StoredInfo {
    std::uint32_t group;
    std::uint32_t split;
};

std::size_t sceneOffset(std::size_t headerBytes) {
    return (sizeof(ScenePreamble) + headerBytes + kSceneAlignment - 1) / kSceneAlignment * kSceneAlignment;
}

std::size_t bytesPerScene(int size) {
    return std::size_t(size) * std::size_t(size) * 4;
}

Error damagedScenes(const fs::path& file, const std::string& detail) {
    return {ErrorCode::BadFormat,
            file.string() + " is no packed set of scenes or is damaged (" + detail + "); create it again."};
}

void bindHeader(FieldSet& fields, ScenesHeader& header) {
    fields.integer("size", header.size, {0, kMaxSceneSize}).required();
    fields.list("classes", header.classNames, FieldPlain()).required();
    fields.list("groups", header.groups, FieldPlain()).required();
    fields.text("source", header.source).required();
}

Status check(const ScenesHeader& header) {
    if (header.size < 1 || std::size_t(header.size) > kMaxSceneSize)
        return Error{ErrorCode::InvalidArgument,
                     fmt::format("Scenes can be packed at 1 to 2048 pixels a side, not {}.", header.size)};
    if (header.classNames.size() < 2 || header.classNames.size() > kMaxClasses)
        return Error{ErrorCode::InvalidArgument,
                     fmt::format("A set of scenes has 2 to 255 classes, not {}.", header.classNames.size())};
    return {};
}

/// The first label that is neither a class nor unknown, or nothing to complain about: 255.
std::uint8_t findBadLabel(std::span<const std::uint8_t> labels, std::size_t numClasses) {
    const auto found = std::find_if(
        labels.begin(), labels.end(), [=](std::uint8_t c) { return c >= numClasses && c != kUnknownLabel; });
    return found == labels.end() ? kUnknownLabel : *found;
}

}  // namespace

// ---- writing

SceneWriter::SceneWriter(const ScenesHeader& header, const ByteSink& sink) : m_header(header), m_sink(sink) {}

Status SceneWriter::write(std::span<const std::byte> bytes) {
    m_hash.update(bytes);
    return m_sink(bytes);
}

Status SceneWriter::writeHeader() {
    const std::string text = compactText(writeFields(m_header, bindHeader));
    ScenePreamble preamble = {};
    std::memcpy(preamble.magic, kSceneMagic, sizeof kSceneMagic);
    preamble.version = kSceneVersion;
    preamble.headerBytes = std::uint32_t(text.size());
    VITRINE_CHECK(m_sink(std::as_bytes(std::span(&preamble, 1))));
    VITRINE_CHECK(write(std::as_bytes(std::span(text))));
    const std::vector<std::byte> padding(sceneOffset(text.size()) - sizeof preamble - text.size());
    return m_sink(padding);
}

Status SceneWriter::append(const Image& image, const LabelMap& labels, const SceneInfo& info) {
    const int size = m_header.size;
    if (image.width != size || image.height != size || image.channels != 3 || labels.width != size ||
        labels.height != size || labels.channels != 1)
        return Error{
            ErrorCode::InvalidArgument,
            fmt::format("A picture of {} x {} x {} with labels of {} x {} does not fit a set of {} x {} x 3.",
                        image.width,
                        image.height,
                        image.channels,
                        labels.width,
                        labels.height,
                        size,
                        size)};
    if (const int bad = findBadLabel(labels.pixels, m_header.classNames.size()); bad != kUnknownLabel)
        return Error{ErrorCode::InvalidArgument,
                     fmt::format("The label {} is none of the {} classes; 255 marks what is unknown.",
                                 bad,
                                 m_header.classNames.size())};
    if (info.group < 0 || std::size_t(info.group) >= m_header.groups.size())
        return Error{ErrorCode::InvalidArgument,
                     fmt::format("There is no group {} in this set.", info.group)};
    VITRINE_CHECK(write(std::as_bytes(std::span(image.pixels))));
    VITRINE_CHECK(write(std::as_bytes(std::span(labels.pixels))));
    m_infos.push_back(info);
    return {};
}

Status SceneWriter::writeInfosAndHash() {
    std::vector<StoredInfo> stored;
    for (const SceneInfo& info : m_infos)
        stored.push_back({std::uint32_t(info.group), std::uint32_t(info.split)});
    VITRINE_CHECK(write(std::as_bytes(std::span(stored))));
    const std::string digits = m_hash.hexDigest();
    return m_sink(std::as_bytes(std::span(digits)));
}

Status PackedScenes::write(const fs::path& file,
                           const ScenesHeader& header,
                           const std::function<Status(SceneWriter&)>& produce) {
    VITRINE_CHECK(check(header));
    return writeFileAtomically(file, [&](const ByteSink& sink) -> Status {
        SceneWriter writer(header, sink);
        VITRINE_CHECK(writer.writeHeader());
        VITRINE_CHECK(produce(writer));
        return writer.writeInfosAndHash();
    });
}

// ---- reading

struct PackedScenes::Mapping {
    fs::path file;
    MappedFile mapped;
    std::size_t headerBytes = 0;
    ScenesHeader header;
    std::vector<SceneInfo> infos;

    const std::byte* scene(std::size_t i) const {
        return mapped.bytes().data() + sceneOffset(headerBytes) + i * bytesPerScene(header.size);
    }
    std::span<const std::byte> headerText() const {
        return mapped.bytes().subspan(sizeof(ScenePreamble), headerBytes);
    }
    std::span<const std::byte> scenesAndInfos() const {
        const std::size_t start = sceneOffset(headerBytes);
        return mapped.bytes().subspan(start, mapped.bytes().size() - kSceneHashBytes - start);
    }
    std::string hash() const {
        return {reinterpret_cast<const char*>(mapped.bytes().last(kSceneHashBytes).data()), kSceneHashBytes};
    }
    Status parse();
    Status parseInfos(std::size_t count);
};

Status PackedScenes::Mapping::parse() {
    const std::span<const std::byte> bytes = mapped.bytes();
    ScenePreamble preamble;
    if (bytes.size() < sizeof preamble + kSceneHashBytes) return damagedScenes(file, "too short");
    std::memcpy(&preamble, bytes.data(), sizeof preamble);
    if (std::memcmp(preamble.magic, kSceneMagic, sizeof kSceneMagic) != 0)
        return damagedScenes(file, "another kind of file");
    if (preamble.version != kSceneVersion)
        return damagedScenes(file, fmt::format("version {}", preamble.version));
    headerBytes = preamble.headerBytes;
    if (sceneOffset(headerBytes) > bytes.size() - kSceneHashBytes)
        return damagedScenes(file, "cut off in the header");
    const auto* text = reinterpret_cast<const char*>(headerText().data());
    const auto json = nlohmann::json::parse(text, text + headerBytes, nullptr, false);
    if (readFields(json, header, bindHeader) || !check(header)) return damagedScenes(file, "header");
    const std::size_t each = bytesPerScene(header.size) + sizeof(StoredInfo);
    if (scenesAndInfos().size() % each != 0) return damagedScenes(file, "size");
    if (hash().find_first_not_of("0123456789abcdef") != std::string::npos) return damagedScenes(file, "hash");
    return parseInfos(scenesAndInfos().size() / each);
}

Status PackedScenes::Mapping::parseInfos(std::size_t count) {
    const std::byte* at = scene(count);
    for (std::size_t i = 0; i < count; ++i, at += sizeof(StoredInfo)) {
        StoredInfo stored;
        std::memcpy(&stored, at, sizeof stored);
        if (stored.group >= header.groups.size() || stored.split > std::uint32_t(Split::Test))
            return damagedScenes(file, fmt::format("scene {}", i));
        infos.push_back({int(stored.group), Split(stored.split)});
    }
    return {};
}

Result<PackedScenes> PackedScenes::open(const fs::path& file) {
    auto mapping = std::make_shared<Mapping>();
    mapping->file = file;
    auto mapped = MappedFile::open(file);
    if (!mapped && mapped.error().code == ErrorCode::NotFound)
        return Error{ErrorCode::NotFound,
                     "There is no packed set of scenes " + file.string() +
                         "; create it with \"vitrine-cli data scenes\" or check the name."};
    if (!mapped) return mapped.error();
    mapping->mapped = std::move(*mapped);
    VITRINE_CHECK(mapping->parse());
    PackedScenes scenes;
    scenes.m_mapping = std::move(mapping);
    return scenes;
}

bool PackedScenes::isOne(const fs::path& file) {
    char magic[sizeof kSceneMagic] = {};
    std::ifstream(file, std::ios::binary).read(magic, sizeof magic);
    return std::memcmp(magic, kSceneMagic, sizeof kSceneMagic) == 0;
}

int PackedScenes::size() const {
    return m_mapping->header.size;
}
int PackedScenes::numClasses() const {
    return int(m_mapping->header.classNames.size());
}
std::span<const std::string> PackedScenes::classNames() const {
    return m_mapping->header.classNames;
}
std::span<const std::string> PackedScenes::groups() const {
    return m_mapping->header.groups;
}
const std::string& PackedScenes::source() const {
    return m_mapping->header.source;
}
std::size_t PackedScenes::count() const {
    return m_mapping->infos.size();
}
const SceneInfo& PackedScenes::info(std::size_t i) const {
    return m_mapping->infos[i];
}
const std::uint8_t* PackedScenes::image(std::size_t i) const {
    return reinterpret_cast<const std::uint8_t*>(m_mapping->scene(i));
}
const std::uint8_t* PackedScenes::labels(std::size_t i) const {
    return image(i) + bytesPerScene(size()) / 4 * 3;
}
Image PackedScenes::imageCopy(std::size_t i) const {
    Image copy(size(), size(), 3);
    std::copy_n(image(i), copy.pixels.size(), copy.pixels.data());
    return copy;
}
LabelMap PackedScenes::labelsCopy(std::size_t i) const {
    LabelMap copy(size(), size());
    std::copy_n(labels(i), copy.pixels.size(), copy.pixels.data());
    return copy;
}
std::string PackedScenes::dataHash() const {
    return m_mapping->hash();
}

std::vector<std::size_t> PackedScenes::indicesOf(Split split) const {
    std::vector<std::size_t> indices;
    for (std::size_t i = 0; i < count(); ++i)
        if (info(i).split == split) indices.push_back(i);
    return indices;
}

Status PackedScenes::verify() const {
    Sha256 hash;
    hash.update(m_mapping->headerText()).update(m_mapping->scenesAndInfos());
    if (hash.hexDigest() != dataHash())
        return damagedScenes(m_mapping->file, "its pixels changed since it was packed");
    for (std::size_t i = 0; i < count(); ++i)
        if (findBadLabel({labels(i), bytesPerScene(size()) / 4}, std::size_t(numClasses())) != kUnknownLabel)
            return damagedScenes(m_mapping->file, fmt::format("scene {} has a label that is no class", i));
    return {};
}

// ---- classes

const std::vector<std::string>& chairPartClassNames() {
    static const std::vector<std::string> names{"background", "seat", "back", "arms", "legs"};
    return names;
}

const std::vector<std::string>& chairClassNames() {
    static const std::vector<std::string> names{"background", "chair"};
    return names;
}

void mergeToChair(std::span<std::uint8_t> labels) {
    for (std::uint8_t& label : labels)
        if (label != kUnknownLabel) label = label == 0 ? 0 : 1;
}

}  // namespace vitrine
