// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/completion_source.h"

namespace vitrine {
namespace {

class SessionSource : public CompletionSource {
public:
    explicit SessionSource(CompletionSession session) : m_session(std::move(session)) {}
    const CompletionModelInfo& info() const override { return m_session.info(); }
    Result<CompletionResult> complete(const CompletionRequest& request) override {
        return m_session.complete(request);
    }
    Result<std::vector<Image>> interpolate(const CompletionRequest& request,
                                           int from,
                                           int to,
                                           int count) override {
        return m_session.interpolate(request, from, to, count);
    }

private:
    CompletionSession m_session;
};

}  // namespace

Result<std::unique_ptr<CompletionSource>> openCompletionSession(const std::filesystem::path& file) {
    VITRINE_TRY(CompletionSession session, CompletionSession::open(file));
    return std::unique_ptr<CompletionSource>(std::make_unique<SessionSource>(std::move(session)));
}

}  // namespace vitrine
