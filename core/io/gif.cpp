// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/gif.h"

#include <gif_lib.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <vector>

#include "core/io/atomic_file.h"
#include "core/io/palette.h"

namespace vitrine {
namespace {

constexpr int kMaxGifSide = 65535;      // the format stores sides in 16 bits
constexpr int kMinDelayHundredths = 2;  // shorter ones are played slowly by browsers

Error gifFailed(const std::filesystem::path& file) {
    return {ErrorCode::Internal,
            "The animation " + file.string() + " could not be encoded.",
            "giflib refused a call"};
}

Status checkFrames(std::span<const Image> frames, int framesPerSecond) {
    if (frames.empty()) return invalidArgument("An animation needs at least one frame.");
    if (framesPerSecond < 1 || framesPerSecond > 50)
        return invalidArgument("A GIF plays 1 to 50 frames per second.");
    const Image& first = frames.front();
    for (const Image& frame : frames) {
        if (frame.empty() || frame.channels != 3)
            return invalidArgument("The frames of a GIF must be RGB pictures.");
        if (frame.width != first.width || frame.height != first.height)
            return invalidArgument("All frames of a GIF must be of one size.");
        if (frame.width > kMaxGifSide || frame.height > kMaxGifSide)
            return invalidArgument("A GIF is at most 65535 pixels a side.");
    }
    return {};
}

int appendBytes(GifFileType* gif, const GifByteType* bytes, int count) {
    auto& content = *static_cast<std::vector<std::byte>*>(gif->UserData);
    const auto* first = reinterpret_cast<const std::byte*>(bytes);
    content.insert(content.end(), first, first + count);
    return count;
}

int takeGifBytes(GifFileType* gif, GifByteType* bytes, int count) {
    auto& content = *static_cast<std::span<const std::byte>*>(gif->UserData);
    const std::size_t size = std::min(content.size(), std::size_t(count));
    std::copy_n(content.begin(), size, reinterpret_cast<std::byte*>(bytes));
    content = content.subspan(size);
    return int(size);
}

struct CloseWritten {
    void operator()(GifFileType* gif) const { EGifCloseFile(gif, nullptr); }
};
struct CloseRead {
    void operator()(GifFileType* gif) const { DGifCloseFile(gif, nullptr); }
};
struct FreeColourMap {
    void operator()(ColorMapObject* map) const { GifFreeMapObject(map); }
};

std::unique_ptr<ColorMapObject, FreeColourMap> colourMap(const Palette& palette) {
    std::array<GifColorType, Palette::kSize> colours{};
    for (std::size_t i = 0; i < palette.colours().size(); ++i) {
        const auto& colour = palette.colours()[i];
        colours[i] = {colour[0], colour[1], colour[2]};
    }
    return std::unique_ptr<ColorMapObject, FreeColourMap>(GifMakeMapObject(Palette::kSize, colours.data()));
}

bool putLoopForever(GifFileType* gif) {
    const unsigned char loop[] = {1, 0, 0};
    return EGifPutExtensionLeader(gif, APPLICATION_EXT_FUNC_CODE) == GIF_OK &&
           EGifPutExtensionBlock(gif, 11, "NETSCAPE2.0") == GIF_OK &&
           EGifPutExtensionBlock(gif, sizeof loop, loop) == GIF_OK && EGifPutExtensionTrailer(gif) == GIF_OK;
}

bool putFrame(GifFileType* gif, const Image& frame, const Palette& palette, int delayHundredths) {
    const unsigned char control[] = {
        0, static_cast<unsigned char>(delayHundredths), static_cast<unsigned char>(delayHundredths >> 8), 0};
    if (EGifPutExtension(gif, GRAPHICS_EXT_FUNC_CODE, sizeof control, control) != GIF_OK) return false;
    if (EGifPutImageDesc(gif, 0, 0, frame.width, frame.height, false, nullptr) != GIF_OK) return false;
    std::vector<GifPixelType> line(std::size_t(frame.width));
    for (int y = 0; y < frame.height; ++y) {
        const std::uint8_t* row = frame.row(y);
        for (int x = 0; x < frame.width; ++x) line[std::size_t(x)] = palette.indexOf(row + 3 * x);
        if (EGifPutLine(gif, line.data(), frame.width) != GIF_OK) return false;
    }
    return true;
}

bool encodeGif(std::span<const Image> frames,
               int framesPerSecond,
               const std::string& comment,
               std::vector<std::byte>& content) {
    const Palette palette = Palette::ofFrames(frames);
    const auto map = colourMap(palette);
    std::unique_ptr<GifFileType, CloseWritten> gif(EGifOpen(&content, appendBytes, nullptr));
    if (!gif || !map) return false;
    EGifSetGifVersion(gif.get(), true);
    const int delay = std::max(kMinDelayHundredths, int(std::lround(100.0 / framesPerSecond)));
    const Image& first = frames.front();
    if (EGifPutScreenDesc(gif.get(), first.width, first.height, 8, 0, map.get()) != GIF_OK) return false;
    if (!putLoopForever(gif.get())) return false;
    for (const Image& frame : frames) {
        if (!putFrame(gif.get(), frame, palette, delay)) return false;
    }
    if (!comment.empty() && EGifPutComment(gif.get(), comment.c_str()) != GIF_OK) return false;
    return EGifCloseFile(gif.release(), nullptr) == GIF_OK;
}

bool skipFrame(GifFileType* gif) {
    int codeSize = 0;
    GifByteType* block = nullptr;
    if (DGifGetImageDesc(gif) != GIF_OK || DGifGetCode(gif, &codeSize, &block) != GIF_OK) return false;
    while (block)
        if (DGifGetCodeNext(gif, &block) != GIF_OK) return false;
    return true;
}

/// All blocks of an extension; nothing where it is cut off.
std::optional<std::string> takeExtension(GifFileType* gif, int& code) {
    std::string text;
    GifByteType* block = nullptr;  // its length, then so many bytes
    if (DGifGetExtension(gif, &code, &block) != GIF_OK) return std::nullopt;
    while (block) {
        text.append(reinterpret_cast<const char*>(block + 1), block[0]);
        if (DGifGetExtensionNext(gif, &block) != GIF_OK) return std::nullopt;
    }
    return text;
}

}  // namespace

Status writeGif(const std::filesystem::path& file,
                std::span<const Image> frames,
                int framesPerSecond,
                const std::string& comment) {
    VITRINE_CHECK(checkFrames(frames, framesPerSecond));
    std::vector<std::byte> content;
    if (!encodeGif(frames, framesPerSecond, comment, content)) return gifFailed(file);
    return writeFileAtomically(file, content);
}

std::optional<std::string> gifComment(std::span<const std::byte> content, std::string_view mark) {
    const std::unique_ptr<GifFileType, CloseRead> gif(DGifOpen(&content, takeGifBytes, nullptr));
    GifRecordType kind = UNDEFINED_RECORD_TYPE;
    while (gif && DGifGetRecordType(gif.get(), &kind) == GIF_OK && kind != TERMINATE_RECORD_TYPE) {
        if (kind == IMAGE_DESC_RECORD_TYPE) {
            if (!skipFrame(gif.get())) break;
            continue;
        }
        int code = 0;
        const auto text = takeExtension(gif.get(), code);
        if (!text) break;
        if (code == COMMENT_EXT_FUNC_CODE && text->starts_with(mark)) return text->substr(mark.size());
    }
    return std::nullopt;
}

}  // namespace vitrine
