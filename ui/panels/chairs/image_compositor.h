// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QObject>

#include "core/recipe/compose.h"
#include "core/sessions/chair_session.h"
#include "ui/panels/chairs/chair_panel_state.h"

namespace vitrine {

class TaskService;

/// Turns the network's pictures into what is shown: channel and background of the state. Loads the user's
/// background picture off the GUI thread.
class ImageCompositor : public QObject {
    Q_OBJECT
public:
    explicit ImageCompositor(TaskService& tasks, QObject* parent = nullptr);

    /// To be called when the state changes.
    void setState(const ChairPanelState& state);
    const Background& background() const { return m_background; }
    PictureChannel channel() const { return m_channel; }
    Image finish(const Image& premultiplied) const {
        return channelPicture(premultiplied, m_channel, m_background);
    }

Q_SIGNALS:
    /// What finish() makes has changed.
    void changed();
    void failed(const vitrine::Error& error);

private:
    void load(const std::string& file);

    TaskService& m_tasks;
    Background m_background;
    PictureChannel m_channel = PictureChannel::Composite;
    std::string m_file;
};

}  // namespace vitrine
