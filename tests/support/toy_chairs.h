// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <string>
#include <vector>

#include "ui/bridge/chair_service.h"
#include "ui/bridge/real_chair_service.h"

namespace vitrine {

inline constexpr int kToySize = 16;
inline const std::vector<std::string> kToyIds{"stool", "windsor", "sofa", "bench"};
/// A toy network of this name has Gaussian styles in two dimensions, of chairs of the family too.
inline constexpr auto kToyGaussian = "gaussian";
inline const std::vector<std::string> kToyGaussianIds{
    "stool", "windsor", "sofa", "bench", "family-3", "family-4"};

/// A chair that a toy network knows only if its name is that of a run's snapshot.
inline constexpr auto kToyOwnId = "own-chair";

/// What a toy picture must look like: red tells the styles, green the azimuth, blue the elevation.
inline QColor toyColor(const ChairRequest& request) {
    double red = 0;
    for (const StyleWeight& part : request.styleWeights) red += part.weight * (40 + 50 * part.styleIndex);
    const auto byte = [](double value) { return std::clamp(int(value + 0.5), 0, 255); };
    return QColor(byte(red),
                  byte(request.view.azimuthDeg / 2),
                  byte(request.view.elevationDeg * 4 + 50 * request.theta.logZoom));
}

/// Lets a test hold the toy network and see what it was asked.
class ToyControl {
public:
    void close() {
        const std::lock_guard lock(m_mutex);
        m_open = false;
    }
    void open() {
        const std::lock_guard lock(m_mutex);
        m_open = true;
        m_changed.notify_all();
    }
    void waitUntilOpen() {
        std::unique_lock lock(m_mutex);
        ++m_numWaiting;
        m_changed.notify_all();
        m_changed.wait(lock, [this] { return m_open; });
        --m_numWaiting;
    }
    /// Returns when the worker stands at the closed gate.
    void waitUntilHeld() {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return m_numWaiting > 0; });
    }
    void record(const ChairRequest& request) {
        const std::lock_guard lock(m_mutex);
        m_requests.push_back(request);
    }
    std::vector<ChairRequest> requests() {
        const std::lock_guard lock(m_mutex);
        return m_requests;
    }

    std::atomic<bool> failing = false;

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_open = true;
    int m_numWaiting = 0;
    std::vector<ChairRequest> m_requests;
};

class ToyChairs : public ChairSession {
public:
    ToyChairs(std::shared_ptr<ToyControl> control, const std::filesystem::path& file)
        : m_control(std::move(control)) {
        m_info.name = file.stem().string();
        m_info.file = file;
        m_info.weightsHash = "hash of " + m_info.name;
        m_info.size = kToySize;
        m_info.numStyles = int(kToyIds.size());
        m_info.styleIds = kToyIds;
        m_info.device = "toy";
        if (m_info.name == kToyGaussian) {
            m_info.styleDimensions = 2;
            m_info.styleIds = kToyGaussianIds;
            m_info.numStyles = int(kToyGaussianIds.size());
        }
        if (m_info.name == "snapshot") {
            m_info.styleIds.push_back(kToyOwnId);
            ++m_info.numStyles;
        }
        // The first four at the corners of a square, as they are numbered row by row.
        const std::vector<float> values{-2, -1, 2, -1, -2, 1, 2, 1, 0, 0, 0.5, 0.25};
        m_codes = {2, {values.begin(), values.begin() + 2 * m_info.numStyles}};
    }
    const StyleCodes& styleCodes() const override { return m_codes; }
    const ChairModelInfo& info() const override { return m_info; }

    Result<std::vector<ChairPicture>> generate(std::span<const ChairRequest> requests) override {
        m_control->waitUntilOpen();
        if (m_control->failing)
            return Error{ErrorCode::NonFinite, "The network's answer is not a number; open another model."};
        std::vector<ChairPicture> pictures;
        for (const ChairRequest& request : requests) {
            m_control->record(request);
            const QColor color = toyColor(request);
            Image image(kToySize, kToySize, 4, 255);
            for (int i = 0; i < kToySize * kToySize; ++i) {
                image.pixels[std::size_t(4 * i)] = std::uint8_t(color.red());
                image.pixels[std::size_t(4 * i + 1)] = std::uint8_t(color.green());
                image.pixels[std::size_t(4 * i + 2)] = std::uint8_t(color.blue());
            }
            pictures.push_back({std::move(image)});
        }
        return pictures;
    }

private:
    std::shared_ptr<ToyControl> m_control;
    ChairModelInfo m_info;
    StyleCodes m_codes;
};

/// Opens any file but those whose name has "broken" or "missing" in it.
inline ChairService::Opener toyOpener(std::shared_ptr<ToyControl> control) {
    return [control](const std::filesystem::path& file) -> Result<std::unique_ptr<ChairSession>> {
        const std::string name = file.filename().string();
        if (name.find("broken") != std::string::npos) {
            return Error{ErrorCode::BadFormat,
                         name + " is damaged: its header ends too early. Copy it again.",
                         "header"};
        }
        if (name.find("missing") != std::string::npos)
            return Error{ErrorCode::NotFound, "There is no file " + name + "."};
        return std::unique_ptr<ChairSession>(std::make_unique<ToyChairs>(control, file));
    };
}

inline std::vector<ChairEntry> toyCatalogue() {
    const std::vector<std::string> names{"Bar stool", "Windsor chair", "Red sofa", "Park bench"};
    const std::vector<std::string> types{"stool", "chair", "sofa", "bench"};
    std::vector<ChairEntry> entries;
    for (std::size_t i = 0; i < names.size(); ++i) {
        ChairEntry entry;
        entry.id = kToyIds[i];
        entry.index = int(i);
        entry.name = names[i];
        entry.type = types[i];
        entry.creator = i < 2 ? "Ada" : "Bob";
        entry.licence = i % 2 == 0 ? "CC0-1.0" : "CC-BY-3.0";
        entry.archive = i < 3 ? "Scopia.sh3f" : "Trees.sh3f";
        entries.push_back(std::move(entry));
    }
    return entries;
}

/// A grey square; the chair's index tells how light.
inline RealChairPainter toyRealPainter() {
    return [](const RealChairRequest& request) -> Result<Image> {
        Image image(request.size, request.size, 4, std::uint8_t(60 + 40 * request.chair.index));
        for (std::size_t i = 3; i < image.pixels.size(); i += 4) image.pixels[i] = 255;
        return image;
    };
}

}  // namespace vitrine
