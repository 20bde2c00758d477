// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/unit_source.h"

#include <algorithm>

namespace vitrine {
namespace {

class SessionSource : public UnitSource {
public:
    explicit SessionSource(UnitSession session) : m_session(std::move(session)) {}
    const ChairModelInfo& info() const override { return m_session.info(); }
    const std::vector<ChairLayer>& layers() const override { return m_session.layers(); }
    Result<UnitResult> run(const UnitRequest& request) override { return m_session.run(request); }
    Result<std::vector<ChairOutput>> runValues(const UnitRequest& request,
                                               std::span<const double> values) override {
        return m_session.runValues(request, values);
    }
    Result<std::vector<UnitSample>> sample(const UnitRequest& request, std::span<const int> units) override {
        std::vector<UnitSample> all;
        const auto keep = [&all](std::vector<UnitSample> samples) {
            std::ranges::move(samples, std::back_inserter(all));
        };
        const auto done = m_session.sweep(request, keep, {}, units);
        if (!done) return done.error();
        return all;
    }
    Result<LayerActivations> activations(const ChairRequest& chair, const std::string& layer) override {
        return m_session.activations(chair, layer);
    }
    FilterBank filters(bool mask) const override { return m_session.filters(mask); }
    Result<UnitFigure> figure(const UnitRecipe& recipe, const JobContext& context) override {
        return makeUnitFigure(m_session, recipe, context);
    }
    Status writeArrays(const std::filesystem::path& file, const UnitRequest& request) override {
        return writeUnitArrays(file, m_session, request);
    }

private:
    UnitSession m_session;
};

}  // namespace

Result<std::unique_ptr<UnitSource>> openUnitSession(const std::filesystem::path& file) {
    VITRINE_TRY(UnitSession session, UnitSession::open(file));
    return std::unique_ptr<UnitSource>(std::make_unique<SessionSource>(std::move(session)));
}

}  // namespace vitrine
