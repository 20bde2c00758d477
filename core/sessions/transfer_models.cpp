// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sessions/transfer_models.h"

#include <algorithm>

#include "core/io/safetensors.h"
#include "core/recipe/morph.h"

namespace vitrine {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> transferWeightsIn(const fs::path& folder) {
    std::vector<fs::path> files;
    std::error_code failure;
    for (fs::directory_iterator it(folder, failure), end; !failure && it != end; it.increment(failure))
        if (it->path().extension() == ".safetensors") files.push_back(it->path());
    std::ranges::sort(files, {}, [](const fs::path& file) { return file.stem(); });  // seed 1 is first
    return files;
}

Result<TransferViews> viewsTrainedOn(const fs::path& file) {
    VITRINE_TRY(const SafetensorsFile weights, SafetensorsFile::read(file));
    const auto text = weights.metadata().find("transfer");
    if (text != weights.metadata().end())
        if (const auto views = TransferViews::fromText(text->second)) return *views;
    return Error{
        ErrorCode::InvalidArgument,
        file.string() +
            " was not trained on few views of target chairs; experiments/chairs/transfer trains such "
            "networks."};
}

Status checkTransferModel(const TransferModel& model, const TransferModel& first) {
    const ChairModelInfo& info = model.session.info();
    for (const std::string& target : model.views.targetIds())
        if (model.styleOf(target) < 0)
            return Error{ErrorCode::InvalidArgument,
                         info.file.string() + " does not know its target " + target + "; train it again."};
    if (model.views.targetIds() == first.views.targetIds() && info.size == first.session.info().size)
        return {};
    return Error{ErrorCode::InvalidArgument,
                 info.file.string() + " has other targets or another size than " +
                     first.session.info().file.string() + "; keep them in folders of their own."};
}

}  // namespace

int TransferModel::styleOf(const std::string& id) const {
    const auto& ids = session.info().styleIds;
    const auto found = std::ranges::find(ids, id);
    return found == ids.end() ? -1 : int(found - ids.begin());
}

Result<std::vector<Image>> TransferModel::draw(const std::string& id, const std::vector<ChairView>& views) {
    std::vector<ChairRequest> requests;
    for (const ChairView& view : views) requests.push_back({pureStyle(styleOf(id)), view, {}});
    VITRINE_TRY(auto pictures, session.generate(requests));
    std::vector<Image> images;
    for (ChairPicture& picture : pictures) images.push_back(std::move(picture.premultiplied));
    return images;
}

Result<std::vector<TransferModel>> openTransferModels(
    const fs::path& folder, const std::function<Result<ChairSession>(const fs::path&)>& open) {
    std::vector<TransferModel> models;
    for (const fs::path& file : transferWeightsIn(folder)) {
        VITRINE_TRY(TransferViews views, viewsTrainedOn(file));
        VITRINE_TRY(ChairSession session, open(file));
        models.push_back({std::move(session), std::move(views)});
        VITRINE_CHECK(checkTransferModel(models.back(), models.front()));
    }
    if (!models.empty()) return models;
    return Error{ErrorCode::NotFound,
                 "There are no networks of knowledge transfer in " + folder.string() +
                     "; experiments/chairs/transfer trains them."};
}

}  // namespace vitrine
