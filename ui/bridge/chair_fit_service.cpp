// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/chair_fit_service.h"

#include <exception>
#include <utility>

#include "core/data/resize.h"
#include "core/io/image_file.h"
#include "core/io/png.h"
#include "core/recipe/compose.h"
#include "ui/bridge/image_convert.h"
#include "ui/bridge/task_service.h"

namespace vitrine {
namespace {

QImage shownOnWhite(const Image& premultiplied) {
    return toQImage(composeOver(premultiplied, {}));
}

}  // namespace

Status writeMask(const std::filesystem::path& file, const ShownMask& shown) {
    Image white = greyLevels(resizeNearest(shown.mask, shown.fileSize.width(), shown.fileSize.height()));
    for (std::uint8_t& level : white.pixels) level = level != 0 ? 255 : 0;
    return writePng(file, white);
}

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
    LabelMap mask;
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

    Result<LocatedChair> locate() const {
        VITRINE_TRY(const Image image, readImage(picture));
        if (!mask.empty()) return locateChair(image, resizeNearest(mask, image.width, image.height));
        VITRINE_TRY(LocatedChair chair, locateChair(image, {}));
        tell([shown =
                  ShownMask{shownOnWhite(chair.picture()), chair.mask(), QSize(image.width, image.height)}](
                 ChairFitService& to) { Q_EMIT to.located(shown); });
        return chair;
    }

    Result<ChairFit> fit() const {
        VITRINE_TRY(const LocatedChair chair, locate());
        // On a picture that is transparent all over, nothing can be seen to be painted.
        const bool isVisible = chair.source != MaskSource::Alpha || chair.share != MaskShare::None;
        if (chair.share != MaskShare::Part && isVisible)
            tell([share = chair.share](ChairFitService& to) { to.m_unusable = share; });
        VITRINE_TRY(const ChairCutout cutout, frameChair(chair, model.size));
        tell([picture = shownOnWhite(cutout.premultiplied), notice = QString::fromStdString(cutout.notice)](
                 ChairFitService& to) { Q_EMIT to.cutOut(picture, notice); });
        ChairFitContext context;
        context.job.stop = stop.get_token();
        context.job.report = [this](const Progress& progress) {
            tell([progress](ChairFitService& to) { Q_EMIT to.progressed(progress); });
        };
        context.better = [this](const ChairFit& best) {
            tell([chair = shownOnWhite(best.picture)](ChairFitService& to) { Q_EMIT to.better(chair); });
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

void ChairFitService::fit(const QString& picture, const ChairModelInfo& model, const LabelMap& mask) {
    if (isBusy()) return;
    m_picture = picture;
    m_unusable.reset();
    m_stop = std::stop_source();
    ++m_number;
    m_tasks->run([work = Work{this, m_number, picture.toStdString(), model, mask, m_fitter, m_stop}](
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
    else if (m_unusable)
        Q_EMIT maskNeeded(picture, *m_unusable);
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
