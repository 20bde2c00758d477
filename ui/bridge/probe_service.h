// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTemporaryFile>
#include <memory>

#include "core/train/probe.h"
#include "ui/bridge/helper_process.h"

namespace vitrine {

/// Measures what a training will cost, by some seconds of it in a child process. Thread: GUI.
class ProbeService : public QObject {
    Q_OBJECT
public:
    explicit ProbeService(QString program = {}, QObject* parent = nullptr);

    void measure(const QString& configJson);
    void cancel() { m_helper.cancel(); }
    bool isBusy() const { return m_helper.isRunning(); }

Q_SIGNALS:
    void progressed(const vitrine::Progress& progress);
    void measured(const vitrine::TrainCost& cost);
    void failed(const vitrine::Error& error);
    void cancelled();

private:
    HelperProcess m_helper;
    std::unique_ptr<QTemporaryFile> m_config;
};

}  // namespace vitrine
