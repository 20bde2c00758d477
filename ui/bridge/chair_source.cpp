// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/chair_source.h"

namespace vitrine {
namespace {

class SessionSource : public ChairSource {
public:
    explicit SessionSource(ChairSession session) : m_session(std::move(session)) {}
    const ChairModelInfo& info() const override { return m_session.info(); }
    StyleCodes styleCodes() const override { return m_session.styleCodes(); }
    Result<std::vector<ChairPicture>> generate(std::span<const ChairRequest> requests) override {
        return m_session.generate(requests);
    }

private:
    ChairSession m_session;
};

}  // namespace

Result<std::unique_ptr<ChairSource>> openChairSession(const std::filesystem::path& file, Device device) {
    VITRINE_TRY(ChairSession session, ChairSession::open(file, device));
    return std::unique_ptr<ChairSource>(std::make_unique<SessionSource>(std::move(session)));
}

}  // namespace vitrine
