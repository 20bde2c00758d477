// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/task_service.h"

namespace vitrine {

TaskService::TaskService(QObject* parent) : QObject(parent) {
    m_worker = makeThreadWorker([this](const char* what) {
        QMetaObject::invokeMethod(
            this,
            [this, text = QString::fromUtf8(what)] {
                m_numOpen--;
                Q_EMIT taskFailed(text);
                Q_EMIT taskFinished();
            },
            Qt::QueuedConnection);
    });
}

TaskService::~TaskService() {
    m_worker.reset();
}

}  // namespace vitrine
