// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <vector>

#include "ui/panels/completion/completion_state.h"

class QLabel;
class QListWidget;

namespace vitrine {

/// Garments to choose from, or what to do where there are none. Says nothing before it was given some.
class GarmentGallery : public QWidget {
    Q_OBJECT
public:
    explicit GarmentGallery(QWidget* parent = nullptr);
    void setGarments(const std::vector<CompletionPicture>& garments);

Q_SIGNALS:
    void garmentChosen(const vitrine::CompletionPicture& garment);

private:
    std::vector<CompletionPicture> m_garments;
    QLabel* m_caption = nullptr;
    QListWidget* m_list = nullptr;
};

}  // namespace vitrine
