// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/orientation.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace vitrine {
namespace {

constexpr int kAsStored = 1;

/// Reads numbers of either byte order; what lies outside is 0.
struct ExifBytes {
    std::span<const std::byte> content;
    bool isLittle = false;

    std::size_t number(std::size_t at, std::size_t numBytes) const {
        if (at > content.size() || numBytes > content.size() - at) return 0;
        std::size_t value = 0;
        for (std::size_t i = 0; i < numBytes; ++i)
            value = value << 8 | std::size_t(content[at + (isLittle ? numBytes - 1 - i : i)]);
        return value;
    }
    bool startsWith(std::size_t at, std::string_view text) const {
        return at <= content.size() && text.size() <= content.size() - at &&
               std::equal(
                   text.begin(), text.end(), content.begin() + std::ptrdiff_t(at), [](char a, std::byte b) {
                       return std::byte(a) == b;
                   });
    }
    ExifBytes part(std::size_t at, std::size_t size) const {
        at = std::min(at, content.size());
        return {content.subspan(at, std::min(size, content.size() - at)), isLittle};
    }
};

/// Source: TIFF 6.0, section 2; Exif 2.32, tag 274.
int orientationOfTiff(ExifBytes exif) {
    using namespace std::string_view_literals;
    if (exif.startsWith(0, "Exif\0\0"sv)) exif = exif.part(6, exif.content.size());
    if (!exif.startsWith(0, "II*\0"sv) && !exif.startsWith(0, "MM\0*"sv)) return kAsStored;
    exif.isLittle = exif.startsWith(0, "II");
    constexpr std::size_t kOrientationTag = 274, kShort = 3, kEntryBytes = 12;
    const std::size_t list = exif.number(4, 4), numEntries = exif.number(list, 2);
    for (std::size_t i = 0; i < numEntries; ++i) {
        const std::size_t entry = list + 2 + i * kEntryBytes;
        if (exif.number(entry, 2) != kOrientationTag || exif.number(entry + 2, 2) != kShort) continue;
        const std::size_t orientation = exif.number(entry + 8, 2);
        return orientation >= 1 && orientation <= 8 ? int(orientation) : kAsStored;
    }
    return kAsStored;
}

int orientationOfJpeg(const ExifBytes& jpeg) {
    using namespace std::string_view_literals;
    constexpr std::size_t kApp1 = 0xe1, kScan = 0xda;
    for (std::size_t at = 2; at + 4 <= jpeg.content.size() && jpeg.number(at, 1) == 0xff;) {
        const std::size_t marker = jpeg.number(at + 1, 1), size = jpeg.number(at + 2, 2);
        if (marker == 0xff) {  // padding
            ++at;
            continue;
        }
        if (marker == kScan || size < 2) break;
        if (marker == kApp1 && jpeg.startsWith(at + 4, "Exif\0\0"sv))
            return orientationOfTiff(jpeg.part(at + 4, size - 2));
        at += 2 + size;
    }
    return kAsStored;
}

int orientationOfPng(const ExifBytes& png) {
    for (std::size_t at = 8; at + 12 <= png.content.size(); at += 12 + png.number(at, 4))
        if (png.startsWith(at + 4, "eXIf")) return orientationOfTiff(png.part(at + 8, png.number(at, 4)));
    return kAsStored;
}

int orientationOfWebP(ExifBytes webP) {
    webP.isLittle = true;
    for (std::size_t at = 12; at + 8 <= webP.content.size();) {
        const std::size_t size = webP.number(at + 4, 4);
        if (webP.startsWith(at, "EXIF")) return orientationOfTiff(webP.part(at + 8, size));
        at += 8 + size + size % 2;
    }
    return kAsStored;
}

template <class Picture>
Picture turned(Picture stored, int orientation) {
    if (orientation <= kAsStored || orientation > 8) return stored;
    const bool isTransposed = orientation >= 5;
    const bool fromBottom = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
    const bool fromRight = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
    Picture seen = stored;
    if (isTransposed) std::swap(seen.width, seen.height);
    for (int y = 0; y < seen.height; ++y)
        for (int x = 0; x < seen.width; ++x) {
            const int row = isTransposed ? x : y, column = isTransposed ? y : x;
            const std::size_t from = stored.index(fromBottom ? stored.height - 1 - row : row,
                                                  fromRight ? stored.width - 1 - column : column);
            std::copy_n(&stored.pixels[from], stored.channels, &seen.pixels[seen.index(y, x)]);
        }
    return seen;
}

}  // namespace

int orientationOf(std::span<const std::byte> content) {
    const ExifBytes file{content};
    if (file.startsWith(0, "\xff\xd8")) return orientationOfJpeg(file);
    if (file.startsWith(0, "\x89PNG")) return orientationOfPng(file);
    return file.startsWith(0, "RIFF") && file.startsWith(8, "WEBP") ? orientationOfWebP(file) : kAsStored;
}

Image upright(Image stored, int orientation) {
    return turned(std::move(stored), orientation);
}

LabelMap upright(LabelMap stored, int orientation) {
    return turned(std::move(stored), orientation);
}

}  // namespace vitrine
