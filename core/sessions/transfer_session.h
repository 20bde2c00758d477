// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "core/recipe/transfer_recipe.h"

namespace vitrine {

struct TransferModel;

/// What networks with and without knowledge transfer draw of their target chairs. Owns the networks of a
/// folder; of several seeds the first answers. Thread: one at a time.
class TransferSession {
public:
    /// On the CPU, in fp32: the networks are small. Errors: those of openTransferModels().
    static Result<TransferSession> open(const std::filesystem::path& folder);
    /// Networks of openTransferModels().
    TransferSession(const std::filesystem::path& folder, std::vector<TransferModel> models);
    TransferSession(TransferSession&&) noexcept;
    TransferSession& operator=(TransferSession&&) noexcept;
    virtual ~TransferSession();

    virtual const TransferModelInfo& info() const { return m_info; }
    /// Errors: InvalidArgument (no target of these networks), those of ChairSession::generate().
    virtual Result<TransferResult> draw(const TransferRequest& request);
    /// As on the slides: for each of kTransferAzimuths two rows of transferStripViews(), with transfer above
    /// without. The first and the last picture of a row are at given views. Shapes: [S, S, 4] premultiplied
    /// each; empty where there is no such network. Errors: as draw().
    virtual Result<std::vector<Image>> strip(const std::string& target,
                                             SourceViews without = SourceViews::Few);

protected:
    TransferSession();  ///< for one that answers by other means

private:
    TransferModel* find(TransferSetting setting, SourceViews sources);
    Status checkTarget(const std::string& id) const;

    TransferModelInfo m_info;
    std::vector<TransferModel> m_models;
};

}  // namespace vitrine
