// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/thumbnail_service.h"

#include <QCryptographicHash>
#include <algorithm>

#include "core/base/log.h"
#include "core/io/image_file.h"
#include "core/io/png.h"
#include "core/recipe/compose.h"
#include "ui/bridge/image_convert.h"

namespace vitrine {
namespace {

constexpr ChairView kThumbnailView{325, 20};

/// The name depends on everything that changes the picture, so that an edited catalogue never shows an old
/// one.
std::filesystem::path cacheFile(const std::filesystem::path& folder, const ChairEntry& chair) {
    QCryptographicHash hash(QCryptographicHash::Sha1);
    hash.addData(QByteArrayView("3"));
    for (const std::string* text : {&chair.id, &chair.archive, &chair.model})
        hash.addData(QByteArrayView(text->c_str(), qsizetype(text->size()) + 1));
    hash.addData(QByteArray::number(chair.turnDeg));
    for (float value : chair.rotation) hash.addData(QByteArray::number(value) + ' ');
    return folder / (chair.id.substr(0, 60) + "-" + hash.result().toHex().left(12).toStdString() + ".png");
}

Result<QImage> makeThumbnail(const ChairEntry& chair,
                             const std::filesystem::path& folder,
                             const RealChairPainter& paint) {
    const std::filesystem::path file = cacheFile(folder, chair);
    if (const auto cached = readImage(file); cached && cached->width == ThumbnailService::kSize)
        return toQImage(*cached);

    VITRINE_TRY(const Image rendered, paint({chair, kThumbnailView, {}, ThumbnailService::kSize}));
    const Image picture = composeOver(rendered, {BackgroundKind::Transparent, {}});
    std::error_code ignored;
    std::filesystem::create_directories(folder, ignored);
    if (!writePng(file, picture))
        logWarningOnce("Thumbnails cannot be kept in " + folder.string() +
                       "; they are made again at each start.");
    return toQImage(picture);
}

}  // namespace

ThumbnailService::ThumbnailService(RealChairPainter painter, std::filesystem::path folder, QObject* parent)
    : QObject(parent), m_painter(std::move(painter)), m_folder(std::move(folder)) {
    m_worker = makeThreadWorker([this](const char*) {
        QMetaObject::invokeMethod(
            this,
            [this] {
                m_busy = false;
                postNext();
            },
            Qt::QueuedConnection);
    });
}

ThumbnailService::~ThumbnailService() {
    m_worker.reset();
}

void ThumbnailService::request(const std::vector<ChairEntry>& chairs) {
    for (const ChairEntry& chair : chairs) {
        const QString id = QString::fromStdString(chair.id);
        if (m_thumbnails.contains(id) || m_asked.contains(id) || m_failed.contains(id)) continue;
        m_asked.insert(id);
        m_waiting.push_back(chair);
    }
    postNext();
}

void ThumbnailService::forget(const QString& id) {
    m_thumbnails.remove(id);
    m_failed.remove(id);
}

void ThumbnailService::prioritise(const QStringList& ids) {
    std::stable_partition(m_waiting.begin(), m_waiting.end(), [&ids](const ChairEntry& chair) {
        return ids.contains(QString::fromStdString(chair.id));
    });
}

void ThumbnailService::postNext() {
    if (m_busy) return;
    if (m_waiting.empty()) {
        Q_EMIT idle();
        return;
    }
    m_busy = true;
    const ChairEntry chair = m_waiting.front();
    m_waiting.pop_front();
    m_worker->post([this, chair, folder = m_folder, painter = m_painter](std::stop_token) {
        auto result = makeThumbnail(chair, folder, painter);
        const QString id = QString::fromStdString(chair.id);
        QMetaObject::invokeMethod(
            this, [this, id, result = std::move(result)] { deliver(id, result); }, Qt::QueuedConnection);
    });
}

void ThumbnailService::deliver(const QString& id, const Result<QImage>& result) {
    m_busy = false;
    m_asked.remove(id);
    if (result) {
        m_thumbnails.insert(id, *result);
        Q_EMIT thumbnailReady(id, *result);
    } else {
        m_failed.insert(id);
        Q_EMIT thumbnailFailed(id, result.error());
    }
    postNext();
}

}  // namespace vitrine
