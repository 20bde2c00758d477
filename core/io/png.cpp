// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/png.h"

#include <fmt/format.h>
#include <png.h>

#include <algorithm>
#include <csetjmp>
#include <cstring>

#include "core/io/atomic_file.h"
#include "core/io/mapped_file.h"

namespace vitrine {
namespace {

constexpr char kRecipeKey[] = "vitrine";
constexpr std::size_t kMaxRecipeBytes = std::size_t(8) << 20;

// libpng leaves a failing call by longjmp, which skips destructors: the functions between setjmp and libpng
// hold plain values only, and all that needs to be freed lives in the frame above.

[[noreturn]] void onPngError(png_structp png, png_const_charp message) {
    auto* text = static_cast<char*>(png_get_error_ptr(png));
    if (text != nullptr) std::strncpy(text, message, 199);
    png_longjmp(png, 1);
}
void onPngWarning(png_structp, png_const_charp) {}

struct Encoder {
    char fault[200] = {};
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, fault, onPngError, onPngWarning);
    png_infop info = png != nullptr ? png_create_info_struct(png) : nullptr;
    std::vector<std::byte> bytes;
    bool outOfMemory = false;
    ~Encoder() { png_destroy_write_struct(&png, &info); }
};

void appendBytes(png_structp png, png_bytep data, std::size_t count) {
    auto* encoder = static_cast<Encoder*>(png_get_io_ptr(png));
    try {
        const auto* begin = reinterpret_cast<const std::byte*>(data);
        encoder->bytes.insert(encoder->bytes.end(), begin, begin + count);
        return;
    } catch (const std::bad_alloc&) {
        encoder->outOfMemory = true;
    }
    png_error(png, "out of memory");
}

int colourType(int channels, bool hasPalette) {
    if (hasPalette) return PNG_COLOR_TYPE_PALETTE;
    if (channels == 1) return PNG_COLOR_TYPE_GRAY;
    return channels == 3 ? PNG_COLOR_TYPE_RGB : PNG_COLOR_TYPE_RGBA;
}

bool encodeInto(Encoder& encoder,
                const Image& image,
                std::span<const PngColour> palette,
                const std::string& recipe) {
    if (setjmp(png_jmpbuf(encoder.png)) != 0) return false;
    png_set_write_fn(encoder.png, &encoder, appendBytes, nullptr);
    png_set_IHDR(encoder.png,
                 encoder.info,
                 png_uint_32(image.width),
                 png_uint_32(image.height),
                 8,
                 colourType(image.channels, !palette.empty()),
                 PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT,
                 PNG_FILTER_TYPE_DEFAULT);
    if (!palette.empty()) {
        png_color colours[PNG_MAX_PALETTE_LENGTH];
        for (std::size_t i = 0; i < palette.size(); ++i)
            colours[i] = {palette[i][0], palette[i][1], palette[i][2]};
        png_set_PLTE(encoder.png, encoder.info, colours, int(palette.size()));
    }
    if (image.channels >= 3) png_set_sRGB(encoder.png, encoder.info, PNG_sRGB_INTENT_PERCEPTUAL);
    if (!recipe.empty()) {
        png_text text = {};
        text.compression = PNG_ITXT_COMPRESSION_zTXt;
        text.key = const_cast<char*>(kRecipeKey);
        text.text = const_cast<char*>(recipe.c_str());
        text.text_length = 0;
        text.itxt_length = recipe.size();
        png_set_text(encoder.png, encoder.info, &text, 1);
    }
    png_write_info(encoder.png, encoder.info);
    for (int y = 0; y < image.height; ++y) png_write_row(encoder.png, image.row(y));
    png_write_end(encoder.png, nullptr);
    return true;
}

struct InfoReader {
    std::span<const std::byte> rest;
    char fault[200] = {};
    png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, fault, onPngError, onPngWarning);
    png_infop info = png != nullptr ? png_create_info_struct(png) : nullptr;
    ~InfoReader() { png_destroy_read_struct(&png, &info, nullptr); }
};

