// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/segmentation/picture_gallery.h"

#include <QLabel>
#include <QListWidget>
#include <QVBoxLayout>

#include "ui/shell/theme.h"
#include "ui/views/image_convert.h"

namespace vitrine {

using namespace Qt::StringLiterals;

namespace {
constexpr int kThumbnail = 48;
}  // namespace

PictureGallery::PictureGallery(const QString& id, const QString& title, int numRows, QWidget* parent)
    : QWidget(parent) {
    auto* caption = new QLabel(title, this);
    caption->setFont(Theme::font(TextRole::Caption));
    caption->setProperty("role", u"caption"_s);
    caption->setWordWrap(true);
    m_list = new QListWidget(this);
    m_list->setObjectName(id);
    m_list->setAccessibleName(title);
    m_list->setViewMode(QListView::IconMode);
    m_list->setMovement(QListView::Static);
    m_list->setResizeMode(QListView::Adjust);
    m_list->setUniformItemSizes(true);
    m_list->setIconSize({kThumbnail, kThumbnail});
    m_list->setGridSize({kThumbnail + 6, kThumbnail + 6});
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setFixedHeight(numRows * (kThumbnail + 6) + 4);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(measure::kGap / 2);
    column->addWidget(caption);
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
