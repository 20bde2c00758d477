// SPDX-License-Identifier: GPL-3.0-or-later
#include <QMimeData>
#include <algorithm>
#include <iterator>

#include "core/recipe/segmentation_files.h"
#include "core/recipe/segmentation_input.h"
#include "core/recipe/segmentation_recipe.h"
#include "ui/bridge/image_convert.h"
#include "ui/bridge/segmentation_service.h"
#include "ui/panels/segmentation/segmentation_inputs.h"
#include "ui/panels/segmentation/segmentation_panel.h"
#include "ui/panels/segmentation/segmentation_presenter.h"
#include "ui/panels/segmentation/segmentation_samples_section.h"
#include "ui/shell/chair_drag.h"
#include "ui/shell/message_bar.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;
namespace fs = std::filesystem;

constexpr int kMaxClasses = 254;

/// So that there is something to guess at once.
void hideLegs(LabelMap& omission) {
    for (int y = omission.height * 55 / 100; y < omission.height; ++y)
        std::fill_n(omission.row(y) + omission.width / 8, omission.width * 3 / 4, std::uint8_t(1));
}

}  // namespace

QStringList SegmentationPanel::variantsInTheBox() const {
    QStringList variants;
    for (const QString& variant : {u"tokens"_s, u"cvae"_s, u"hybrid"_s, u"gsnn"_s, u"gdnn"_s, u"cnn"_s})
        if (std::error_code error; fs::exists(fileOf(variant), error)) variants << variant;
    return variants;
}

void SegmentationPanel::loadPictures() {
    m_samples->setModels(variantsInTheBox());
    const auto read = [folder = m_parts.pictures](std::stop_token) {
        auto pictures = readPictures(folder / "studio");  // the plain ones first
        std::ranges::move(readPictures(folder), std::back_inserter(pictures));
        return pictures;
    };
    tasks().run(read, [this](const std::vector<SegmentationPicture>& pictures) {
        m_picturesLoaded = true;
        fillGallery(m_gallery, pictures);
        if (state().picture || pictures.empty()) return showState();
        SegmentationState first = state();
        setPicture(first, pictures.front());
        hideLegs(first.marks.omission);
        m_store->reset(first);
    });
    tasks().run(
        [folder = m_parts.garments](std::stop_token) { return readGarments(folder); },
        [this](const std::vector<SegmentationPicture>& garments) { fillGallery(m_garments, garments); });
}

void SegmentationPanel::openWeights(const QString& path) {
    useWeights(path);
    showState();
}

bool SegmentationPanel::acceptsDrop(const QMimeData* mime) const {
    return carriesChair(*mime) || SamplingPanel::acceptsDrop(mime);
}

void SegmentationPanel::drop(const QMimeData* mime) {
    SamplingPanel::drop(mime);
    if (const auto chair = draggedChair(*mime)) takeChair(*chair);
}

void SegmentationPanel::takeChair(const DraggedChair& chair) {
    const Image image = fromQImage(chair.picture.convertToFormat(QImage::Format_RGBA8888));
    usePicture(SegmentationPicture{squarePicture(image, kPictureSize), {}, chair.name}, tr("Drop a chair"));
}

void SegmentationPanel::openPicture(const QString& path) {
    openPictureWith(path, readPicture, isSegmentationRecipe, stateOfRecipe);
}

void SegmentationPanel::openLabels(const QString& path, bool asTruth) {
    if (!state().picture) return;
    const int numClasses = m_network->model() ? m_network->model()->numClasses : kMaxClasses;
    load(
        path,
        [numClasses, picture = state().picture](const fs::path& file) {
            return readSquareLabels(file, numClasses, picture->width, picture->height);
        },
        [this, asTruth](const LabelMap& labels) {
            if (!state().picture) return;
            m_store->changeOnce(u"labels"_s, tr("Open labels"), [&](SegmentationState& state) {
                if (!asTruth) {
                    state.marks.observed = labels;
                    return;
                }
                SegmentationPicture changed = *state.picture;
                changed.truth = labels;
                state.picture = std::make_shared<const SegmentationPicture>(std::move(changed));
            });
        });
}

void SegmentationPanel::askForLabels(bool asTruth) {
    const QString path = askForFile(u"pictureFolder"_s, tr("Open labels"), tr("Label pictures (*.png)"));
    if (!path.isEmpty()) openLabels(path, asTruth);
}

void SegmentationPanel::exportAnswer() {
    if (m_presenter->result() && !m_presenter->result()->isComplete)
        return services().messages.showMessage(
            MessageKind::Info, tr("The inference was stopped; run it to the end to export the answer."));
    exportWith(m_presenter, m_network, writeSegmentation);
}

}  // namespace vitrine