void takeBytes(png_structp png, png_bytep out, std::size_t count) {
    auto* reader = static_cast<InfoReader*>(png_get_io_ptr(png));
    if (reader->rest.size() < count) png_error(png, "the file ends too early");
    std::memcpy(out, reader->rest.data(), count);
    reader->rest = reader->rest.subspan(count);
}

bool readInfo(InfoReader& reader) {
    if (setjmp(png_jmpbuf(reader.png)) != 0) return false;
    png_set_read_fn(reader.png, &reader, takeBytes);
    png_set_chunk_malloc_max(reader.png, kMaxRecipeBytes);
    png_read_info(reader.png, reader.info);
    return true;
}

Result<std::vector<std::byte>> encode(const Image& image,
                                      std::span<const PngColour> palette,
                                      const std::string& recipe) {
    const bool channelsFit = image.channels == 1 || image.channels == 3 || image.channels == 4;
    if (image.width <= 0 || image.height <= 0 || !channelsFit ||
        image.pixels.size() != std::size_t(image.width) * image.height * image.channels)
        return Error{ErrorCode::InvalidArgument,
                     fmt::format("A picture of {} x {} x {} cannot be written as a PNG.",
                                 image.width,
                                 image.height,
                                 image.channels)};
    Encoder encoder;
    if (encoder.info == nullptr)
        return Error{ErrorCode::OutOfMemory, "There is not enough memory to write a PNG."};
    if (!encodeInto(encoder, image, palette, recipe)) {
        if (encoder.outOfMemory)
            return Error{ErrorCode::OutOfMemory, "There is not enough memory to write a PNG."};
        return Error{ErrorCode::Internal, "The picture could not be written as a PNG.", encoder.fault};
    }
    return std::move(encoder.bytes);
}

}  // namespace

Result<std::vector<std::byte>> encodePng(const Image& image, const std::string& recipe) {
    return encode(image, {}, recipe);
}

Status writePalettePng(const std::filesystem::path& file,
                       const LabelMap& map,
                       std::span<const PngColour> palette,
                       const std::string& recipe) {
    const bool fits = !map.empty() && map.channels == 1 && !palette.empty() &&
                      palette.size() <= PNG_MAX_PALETTE_LENGTH &&
                      *std::max_element(map.pixels.begin(), map.pixels.end()) < palette.size();
    if (!fits)
        return Error{ErrorCode::InvalidArgument,
                     fmt::format("These values can't be written as a PNG with {} colours.", palette.size())};
    VITRINE_TRY(const auto bytes, encode(greyLevels(map), palette, recipe));
    return writeFileAtomically(file, bytes);
}

Status writePng(const std::filesystem::path& file, const Image& image, const std::string& recipe) {
    VITRINE_TRY(const auto bytes, encodePng(image, recipe));
    return writeFileAtomically(file, bytes);
}

Result<std::optional<std::string>> readPngRecipe(const std::filesystem::path& file) {
    VITRINE_TRY(const MappedFile mapped, MappedFile::open(file));
    const std::span<const std::byte> content = mapped.bytes();
    const auto* signature = reinterpret_cast<png_const_bytep>(content.data());
    if (content.size() < 8 || png_sig_cmp(signature, 0, 8) != 0)
        return Error{ErrorCode::BadFormat,
                     file.string() + " is not a PNG picture; choose a PNG that Vitrine wrote."};
    InfoReader reader;
    reader.rest = content;
    if (reader.info == nullptr)
        return Error{ErrorCode::OutOfMemory, "There is not enough memory to read " + file.string() + "."};
    if (!readInfo(reader))
        return Error{ErrorCode::BadFormat, file.string() + " is damaged; export it again.", reader.fault};
    png_textp texts = nullptr;
    int numTexts = 0;
    png_get_text(reader.png, reader.info, &texts, &numTexts);
    for (int i = 0; i < numTexts; ++i) {
        if (std::strcmp(texts[i].key, kRecipeKey) != 0) continue;
        const bool international = texts[i].compression >= PNG_ITXT_COMPRESSION_NONE;
        return std::optional(
            std::string(texts[i].text, international ? texts[i].itxt_length : texts[i].text_length));
    }
    return std::optional<std::string>();
}

}  // namespace vitrine
