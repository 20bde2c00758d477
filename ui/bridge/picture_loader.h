// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCache>
#include <QImage>
#include <QObject>
#include <QString>

#include "core/base/result.h"

namespace vitrine {

class TaskService;

/// Reads picture files off the GUI thread; the newest request comes next, and the last ones are kept.
/// Thread: GUI.
class PictureLoader : public QObject {
    Q_OBJECT
public:
    explicit PictureLoader(QObject* parent = nullptr);
    ~PictureLoader() override;

    /// Answers by loaded() or failed(), at once if it is known. An earlier request that waits is dropped.
    void request(const QString& file);
    /// A file that was written anew.
    void forget(const QString& file) { m_known.remove(file); }
    bool isIdle() const { return !m_busy; }

Q_SIGNALS:
    void loaded(const QString& file, const QImage& picture);
    void failed(const QString& file, const vitrine::Error& error);

private:
    void readNext();

    QCache<QString, QImage> m_known;
    QString m_wanted;
    bool m_busy = false;
    TaskService* m_tasks = nullptr;
};

}  // namespace vitrine
