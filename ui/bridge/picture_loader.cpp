// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/picture_loader.h"

#include "core/io/image_file.h"
#include "ui/bridge/image_convert.h"
#include "ui/bridge/task_service.h"

namespace vitrine {
namespace {

constexpr int kKeptKiB = 64 << 10;

Result<QImage> readPicture(const QString& file) {
    VITRINE_TRY(const Image image, readImage(file.toStdString()));
    return toQImage(image);
}

}  // namespace

PictureLoader::PictureLoader(QObject* parent)
    : QObject(parent), m_known(kKeptKiB), m_tasks(new TaskService(this)) {}

PictureLoader::~PictureLoader() = default;

void PictureLoader::request(const QString& file) {
    if (const QImage* known = m_known.object(file)) {
        m_wanted.clear();
        Q_EMIT loaded(file, *known);
        return;
    }
    m_wanted = file;
    if (!m_busy) readNext();
}

void PictureLoader::readNext() {
    const QString file = std::exchange(m_wanted, {});
    if (file.isEmpty()) return;
    m_busy = true;
    m_tasks->run([file](std::stop_token) { return readPicture(file); },
                 [this, file](const Result<QImage>& picture) {
                     m_busy = false;
                     if (picture) {
                         m_known.insert(file, new QImage(*picture), int(picture->sizeInBytes() >> 10) + 1);
                         if (m_wanted.isEmpty() || m_wanted == file) Q_EMIT loaded(file, *picture);
                     } else {
                         Q_EMIT failed(file, picture.error());
                     }
                     if (m_wanted == file) m_wanted.clear();
                     readNext();
                 });
}

}  // namespace vitrine
