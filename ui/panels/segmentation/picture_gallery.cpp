// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/segmentation/picture_gallery.h"

#include <QListWidget>
#include <QVBoxLayout>

#include "ui/shell/theme.h"
#include "ui/views/image_convert.h"

namespace vitrine {

using namespace Qt::StringLiterals;

namespace {
constexpr int kThumbnail = 52;
constexpr int kRows = 3;
}  // namespace

PictureGallery::PictureGallery(QWidget* parent) : QWidget(parent) {
    m_list = new QListWidget(this);
    m_list->setObjectName(u"segmentation.pictures"_s);
    m_list->setAccessibleName(tr("Pictures in the box"));
    m_list->setViewMode(QListView::IconMode);
    m_list->setMovement(QListView::Static);
    m_list->setResizeMode(QListView::Adjust);
    m_list->setUniformItemSizes(true);
    m_list->setIconSize({kThumbnail, kThumbnail});
    m_list->setGridSize({kThumbnail + 6, kThumbnail + 6});
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setFixedHeight(kRows * (kThumbnail + 6) + 4);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_list);
    const auto choose = [this](QListWidgetItem* item) {
        Q_EMIT pictureChosen(m_pictures[std::size_t(m_list->row(item))]);
    };
    connect(m_list, &QListWidget::itemClicked, this, choose);
    connect(m_list, &QListWidget::itemActivated, this, choose);
    hide();  // until there is something to choose
}

void PictureGallery::setPictures(const std::vector<SegmentationPicture>& pictures) {
    m_pictures = pictures;
    setVisible(!pictures.empty());
    m_list->clear();
    for (const SegmentationPicture& picture : pictures) {
        auto* item = new QListWidgetItem(QIcon(QPixmap::fromImage(toQImage(picture.image))), QString(), m_list);
        item->setToolTip(picture.name);
        item->setData(Qt::AccessibleTextRole, picture.name);
    }
}

int PictureGallery::count() const {
    return int(m_pictures.size());
}

}  // namespace vitrine
