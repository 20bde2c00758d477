// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include "core/recipe/model_card.h"
#include "ui/shell/model_card_window.h"

namespace vitrine {

class TaskService;

/// Reads model cards off the GUI thread. Thread: GUI.
class ModelCardService : public QObject {
    Q_OBJECT
public:
    explicit ModelCardService(QObject* parent = nullptr);

    /// `done` is not called any more when this service is gone.
    void read(const QString& weights, std::function<void(const ModelCardPage&)> done);

private:
    TaskService* m_tasks = nullptr;
};

/// The card; without one, what the weight file says of itself.
ModelCardPage pageOf(const ModelCard& card);

}  // namespace vitrine
