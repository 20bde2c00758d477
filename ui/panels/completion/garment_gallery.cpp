// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/completion/garment_gallery.h"

#include <QLabel>
#include <QVBoxLayout>

#include "ui/shell/theme.h"
#include "ui/views/thumbnail_list.h"

namespace vitrine {

using namespace Qt::StringLiterals;

namespace {

constexpr int kSide = 28, kRows = 5;
constexpr int kGarmentFine = 4;  ///< pixels a pixel, for screens that have them

}  // namespace

GarmentGallery::GarmentGallery(QWidget* parent) : QWidget(parent) {
    m_caption = new QLabel(this);
    m_caption->setObjectName(u"completion.garments.caption"_s);
    m_caption->setFont(Theme::font(TextRole::Caption));
    m_caption->setProperty("role", u"caption"_s);
    m_caption->setWordWrap(true);
    m_list = makeThumbnailList(u"completion.garments"_s, tr("Garments"), kSide, kRows, this);
    m_list->hide();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(measure::kGap / 2);
    column->addWidget(m_caption);
    column->addWidget(m_list);
    const auto choose = [this](QListWidgetItem* item) {
        Q_EMIT garmentChosen(m_garments[std::size_t(m_list->row(item))]);
    };
    connect(m_list, &QListWidget::itemClicked, this, choose);
    connect(m_list, &QListWidget::itemActivated, this, choose);
}

void GarmentGallery::setGarments(const std::vector<CompletionPicture>& garments) {
    m_garments = garments;
    m_caption->setText(
        garments.empty()
            ? tr("Fashion-MNIST is not installed. Install Debian's package dataset-fashion-mnist and start "
                 "Vitrine again, or open a picture of your own.")
            : tr("Fashion-MNIST, garments that no network has learned from"));
    m_list->setVisible(!garments.empty());
    m_list->clear();
    for (const CompletionPicture& garment : garments)
        addThumbnail(m_list, garment.image, garment.name, kGarmentFine);
}

}  // namespace vitrine
