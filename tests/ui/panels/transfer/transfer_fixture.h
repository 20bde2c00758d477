// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <mutex>

#include "core/recipe/transfer_nearest.h"
#include "tests/ui/panels/panel_fixture.h"
#include "ui/panels/transfer/transfer_panel.h"
#include "ui/views/zoom_view.h"

namespace vitrine {

inline constexpr int kToySide = 16;

/// What the toy was asked; shared by all of a test.
struct TransferLog {
    std::mutex mutex;
    std::vector<TransferRequest> asked;
};

/// Networks for 4 azimuths with and without transfer, and for 1 with transfer; each answers in a grey of its
/// own: 100 with, 60 few, 40 alone.
class ToyTransferNetworks : public TransferSession {
public:
    explicit ToyTransferNetworks(TransferLog& log) : m_log(log) {
        m_toyInfo.folder = "toys";
        m_toyInfo.name = "toy";
        m_toyInfo.weightsHash = "abc";
        m_toyInfo.size = kToySide;
        m_toyInfo.targets = {"bar-chair", "striped-chair", "scan-006"};
        m_toyInfo.networks = {{TransferSetting::Views4, SourceViews::All},
                              {TransferSetting::Views4, SourceViews::Few},
                              {TransferSetting::Views4, SourceViews::None},
                              {TransferSetting::Views1, SourceViews::All}};
    }
    const TransferModelInfo& info() const override { return m_toyInfo; }
    Result<TransferResult> draw(const TransferRequest& request) override {
        {
            const std::lock_guard lock(m_log.mutex);
            m_log.asked.push_back(request);
        }
        TransferResult result;
        for (const SourceViews sources : {SourceViews::All, SourceViews::Few, SourceViews::None})
            if (m_toyInfo.has(request.setting, sources))
                result.pictures[std::size_t(sources)] = greyOf(kGreys[std::size_t(sources)]);
        return result;
    }
    Result<std::vector<Image>> strip(const std::string&, SourceViews) override {
        return std::vector<Image>(10 * std::size_t(kTransferStripColumns), greyOf(100));
    }
    static Image greyOf(std::uint8_t grey) {
        Image image(kToySide, kToySide, 4, grey);
        for (int y = 0; y < kToySide; ++y)
            for (int x = 0; x < kToySide; ++x) image.at(y, x, 3) = 255;
        return image;
    }

private:
    static constexpr std::uint8_t kGreys[] = {100, 60, 40};

    TransferModelInfo m_toyInfo;
    TransferLog& m_log;
};

/// A transfer panel over the toy. Two chairs of the catalogue can be rendered, in a grey of 120; no scan.
class TransferFixture : public PanelFixture<TransferPanel> {
public:
    TransferFixture() : PanelFixture(QStringLiteral("transfer")) {}
    ~TransferFixture() { panel.reset(); }

    TransferPanel& open(bool hasNetworks = true) {
        TransferPanelParts parts;
        parts.models = at("models");
        std::filesystem::create_directories(parts.models);
        (void)writeNearestSources(
            nearestSourcesFile(parts.models),
            {{"bar-chair", TransferSetting::Views4, "scan-001", "oak-chair", "oak-chair"}});
        parts.loadChairs = [] { return std::vector<ChairEntry>{entry("bar-chair"), entry("oak-chair")}; };
        parts.paintRealChair = [](const RealChairRequest&) -> Result<Image> {
            return ToyTransferNetworks::greyOf(120);
        };
        parts.figures = readResultsPage("transfer",
                                        "# Transfer\n\n## Figures\n\n| method | views15 | views4 | views1 | "
                                        "elevation |\n|---|---|---|---|---|\n"
                                        "| with transfer | 70 | 90 | 200 | 60 |\n"
                                        "| without transfer | 75 | 150 | 400 | 90 |\n");
        parts.openModels =
            [this,
             hasNetworks](const std::filesystem::path& folder) -> Result<std::unique_ptr<TransferSession>> {
            if (!hasNetworks) return Error{ErrorCode::NotFound, "There are none in " + folder.string() + "."};
            return std::unique_ptr<TransferSession>(std::make_unique<ToyTransferNetworks>(log));
        };
        return show(parts);
    }
    int greyOf(const char* view) {
        const QImage& image = find<ZoomView>(view)->image();
        return image.isNull() ? -1 : qGray(image.pixel(0, 0));
    }

    TransferLog log;

private:
    static ChairEntry entry(const char* id) {
        ChairEntry chair;
        chair.id = id;
        chair.name = id == std::string("bar-chair") ? "Bar chair" : "Oak chair";
        return chair;
    }
};

}  // namespace vitrine
