// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <functional>
#include <vector>

#include "core/base/image.h"

class QLabel;
class QListWidget;

namespace vitrine {

struct GalleryOptions {
    QString id;  ///< of the list; that of the line above it is ID.caption
    QString name;
    QString caption;
    QString emptyCaption = {};  ///< where there are no pictures; empty: nothing is shown then
    int side = 48;              ///< of a picture, logical pixels
    int numRows = 1;
    int fine = 1;  ///< pixels a pixel, for screens that have them
};

/// Pictures of one kind to choose from, under a caption. Says nothing before it was given some.
class PictureGallery : public QWidget {
    Q_OBJECT
public:
    explicit PictureGallery(GalleryOptions options, QWidget* parent = nullptr);

    /// `Picture` has an `image` and a `name`; `choose(picture)` is called with the one that the user takes.
    template <class Picture, class Choose>
    void setPictures(const std::vector<Picture>& pictures, Choose choose) {
        clear(!pictures.empty());
        for (const Picture& picture : pictures) add(picture.image, picture.name);
        m_choose = [pictures, choose](std::size_t index) { choose(pictures[index]); };
    }

private:
    void clear(bool hasPictures);
    void add(const Image& image, const QString& name);

    const GalleryOptions m_options;
    QLabel* m_caption = nullptr;
    QListWidget* m_list = nullptr;
    std::function<void(std::size_t)> m_choose;
};

}  // namespace vitrine
