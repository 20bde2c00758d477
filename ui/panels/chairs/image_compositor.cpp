// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/chairs/image_compositor.h"

#include <QPointer>

#include "core/io/image_file.h"
#include "ui/bridge/task_service.h"

namespace vitrine {

ImageCompositor::ImageCompositor(TaskService& tasks, QObject* parent) : QObject(parent), m_tasks(tasks) {}

void ImageCompositor::setState(const ChairPanelState& state) {
    const bool same = m_channel == state.channel && m_background.kind == state.background;
    m_channel = state.channel;
    m_background.kind = state.background;
    if (state.background == BackgroundKind::Picture && state.backgroundFile != m_file)
        load(state.backgroundFile);
    if (!same) Q_EMIT changed();
}

void ImageCompositor::load(const std::string& file) {
    m_file = file;
    m_tasks.run([file](std::stop_token) { return readImage(file); },
                [self = QPointer(this), file](Result<Image> image) {
                    if (!self || self->m_file != file) return;
                    if (!image) {
                        Q_EMIT self->failed(image.error());
                        return;
                    }
                    self->m_background.picture = std::move(*image);
                    Q_EMIT self->changed();
                });
}

}  // namespace vitrine
