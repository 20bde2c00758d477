// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sessions/transfer_session.h"

#include <algorithm>

#include "core/base/join.h"
#include "core/base/sha256.h"
#include "core/data/style_ids.h"
#include "core/sessions/transfer_models.h"

namespace vitrine {
namespace {

TransferModelInfo describeTransfer(const std::filesystem::path& folder,
                                   const std::vector<TransferModel>& models) {
    const ChairModelInfo& first = models.front().session.info();
    TransferModelInfo info;
    info.folder = folder;
    info.name = first.name;
    info.device = first.device;
    info.size = first.size;
    const auto targets = models.front().views.targetIds();
    info.targets.assign(targets.begin(), targets.end());
    std::ranges::stable_partition(info.targets, [](const std::string& id) { return !isScanId(id); });
    Sha256 hash;
    for (const TransferModel& model : models) {
        hash.update(model.session.info().weightsHash);
        for (const TransferSetting setting : kTransferSettings)
            if (model.isOf(viewsOf(setting), model.views.sources))
                info.networks.emplace(setting, model.views.sources);
    }
    info.weightsHash = hash.hexDigest();
    return info;
}

}  // namespace

Result<TransferSession> TransferSession::open(const std::filesystem::path& folder) {
    VITRINE_TRY(auto models, openTransferModels(folder, [](const std::filesystem::path& file) {
                    return ChairSession::open(file, Device::Cpu, "fp32");
                }));
    return TransferSession(folder, std::move(models));
}

TransferSession::TransferSession(const std::filesystem::path& folder, std::vector<TransferModel> models)
    : m_info(describeTransfer(folder, models)), m_models(std::move(models)) {}
TransferSession::TransferSession() = default;
TransferSession::TransferSession(TransferSession&&) noexcept = default;
TransferSession& TransferSession::operator=(TransferSession&&) noexcept = default;
TransferSession::~TransferSession() = default;

TransferModel* TransferSession::find(TransferSetting setting, SourceViews sources) {
    const auto found = std::ranges::find_if(
        m_models, [&](const TransferModel& model) { return model.isOf(viewsOf(setting), sources); });
    return found == m_models.end() ? nullptr : &*found;
}

Status TransferSession::checkTarget(const std::string& id) const {
    if (std::ranges::find(m_info.targets, id) != m_info.targets.end()) return {};
    return Error{ErrorCode::InvalidArgument,
                 id + " is no target of these networks; choose one of " + joined(m_info.targets, ", ") + "."};
}

Result<TransferResult> TransferSession::draw(const TransferRequest& request) {
    VITRINE_CHECK(checkTarget(request.target));
    TransferResult result;
    for (const SourceViews sources : {SourceViews::All, SourceViews::Few, SourceViews::None})
        if (TransferModel* model = find(request.setting, sources)) {
            VITRINE_TRY(auto pictures, model->draw(request.target, {request.view}));
            result.pictures[std::size_t(sources)] = std::move(pictures.front());
        }
    return result;
}

Result<std::vector<Image>> TransferSession::strip(const std::string& target, SourceViews without) {
    VITRINE_CHECK(checkTarget(target));
    std::vector<Image> strip;
    for (const TransferSetting setting : kTransferSettings) {
        if (setting == TransferSetting::Elevation) continue;
        for (const SourceViews sources : {SourceViews::All, without}) {
            std::vector<Image> row(kTransferStripColumns);
            if (TransferModel* model = find(setting, sources)) {
                VITRINE_TRY(row, model->draw(target, transferStripViews(setting)));
            }
            strip.insert(strip.end(), row.begin(), row.end());
        }
    }
    return strip;
}

}  // namespace vitrine
