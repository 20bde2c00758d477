// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/image_file.h"

// jpeglib.h uses FILE and does not declare it.
// clang-format off
#include <cstdio>
#include <jerror.h>
#include <jpeglib.h>
// clang-format on
#include <fmt/format.h>
#include <png.h>
#include <webp/decode.h>

#include <algorithm>
#include <cctype>
#include <csetjmp>
#include <cstdint>
#include <new>

#include "core/io/atomic_file.h"
#include "core/io/orientation.h"

namespace vitrine {
namespace {

constexpr unsigned kMaxSide = 8192;
constexpr std::size_t kMaxFileBytes = std::size_t(1) << 30;
/// A progressive JPEG of a few kilobytes can ask for thousands of passes over the picture.
constexpr int kMaxJpegScans = 500;

using Bytes = std::span<const std::byte>;

const unsigned char* asBytes(Bytes content) {
    return reinterpret_cast<const unsigned char*>(content.data());
}

Error damaged(const std::string& name, const std::string& detail) {
    return {ErrorCode::BadFormat,
            name + " is damaged or cut off; open it in another program and save it again.",
            detail};
}

Status checkSides(unsigned width, unsigned height, const std::string& name) {
    if (width == 0 || height == 0) return damaged(name, "no pixels");
    if (width <= kMaxSide && height <= kMaxSide) return {};
    return Error{ErrorCode::Unsupported,
                 fmt::format("{} has {} x {} pixels; at most 8192 x 8192 can be read, make it smaller first.",
                             name,
                             width,
                             height)};
}

// ---- PNG

std::uint32_t bigEndian(const unsigned char* at) {
    return std::uint32_t(at[0]) << 24 | std::uint32_t(at[1]) << 16 | std::uint32_t(at[2]) << 8 | at[3];
}

/// libpng stops at the last row and does not notice a missing end; this does, and costs nothing.
bool endsProperly(Bytes content) {
    const unsigned char* bytes = asBytes(content);
    std::size_t at = 8;
    while (at + 12 <= content.size()) {
        const std::size_t length = bigEndian(bytes + at);
        if (length > content.size() - at - 12) return false;
        if (std::equal(bytes + at + 4, bytes + at + 8, "IEND")) return true;
        at += 12 + length;
    }
    return false;
}

/// The state of libpng's simplified reader, which reports errors by return value.
struct PngReader {
    png_image image = {};
    PngReader() { image.version = PNG_IMAGE_VERSION; }
    PngReader(const PngReader&) = delete;
    PngReader& operator=(const PngReader&) = delete;
    ~PngReader() { png_image_free(&image); }
};

Result<Image> decodePng(Bytes content, const std::string& name) {
    PngReader reader;
    if (png_image_begin_read_from_memory(&reader.image, content.data(), content.size()) == 0)
        return damaged(name, reader.image.message);
    VITRINE_CHECK(checkSides(reader.image.width, reader.image.height, name));
    if (!endsProperly(content)) return damaged(name, "no IEND chunk");
    const bool hasAlpha = (reader.image.format & PNG_FORMAT_FLAG_ALPHA) != 0;
    reader.image.format = hasAlpha ? PNG_FORMAT_RGBA : PNG_FORMAT_RGB;
    // Else 16-bit files that do not name their gamma would be taken as linear light.
    reader.image.flags |= PNG_IMAGE_FLAG_16BIT_sRGB;
    Image image(int(reader.image.width), int(reader.image.height), hasAlpha ? 4 : 3);
    if (png_image_finish_read(&reader.image, nullptr, image.pixels.data(), 0, nullptr) == 0)
        return damaged(name, reader.image.message);
    return image;
}

// ---- JPEG: libjpeg leaves a failing call by longjmp, which skips destructors; the functions between setjmp
// and libjpeg hold plain values only.

struct JpegReader {
    jpeg_decompress_struct decoder = {};
    jpeg_error_mgr errors = {};
    jpeg_progress_mgr progress = {};
    std::jmp_buf leave;
    char fault[JMSG_LENGTH_MAX] = {};
    bool cutOff = false;
    bool created = false;
    JpegReader() = default;
    JpegReader(const JpegReader&) = delete;
    JpegReader& operator=(const JpegReader&) = delete;
    ~JpegReader() {
        if (created) jpeg_destroy_decompress(&decoder);
    }
};

[[noreturn]] void onJpegError(j_common_ptr decoder) {
    auto* reader = static_cast<JpegReader*>(decoder->client_data);
    decoder->err->format_message(decoder, reader->fault);
    std::longjmp(reader->leave, 1);
}

/// libjpeg fills what is missing with grey and only warns; for us that is a damaged file.
void onJpegWarning(j_common_ptr decoder, int level) {
    auto* reader = static_cast<JpegReader*>(decoder->client_data);
    const int code = decoder->err->msg_code;
    if (level < 0 && (code == JWRN_JPEG_EOF || code == JWRN_HIT_MARKER)) reader->cutOff = true;
}

void onJpegProgress(j_common_ptr decoder) {
    if (reinterpret_cast<j_decompress_ptr>(decoder)->input_scan_number > kMaxJpegScans) onJpegError(decoder);
}

bool readJpegHeader(JpegReader& reader, Bytes content) {
    reader.decoder.err = jpeg_std_error(&reader.errors);
    reader.decoder.client_data = &reader;
    reader.errors.error_exit = onJpegError;
    reader.errors.emit_message = onJpegWarning;
    if (setjmp(reader.leave) != 0) return false;
    jpeg_create_decompress(&reader.decoder);
    reader.created = true;
    reader.progress.progress_monitor = onJpegProgress;
    reader.decoder.progress = &reader.progress;
    jpeg_mem_src(&reader.decoder, asBytes(content), static_cast<unsigned long>(content.size()));
    jpeg_read_header(&reader.decoder, TRUE);
    return true;
}

/// The largest picture of 8192 x 8192 in four channels is 256 MiB, so `out` is sized by the caller.
bool readJpegRows(JpegReader& reader, std::uint8_t* out, std::size_t rowBytes) {
    if (setjmp(reader.leave) != 0) return false;
    jpeg_start_decompress(&reader.decoder);
    while (reader.decoder.output_scanline < reader.decoder.output_height) {
        JSAMPROW row = out + std::size_t(reader.decoder.output_scanline) * rowBytes;
        jpeg_read_scanlines(&reader.decoder, &row, 1);
    }
    jpeg_finish_decompress(&reader.decoder);
    return !reader.cutOff;
}

/// `inverted`: Adobe writes 255 for no ink.
Image rgbOfCmyk(const Image& cmyk, bool inverted) {
    Image rgb(cmyk.width, cmyk.height, 3);
    const std::size_t numPixels = std::size_t(cmyk.width) * cmyk.height;
    for (std::size_t i = 0; i < numPixels; ++i) {
        const std::uint8_t* ink = &cmyk.pixels[4 * i];
        const int paper = inverted ? ink[3] : 255 - ink[3];
        for (int c = 0; c < 3; ++c) {
            const int light = inverted ? ink[c] : 255 - ink[c];
            rgb.pixels[3 * i + c] = std::uint8_t((light * paper + 127) / 255);
        }
    }
    return rgb;
}

Result<Image> decodeJpeg(Bytes content, const std::string& name) {
    JpegReader reader;
    if (!readJpegHeader(reader, content)) return damaged(name, reader.fault);
    VITRINE_CHECK(checkSides(reader.decoder.image_width, reader.decoder.image_height, name));
    const J_COLOR_SPACE stored = reader.decoder.jpeg_color_space;
    const bool isCmyk = stored == JCS_CMYK || stored == JCS_YCCK;
    if (stored == JCS_UNKNOWN)
        return Error{ErrorCode::Unsupported,
                     name + " is a JPEG with an unknown kind of colour; save it as RGB."};
    reader.decoder.out_color_space = isCmyk ? JCS_CMYK : JCS_RGB;
    Image image(int(reader.decoder.image_width), int(reader.decoder.image_height), isCmyk ? 4 : 3);
    if (!readJpegRows(reader, image.pixels.data(), std::size_t(image.width) * image.channels))
        return damaged(name, reader.cutOff ? "premature end" : reader.fault);
    return isCmyk ? rgbOfCmyk(image, reader.decoder.saw_Adobe_marker != FALSE) : image;
}

// ---- WebP

Result<Image> decodeWebP(Bytes content, const std::string& name) {
    WebPBitstreamFeatures features = {};
    if (WebPGetFeatures(asBytes(content), content.size(), &features) != VP8_STATUS_OK)
        return damaged(name, "no WebP header");
    const unsigned char* size = asBytes(content) + 4;
    const std::size_t fileSize = std::size_t(size[0]) | std::size_t(size[1]) << 8 |
                                 std::size_t(size[2]) << 16 | std::size_t(size[3]) << 24;
    if (fileSize > content.size() - 8) return damaged(name, "premature end");
    if (features.has_animation)
        return Error{ErrorCode::Unsupported, name + " is an animated WebP; save one of its pictures."};
    VITRINE_CHECK(checkSides(unsigned(features.width), unsigned(features.height), name));
    Image image(features.width, features.height, features.has_alpha ? 4 : 3);
    const auto decode = features.has_alpha ? WebPDecodeRGBAInto : WebPDecodeRGBInto;
    const int rowBytes = image.width * image.channels;
    if (decode(asBytes(content), content.size(), image.pixels.data(), image.pixels.size(), rowBytes) ==
        nullptr)
        return damaged(name, "the WebP picture cannot be decoded");
    return image;
}

// ---- PPM and PGM

/// The next number of a header, whose parts are parted by white space and comments; -1: there is none.
int nextNumber(Bytes content, std::size_t& at) {
    const unsigned char* bytes = asBytes(content);
    while (at < content.size() && (std::isspace(bytes[at]) || bytes[at] == '#')) {
        const bool isComment = bytes[at] == '#';
        while (isComment && at < content.size() && bytes[at] != '\n') ++at;
        if (at < content.size()) ++at;
    }
    int number = -1;
    for (; at < content.size() && std::isdigit(bytes[at]) && number < 1'000'000; ++at)
        number = std::max(number, 0) * 10 + (bytes[at] - '0');
    return number;
}

Result<Image> decodePnm(Bytes content, const std::string& name) {
    std::size_t at = 2;
    const int width = nextNumber(content, at), height = nextNumber(content, at),
              most = nextNumber(content, at);
    if (width < 0 || height < 0 || most <= 0) return damaged(name, "the header of a PPM or PGM is cut off");
    VITRINE_CHECK(checkSides(unsigned(width), unsigned(height), name));
    if (most != 255)
        return Error{ErrorCode::Unsupported,
                     fmt::format("{} has values up to {}; save it with 8 bits, up to 255.", name, most)};
    ++at;  // one white space
    Image image(width, height, 3);
    const std::size_t repeated = asBytes(content)[1] == '5' ? 3 : 1;
    const std::size_t needed = image.pixels.size() / repeated;
    if (at > content.size() || content.size() - at < needed) return damaged(name, "pixels are missing");
    for (std::size_t i = 0; i < image.pixels.size(); ++i)
        image.pixels[i] = asBytes(content)[at + i / repeated];
    return image;
}

bool startsWith(Bytes content, std::initializer_list<unsigned char> magic) {
    return content.size() >= magic.size() && std::equal(magic.begin(), magic.end(), asBytes(content));
}

bool isWebP(Bytes content) {
    return startsWith(content, {'R', 'I', 'F', 'F'}) && content.size() >= 12 &&
           startsWith(content.subspan(8), {'W', 'E', 'B', 'P'});
}

Result<Image> decodeAsStored(Bytes content, const std::string& nameForMessages) {
    if (content.empty())
        return Error{ErrorCode::BadFormat, nameForMessages + " is empty (0 bytes); choose another picture."};
    try {
        if (startsWith(content, {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'}))
            return decodePng(content, nameForMessages);
        if (startsWith(content, {0xff, 0xd8, 0xff})) return decodeJpeg(content, nameForMessages);
        if (startsWith(content, {'P', '5'}) || startsWith(content, {'P', '6'}))
            return decodePnm(content, nameForMessages);
        if (isWebP(content)) return decodeWebP(content, nameForMessages);
    } catch (const std::bad_alloc&) {
        return Error{ErrorCode::OutOfMemory,
                     "There is not enough memory to read " + nameForMessages + "; make it smaller."};
    }
    return Error{ErrorCode::Unsupported,
                 nameForMessages +
                     " is neither a PNG, a JPEG, a WebP, nor a binary PPM picture; save it as one of these."};
}

}  // namespace

Result<Image> decodeImage(Bytes content, const std::string& nameForMessages, Orientation orientation) {
    VITRINE_TRY(Image image, decodeAsStored(content, nameForMessages));
    if (orientation == Orientation::AsStored) return image;
    return upright(std::move(image), orientationOf(content));
}

Result<Image> readImage(const std::filesystem::path& file) {
    VITRINE_TRY(const auto content, readFile(file, kMaxFileBytes));
    return decodeImage(content, file.string());
}

}  // namespace vitrine
