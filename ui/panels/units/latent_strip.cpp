// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/units/latent_strip.h"

#include <algorithm>
#include <numeric>

#include "core/io/image_file.h"
#include "core/recipe/segmentation_input.h"
#include "ui/bridge/image_convert.h"
#include "ui/bridge/segmentation_service.h"
#include "ui/bridge/task_service.h"
#include "ui/views/label_colors.h"
#include "ui/views/tile_view.h"

namespace vitrine {

using namespace Qt::StringLiterals;
namespace fs = std::filesystem;

namespace {

constexpr double kDeviations = 3;
constexpr std::size_t kMaxChannels = 8;
constexpr int kPictureSize = 128;
constexpr double kOpacity = 0.7;

/// The first bundled variant with a latent; empty: none is.
fs::path modelIn(const fs::path& folder) {
    for (const char* variant : {"cvae", "hybrid", "gsnn"}) {
        const fs::path file = folder / ("segmentation-" + std::string(variant) + ".safetensors");
        if (std::error_code fault; fs::exists(file, fault)) return file;
    }
    return {};
}

/// The first picture of the folder, labels apart. Errors: NotFound, those of readImage.
Result<Image> firstPicture(const fs::path& folder) {
    std::vector<fs::path> files;
    std::error_code fault;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, fault))
        if (entry.path().extension() == ".png" && !entry.path().stem().string().ends_with("-labels"))
            files.push_back(entry.path());
    if (files.empty()) return Error{ErrorCode::NotFound, "There is no scene in " + folder.string() + "."};
    VITRINE_TRY(const Image image, readImage(*std::ranges::min_element(files)));
    return squarePicture(image, kPictureSize);
}

}  // namespace

LatentStrip::LatentStrip(
    TileView* tiles, SegmentationService::Opener opener, fs::path models, fs::path pictures, QObject* parent)
    : QObject(parent), m_tiles(tiles), m_models(std::move(models)), m_pictures(std::move(pictures)) {
    m_network = new SegmentationService(std::move(opener), this);
    m_tasks = new TaskService(this);
    connect(m_network, &SegmentationService::stateChanged, this, &LatentStrip::networkChanged);
    connect(m_network, &SegmentationService::activityReady, this, &LatentStrip::takeActivity);
    connect(m_network,
            &SegmentationService::resultReady,
            this,
            [this](quint64, const SegmentationResult& result) { takeResult(result); });
    connect(m_network, &SegmentationService::failed, this, [this](const Error& error) {
        say(QString::fromStdString(error.message));
    });
    connect(m_network, &SegmentationService::idle, this, &LatentStrip::changed);
}

void LatentStrip::say(const QString& text) {
    m_note = text;
    m_tiles->setPlaceholder(text);
    Q_EMIT changed();
}

bool LatentStrip::isSettled() const {
    return !m_shown || (m_tasks->isIdle() && m_network->isIdle() &&
                        m_network->state() != SegmentationService::State::Loading);
}

void LatentStrip::show() {
    if (std::exchange(m_shown, true)) return;
    const fs::path model = modelIn(m_models);
    if (model.empty()) {
        m_shown = false;  // one may be trained meanwhile
        return say(tr("No segmentation CVAE is bundled yet; train one in Training to explore its latent."));
    }
    say(tr("Opening the segmentation CVAE"));
    m_network->open(model);
}

void LatentStrip::networkChanged() {
    if (m_network->state() == SegmentationService::State::Failed)
        return say(QString::fromStdString(m_network->error().message));
    if (m_network->state() != SegmentationService::State::Ready) return;
    m_tasks->run([folder = m_pictures](std::stop_token) { return firstPicture(folder); },
                 [this](const Result<Image>& picture) {
                     if (picture)
                         takePicture(*picture);
                     else
                         say(QString::fromStdString(picture.error().message));
                 });
}

void LatentStrip::takePicture(const Image& picture) {
    m_request.image = picture;
    m_request.numSamples = 1;
    m_network->requestActivity(m_request);
}

void LatentStrip::takeActivity(const std::vector<double>& nats) {
    std::vector<int> channels(nats.size());
    std::iota(channels.begin(), channels.end(), 0);
    std::ranges::stable_sort(
        channels, std::greater{}, [&nats](int channel) { return nats[std::size_t(channel)]; });
    channels.resize(std::min(channels.size(), kMaxChannels));
    if (channels.empty()) return say(tr("This network has no latent."));
    m_held = {{}};
    for (const int channel : channels)
        for (const double side : {-kDeviations, kDeviations})
            m_held.push_back({channel, side, nats[std::size_t(channel)]});
    m_next = 0;
    m_tiles->setTiles({});
    say(tr("The answer at the prior mean with one latent channel fixed at ±%1 σ, the most active first")
            .arg(kDeviations));
    ask();
}

void LatentStrip::ask() {
    const Held& held = m_held[m_next];
    m_request.forced.clear();
    if (held.deviations != 0) m_request.forced.push_back({held.channel, held.deviations});
    m_network->request(m_request);
}

void LatentStrip::takeResult(const SegmentationResult& result) {
    const Held& held = m_held[m_next];
    const QString side = held.deviations < 0 ? u"−"_s : u"+"_s;
    const LabelMap& answer = result.mean.empty() ? result.argmax : result.mean;
    QList<Tile> tiles = m_tiles->tiles();
    tiles << Tile{int(m_next),
                  overlayLabels(toQImage(m_request.image), answer, kOpacity),
                  held.deviations == 0 ? tr("unchanged")
                                       : tr("%1, %2%3 σ").arg(held.channel).arg(side).arg(kDeviations),
                  held.deviations == 0
                      ? tr("No channel is fixed")
                      : tr("Channel %1: KL divergence %2 nats").arg(held.channel).arg(held.nats, 0, 'f', 2)};
    m_tiles->setTiles(tiles);
    if (++m_next < m_held.size()) ask();
    Q_EMIT changed();
}

}  // namespace vitrine
