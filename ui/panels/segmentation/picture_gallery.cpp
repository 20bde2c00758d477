// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/segmentation/picture_gallery.h"

#include <QLabel>
#include <QVBoxLayout>

#include "ui/shell/theme.h"
#include "ui/views/thumbnail_list.h"

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
    m_list = makeThumbnailList(id, title, kThumbnail, numRows, this);
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
    for (const SegmentationPicture& picture : pictures) addThumbnail(m_list, picture.image, picture.name);
}

int PictureGallery::count() const {
    return int(m_pictures.size());
}

}  // namespace vitrine
