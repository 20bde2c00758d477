// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <vector>

#include "ui/panels/segmentation/segmentation_state.h"

class QListWidget;

namespace vitrine {

/// Pictures of one kind to choose from, under its name. Hidden while there are none.
class PictureGallery : public QWidget {
    Q_OBJECT
public:
    PictureGallery(const QString& id, const QString& title, int numRows, QWidget* parent = nullptr);
    void setPictures(const std::vector<SegmentationPicture>& pictures);
    int count() const;

Q_SIGNALS:
    void pictureChosen(const vitrine::SegmentationPicture& picture);

private:
    std::vector<SegmentationPicture> m_pictures;
    QListWidget* m_list = nullptr;
};

}  // namespace vitrine
