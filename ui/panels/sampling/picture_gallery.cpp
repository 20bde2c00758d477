// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/sampling/picture_gallery.h"

#include <QLabel>
#include <QVBoxLayout>

#include "ui/shell/theme.h"
#include "ui/views/thumbnail_list.h"

namespace vitrine {

using namespace Qt::StringLiterals;

PictureGallery::PictureGallery(GalleryOptions options, QWidget* parent)
    : QWidget(parent), m_options(std::move(options)) {
    m_caption = new QLabel(this);
    m_caption->setObjectName(m_options.id + u".caption"_s);
    m_caption->setFont(Theme::font(TextRole::Caption));
    m_caption->setProperty("role", u"caption"_s);
    m_caption->setWordWrap(true);
    m_list = makeThumbnailList(m_options.id, m_options.name, m_options.side, m_options.numRows, this);
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
    addThumbnail(m_list, image, name, m_options.fine);
}

}  // namespace vitrine
