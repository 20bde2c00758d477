// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/chair_fit_service.h"

#include <exception>
#include <utility>

#include "core/io/image_file.h"
#include "core/recipe/chair_cutout.h"
#include "core/recipe/compose.h"
#include "ui/bridge/image_convert.h"
#include "ui/bridge/task_service.h"

namespace vitrine {
namespace {

QImage shownCutout(const Image& premultiplied) {
    return toQImage(composeOver(premultiplied, {}));
}

}  // namespace

Result<ChairFit> fitWithNetwork(const ChairModelInfo& model,
                                const Image& target,
                                const ChairFitContext& context) {
    VITRINE_TRY(ChairFitSession session, ChairFitSession::open(model.file));
    if (session.info().weightsHash != model.weightsHash)
        return invalidArgument(model.file.filename().string() +
                               " has changed since it was opened; open it again.");
    return session.fit(target, 0, context);
}

/// What the worker knows of a fit.
struct ChairFitService::Work {
    ChairFitService* service;
    quint64 number;
    std::filesystem::path picture;
    ChairModelInfo model;
    Fitter fitter;
    std::stop_source stop;

    /// Calls it on the GUI thread, unless nobody waits for this fit any more.
    template <class Call>
    void tell(Call call) const {
        QMetaObject::invokeMethod(
            service,
            [service = service, number = number, call = std::move(call)] {
                if (service->isBusy() && service->m_number == number) call(*service);
            },
            Qt::QueuedConnection);
    }

    Result<ChairFit> run(const std::stop_token& end) const {
        const std::stop_callback stopAtEnd(end, [source = stop]() mutable { source.request_stop(); });
        try {
            return fit();
        } catch (const std::exception& thrown) {
            return Error{ErrorCode::Internal, "The fit stopped with an error; try again.", thrown.what()};
        }
    }

    Result<ChairFit> fit() const {
        VITRINE_TRY(const Image image, readImage(picture));
        VITRINE_TRY(const ChairCutout cutout, cutOutChair(image, {}, model.size));
        tell([chair = shownCutout(cutout.premultiplied), notice = QString::fromStdString(cutout.notice)](
                 ChairFitService& to) { Q_EMIT to.cutOut(chair, notice); });
        ChairFitContext context;
        context.job.stop = stop.get_token();
        context.job.report = [this](const Progress& progress) {
            tell([progress](ChairFitService& to) { Q_EMIT to.progressed(progress); });
        };
        context.better = [this](const ChairFit& best) {
            tell([chair = shownCutout(best.picture)](ChairFitService& to) { Q_EMIT to.better(chair); });
        };
        return fitter(model, cutout.premultiplied, context);
    }
};

ChairFitService::ChairFitService(Fitter fitter, QObject* parent)
    : QObject(parent), m_fitter(std::move(fitter)), m_tasks(std::make_unique<TaskService>()) {}

ChairFitService::~ChairFitService() {
    m_stop.request_stop();
    m_tasks.reset();
}

void ChairFitService::fit(const QString& picture, const ChairModelInfo& model) {
    if (isBusy()) return;
    m_picture = picture;
    m_stop = std::stop_source();
    ++m_number;
    m_tasks->run([work = Work{this, m_number, picture.toStdString(), model, m_fitter, m_stop}](
                     std::stop_token end) { return work.run(end); },
                 [this, number = m_number](const Result<ChairFit>& fit) {
                     if (isBusy() && number == m_number) take(fit);
                 });
}

void ChairFitService::take(const Result<ChairFit>& fit) {
    const QString picture = std::exchange(m_picture, {});
    const bool isCancelled = m_stop.stop_requested();
    if (fit)
        Q_EMIT fitted(picture, *fit, isCancelled);
    else if (isCancelled && fit.error().code == ErrorCode::Busy)
        Q_EMIT cancelled(picture);
    else
        Q_EMIT failed(picture, fit.error());
}

void ChairFitService::cancel() {
    m_stop.request_stop();
}

void ChairFitService::leave() {
    m_stop.request_stop();
    m_picture.clear();
}

}  // namespace vitrine
