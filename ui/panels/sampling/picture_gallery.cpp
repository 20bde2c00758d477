// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/sampling/picture_gallery.h"

#include <QLabel>
#include <QListWidget>
#include <QVBoxLayout>

#include "ui/bridge/image_convert.h"
#include "ui/shell/theme.h"

namespace vitrine {

using namespace Qt::StringLiterals;

namespace {

constexpr int kThumbnailGap = 6;

QListWidget* makeThumbnailList(const GalleryOptions& options, QWidget* parent) {
    const int side = options.side, cell = side + kThumbnailGap;
    auto* list = new QListWidget(parent);
    list->setObjectName(options.id);
    list->setAccessibleName(options.name);
    list->setViewMode(QListView::IconMode);
    list->setMovement(QListView::Static);
    list->setResizeMode(QListView::Adjust);
    list->setUniformItemSizes(true);
    list->setIconSize({side, side});
    list->setGridSize({cell, cell});
    list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list->setFixedHeight(options.numRows * cell + 4);
    return list;
}

}  // namespace

PictureGallery::PictureGallery(GalleryOptions options, QWidget* parent)
    : QWidget(parent), m_options(std::move(options)) {
    m_caption = new QLabel(this);
    m_caption->setObjectName(m_options.id + u".caption"_s);
    m_caption->setFont(Theme::font(TextRole::Caption));
    m_caption->setProperty("role", u"caption"_s);
    m_caption->setWordWrap(true);
    m_list = makeThumbnailList(m_options, this);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(measure::kGap / 2);
    column->addWidget(m_caption);
    column->addWidget(m_list);
    const auto choose = [this](QListWidgetItem* item) { m_choose(std::size_t(m_list->row(item))); };
    connect(m_list, &QListWidget::itemClicked, this, choose);
    connect(m_list, &QListWidget::itemActivated, this, choose);
    hide();
}

void PictureGallery::clear(bool hasPictures) {
    m_caption->setText(hasPictures ? m_options.caption : m_options.emptyCaption);
    setVisible(!m_caption->text().isEmpty());
    m_list->setVisible(hasPictures);
    m_list->clear();
}

void PictureGallery::add(const Image& image, const QString& name) {
    const QImage picture = toQImage(image);
    auto* item = new QListWidgetItem(
        QIcon(QPixmap::fromImage(picture.scaled(picture.size() * m_options.fine))), QString(), m_list);
    item->setToolTip(name);
    item->setData(Qt::AccessibleTextRole, name);
}

}  // namespace vitrine
