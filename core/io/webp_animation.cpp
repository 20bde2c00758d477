// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/webp_animation.h"

#include <webp/encode.h>
#include <webp/mux.h>

#include <cmath>
#include <memory>

#include "core/io/atomic_file.h"

namespace vitrine {
namespace {

constexpr const char* kNoteChunk = "XMP ";
constexpr int kCopyData = 1;

struct DeleteEncoder {
    void operator()(WebPAnimEncoder* encoder) const { WebPAnimEncoderDelete(encoder); }
};
struct DeleteMux {
    void operator()(WebPMux* mux) const { WebPMuxDelete(mux); }
};
using Mux = std::unique_ptr<WebPMux, DeleteMux>;

/// Freed with libwebp's own function.
struct WebPBytes : WebPData {
    WebPBytes() { WebPDataInit(this); }
    ~WebPBytes() { WebPDataClear(this); }
    WebPBytes(const WebPBytes&) = delete;
    WebPBytes& operator=(const WebPBytes&) = delete;
};

WebPData viewOf(std::span<const std::byte> content) {
    return {reinterpret_cast<const std::uint8_t*>(content.data()), content.size()};
}

Status checkWebPFrames(std::span<const Image> frames, int framesPerSecond) {
    if (frames.empty()) return invalidArgument("An animation needs at least one frame.");
    if (framesPerSecond < 1 || framesPerSecond > 100)
        return invalidArgument("A WebP plays 1 to 100 frames per second.");
    const Image& first = frames.front();
    for (const Image& frame : frames) {
        if (frame.empty() || (frame.channels != 3 && frame.channels != 4))
            return invalidArgument("The frames of a WebP must be RGB or RGBA pictures.");
        if (frame.width != first.width || frame.height != first.height)
            return invalidArgument("All frames of a WebP must be of one size.");
        if (frame.width > WEBP_MAX_DIMENSION || frame.height > WEBP_MAX_DIMENSION)
            return invalidArgument("A WebP is at most 16383 pixels a side.");
    }
    return {};
}

bool addFrame(WebPAnimEncoder* encoder, const Image& frame, int timeMs, const WebPConfig& config) {
    WebPPicture picture;
    if (!WebPPictureInit(&picture)) return false;
    picture.use_argb = 1;
    picture.width = frame.width;
    picture.height = frame.height;
    const int stride = frame.width * frame.channels;
    const bool added = (frame.channels == 4 ? WebPPictureImportRGBA(&picture, frame.pixels.data(), stride)
                                            : WebPPictureImportRGB(&picture, frame.pixels.data(), stride)) &&
                       WebPAnimEncoderAdd(encoder, &picture, timeMs, &config);
    WebPPictureFree(&picture);
    return added;
}

bool encodeFrames(std::span<const Image> frames, int framesPerSecond, WebPData& encoded) {
    WebPAnimEncoderOptions options;
    WebPConfig config;
    if (!WebPAnimEncoderOptionsInit(&options) || !WebPConfigInit(&config)) return false;
    options.anim_params.loop_count = 0;
    config.lossless = config.exact = 1;
    const std::unique_ptr<WebPAnimEncoder, DeleteEncoder> encoder(
        WebPAnimEncoderNew(frames.front().width, frames.front().height, &options));
    if (!encoder) return false;
    const auto timeOf = [framesPerSecond](std::size_t frame) {
        return int(std::lround(1000.0 * double(frame) / framesPerSecond));
    };
    for (std::size_t i = 0; i < frames.size(); ++i)
        if (!addFrame(encoder.get(), frames[i], timeOf(i), config)) return false;
    return WebPAnimEncoderAdd(encoder.get(), nullptr, timeOf(frames.size()), nullptr) &&
           WebPAnimEncoderAssemble(encoder.get(), &encoded);
}

bool addNote(const WebPData& encoded, const std::string& note, WebPData& assembled) {
    const Mux mux(WebPMuxCreate(&encoded, kCopyData));
    const WebPData chunk{reinterpret_cast<const std::uint8_t*>(note.data()), note.size()};
    return mux && WebPMuxSetChunk(mux.get(), kNoteChunk, &chunk, kCopyData) == WEBP_MUX_OK &&
           WebPMuxAssemble(mux.get(), &assembled) == WEBP_MUX_OK;
}

}  // namespace

Status writeWebPAnimation(const std::filesystem::path& file,
                          std::span<const Image> frames,
                          int framesPerSecond,
                          const std::string& note) {
    VITRINE_CHECK(checkWebPFrames(frames, framesPerSecond));
    WebPBytes encoded, noted;
    if (!encodeFrames(frames, framesPerSecond, encoded) || (!note.empty() && !addNote(encoded, note, noted)))
        return Error{ErrorCode::Internal,
                     "The animation " + file.string() + " could not be encoded.",
                     "libwebp refused a call"};
    const WebPData& content = note.empty() ? encoded : noted;
    return writeFileAtomically(file, std::as_bytes(std::span(content.bytes, content.size)));
}

std::optional<std::string> webpNote(std::span<const std::byte> content) {
    const WebPData all = viewOf(content);
    const Mux mux(WebPMuxCreate(&all, /*copy_data=*/0));
    WebPData chunk;
    if (!mux || WebPMuxGetChunk(mux.get(), kNoteChunk, &chunk) != WEBP_MUX_OK) return std::nullopt;
    return std::string(reinterpret_cast<const char*>(chunk.bytes), chunk.size);
}

}  // namespace vitrine
