// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <vector>

#include "ui/panels/segmentation/segmentation_state.h"

class QListWidget;

namespace vitrine {

/// Pictures in the box to choose from.
class PictureGallery : public QWidget {
    Q_OBJECT
public:
    explicit PictureGallery(QWidget* parent = nullptr);
    void setPictures(const std::vector<SegmentationPicture>& pictures);
    int count() const;

Q_SIGNALS:
    void pictureChosen(const vitrine::SegmentationPicture& picture);

private:
    std::vector<SegmentationPicture> m_pictures;
    QListWidget* m_list = nullptr;
};

}  // namespace vitrine
