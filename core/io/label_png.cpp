// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/label_png.h"

#include <png.h>

#include <algorithm>
#include <cstring>

#include "core/io/atomic_file.h"
#include "core/io/image_file.h"
#include "core/io/orientation.h"

namespace vitrine {
namespace {

constexpr std::size_t kMaxLabelFileBytes = std::size_t(1) << 28;

/// libpng leaves a failing call by longjmp, which skips destructors; between setjmp and libpng there are
/// plain values only.
struct StoredReader {
    png_structp png = nullptr;
    png_infop info = nullptr;
    const png_byte* at = nullptr;
    std::size_t left = 0;
    StoredReader() = default;
    StoredReader(const StoredReader&) = delete;
    StoredReader& operator=(const StoredReader&) = delete;
    ~StoredReader() { png_destroy_read_struct(&png, &info, nullptr); }
};

void readBytes(png_structp png, png_bytep to, std::size_t count) {
    auto* reader = static_cast<StoredReader*>(png_get_io_ptr(png));
    if (count > reader->left) png_error(png, "cut off");
    std::memcpy(to, reader->at, count);
    reader->at += count;
    reader->left -= count;
}

[[noreturn]] void onError(png_structp png, png_const_charp) {
    png_longjmp(png, 1);
}
void onWarning(png_structp, png_const_charp) {}

/// Rows of one byte a pixel as stored, into `out` of the size that the picture was found to have.
bool readStoredRows(StoredReader& reader, std::uint8_t* out, std::size_t width) {
    reader.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, nullptr, onError, onWarning);
    if (!reader.png || setjmp(png_jmpbuf(reader.png)) != 0) return false;
    reader.info = png_create_info_struct(reader.png);
    png_set_read_fn(reader.png, &reader, readBytes);
    png_read_info(reader.png, reader.info);
    png_set_packing(reader.png);
    const int numPasses = png_set_interlace_handling(reader.png);
    png_read_update_info(reader.png, reader.info);
    if (png_get_rowbytes(reader.png, reader.info) != width) return false;
    const png_uint_32 height = png_get_image_height(reader.png, reader.info);
    for (int pass = 0; pass < numPasses; ++pass)
        for (png_uint_32 y = 0; y < height; ++y) png_read_row(reader.png, out + y * width, nullptr);
    return true;
}

Result<LabelMap> greyOf(const Image& image, const std::string& name) {
    LabelMap labels(image.width, image.height);
    for (std::size_t i = 0; i < labels.pixels.size(); ++i) {
        const std::uint8_t* pixel = &image.pixels[i * std::size_t(image.channels)];
        if (pixel[0] != pixel[1] || pixel[0] != pixel[2])
            return Error{
                ErrorCode::Unsupported,
                name + " is coloured; a mask holds class numbers: save it as a grey or palette PNG."};
        labels.pixels[i] = pixel[0];
    }
    return labels;
}

}  // namespace

Result<LabelMap> readLabelPng(const std::filesystem::path& file) {
    const std::string name = file.string();
    VITRINE_TRY(const std::vector<std::byte> content, readFile(file, kMaxLabelFileBytes));
    // Finds what is empty, damaged or cut off.
    VITRINE_TRY(const Image image, decodeImage(content, name, Orientation::AsStored));
    const auto* bytes = reinterpret_cast<const png_byte*>(content.data());
    if (png_sig_cmp(bytes, 0, 8) != 0)
        return Error{ErrorCode::Unsupported,
                     name + " is no PNG; JPEG blurs class numbers, save the mask as PNG."};
    constexpr std::size_t kBitDepthAt = 24, kColourTypeAt = 25;  // in the header chunk
    const int bitDepth = bytes[kBitDepthAt], colourType = bytes[kColourTypeAt];
    if (bitDepth == 16)
        return Error{ErrorCode::Unsupported, name + " has 16 bits a pixel; save the mask with 8 bits."};
    if (colourType != PNG_COLOR_TYPE_GRAY && colourType != PNG_COLOR_TYPE_PALETTE) {
        VITRINE_TRY(LabelMap grey, greyOf(image, name));
        return upright(std::move(grey), orientationOf(content));
    }
    LabelMap labels(image.width, image.height);
    StoredReader reader;
    reader.at = bytes, reader.left = content.size();
    if (readStoredRows(reader, labels.pixels.data(), std::size_t(image.width)))
        return upright(std::move(labels), orientationOf(content));
    return Error{ErrorCode::BadFormat, name + " is damaged or cut off; save it again."};
}

}  // namespace vitrine
