// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/chairs/stage_presenter.h"

#include <QDateTime>
#include <QLocale>
#include <algorithm>
#include <array>
#include <cmath>

#include "core/recipe/compose.h"
#include "ui/bridge/chair_service.h"
#include "ui/bridge/image_convert.h"
#include "ui/panels/chairs/image_compositor.h"
#include "ui/panels/chairs/style_gallery_model.h"
#include "ui/shell/status_bar.h"
#include "ui/views/color_map.h"
#include "ui/views/image_view.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

constexpr double kDifferenceRange = 0.5;
constexpr int kDefaultSize = 128;

bool samePlace(const RealChairRequest& a, const RealChairRequest& b) {
    return isSameChair(a.chair, b.chair) && a.view == b.view && a.theta == b.theta && a.size == b.size;
}

bool sameChairs(const std::vector<RealChairRequest>& a, const std::vector<RealChairRequest>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) {
        return isSameChair(x.chair, y.chair);
    });
}

bool samePlaces(const std::vector<RealChairRequest>& a, const std::vector<RealChairRequest>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), samePlace);
}

}  // namespace

StagePresenter::StagePresenter(ChairStage* stage,
                               ChairStateStore& store,
                               ChairService& chairs,
                               RealChairService& reals,
                               ImageCompositor& compositor,
                               const StyleGalleryModel& gallery,
                               StatusBar& status,
                               QObject* parent)
    : QObject(parent),
      m_stage(stage),
      m_store(store),
      m_chairs(chairs),
      m_reals(reals),
      m_compositor(compositor),
      m_gallery(gallery),
      m_status(status) {
    m_stage->setDifferenceRange(kDifferenceRange);
    m_fpsTimer.setInterval(1000);
    m_fpsTimer.setSingleShot(true);
    connectSignals();
    follow();
    showNotice();
}

void StagePresenter::connectSignals() {
    connect(&m_store, &ChairStateStore::changed, this, &StagePresenter::follow);
    connect(&m_compositor, &ImageCompositor::changed, this, [this] {
        showGenerated();
        finishReal();
        compare();
        showSides();
    });
    connect(&m_chairs, &ChairService::stateChanged, this, [this] {
        if (m_chairs.state() == ChairService::State::Ready) {
            m_asked.reset();
            m_sent.clear();
        }
        showNotice();
        follow();
    });
    connect(&m_chairs,
            &ChairService::pictureReady,
            this,
            [this](quint64 number, const ChairPicture& picture, double latencyMs) {
                while (!m_sent.empty() && m_sent.front().first < number) m_sent.pop_front();
                if (m_sent.empty() || m_sent.front().first != number) return;
                m_shownRequest = m_sent.front().second;
                m_sent.pop_front();
                pictureArrived(picture, latencyMs);
            });
    connect(&m_chairs, &ChairService::failed, this, [this](const Error& error) {
        m_cannot = QString::fromStdString(error.message);
        showGenerated();
        Q_EMIT settledChanged();
    });
    connect(&m_reals, &RealChairService::ready, this, &StagePresenter::realArrived);
    connect(&m_fpsTimer, &QTimer::timeout, this, [this] {
        m_frameTimes.clear();
        m_status.setFps(-1);
    });
}

bool StagePresenter::isSettled() const {
    const bool loading = m_chairs.state() == ChairService::State::Loading;
    return !loading && m_chairs.newestAnswered() == m_chairs.newestRequested() &&
           m_reals.newestAnswered() == m_reals.newestRequested();
}

QImage StagePresenter::generatedImage() const {
    return m_cannot.isEmpty() ? m_stage->mainView()->image() : QImage();
}

void StagePresenter::galleryChanged() {
    follow();
    showNotice();
    showSides();
}

void StagePresenter::follow() {
    m_compositor.setState(m_store.state());
    m_stage->setSmooth(m_store.state().smooth);
    requestGenerated();
    requestReal();
    showSides();
    const ChairPanelState& state = m_store.state();
    m_stage->setCaption(caption(),
                        tr("az %1°  el %2°")
                            .arg(int(std::lround(state.view.azimuthDeg)), 3)
                            .arg(int(std::lround(state.view.elevationDeg)), 2));
    Q_EMIT settledChanged();
}

void StagePresenter::requestGenerated() {
    if (m_chairs.state() != ChairService::State::Ready) return;
    const auto requests =
        requestsOf(recipeWithoutState(m_store.state(), RecipeKind::Picture), m_chairs.model()->styleIds);
    if (!requests) {
        const bool isEmpty = styleMode(m_store.state()) == StyleMode::Empty;
        m_asked.reset();
        m_sent.clear();
        if (isEmpty) m_shown.reset();
        m_shownRequest.reset();
        m_cannot = isEmpty ? tr("Choose a chair below.") : QString::fromStdString(requests.error().message);
        showGenerated();
        showNotice();
        return;
    }
    if (m_asked == requests->front()) return;
    m_cannot.clear();
    showNotice();
    m_asked = requests->front();
    m_sent.emplace_back(m_chairs.requestPicture(*m_asked), *m_asked);
}

const StyleItem* StagePresenter::unknownChair() const {
    if (!m_chairs.model()) return nullptr;
    for (const RecipeStyle& style : shownMix(m_store.state())) {
        const StyleItem* item = m_gallery.item(QString::fromStdString(style.id));
        if (item && item->entry && item->styleIndex < 0) return item;
    }
    return nullptr;
}

/// The two slots that a mix has most of, in their order.
std::vector<std::size_t> StagePresenter::shownEnds() const {
    const ChairPanelState& state = m_store.state();
    std::array<double, 4> weights{1, 1, 0, 0};
    if (styleMode(state) == StyleMode::Pad) weights = bilinearWeights(state.u, state.v);
    if (styleMode(state) == StyleMode::Arithmetic) weights = {1, -state.u, state.u, 0};
    std::vector<std::size_t> slots{0, 1, 2, 3};
    std::ranges::stable_sort(slots,
                             [&weights](std::size_t a, std::size_t b) { return weights[a] > weights[b]; });
    slots.resize(2);
    std::ranges::sort(slots);
    return slots;
}

std::vector<RealChairRequest> StagePresenter::realRequests() const {
    const ChairPanelState& state = m_store.state();
    if (state.compare == CompareMode::Off) return {};
    const std::string pure = pureStyleOf(shownMix(state));
    std::vector<std::string> ids;
    if (!pure.empty()) {
        ids = {pure};
    } else {
        for (std::size_t slot : shownEnds()) ids.push_back(pureStyleOf(state.slots[slot]));
    }
    std::vector<RealChairRequest> requests;
    const int size = m_chairs.model() ? m_chairs.model()->size : kDefaultSize;
    for (const std::string& id : ids) {
        const ChairEntry* real = m_gallery.realChair(QString::fromStdString(id));
        if (real) requests.push_back({*real, state.view, state.theta, size});
    }
    return requests;
}

void StagePresenter::requestReal() {
    std::vector<RealChairRequest> requests = realRequests();
    if (samePlaces(requests, m_realAsked)) return;
    const bool others = !sameChairs(requests, m_realAsked);
    m_realAsked = std::move(requests);
    const quint64 number = m_realAsked.empty() ? m_reals.newestRequested() + 1 : m_reals.request(m_realAsked);
    if (!others) return;
    // What is on its way shows other chairs than the captions name.
    m_firstRealNumber = number;
    m_realShown.clear();
    m_realImages.clear();
    m_realShownRequests.clear();
    m_difference = {};
    m_psnr.clear();
}

void StagePresenter::pictureArrived(const ChairPicture& picture, double latencyMs) {
    m_shown = picture;
    m_cannot.clear();
    if (m_stage->isVisible()) countFrame(latencyMs);
    showGenerated();
    compare();
    showSides();
    Q_EMIT settledChanged();
}

void StagePresenter::realArrived(quint64 number, const std::vector<Result<Image>>& pictures) {
    if (number < m_firstRealNumber) {
        Q_EMIT settledChanged();
        return;
    }
    if (number == m_reals.newestRequested() && pictures.size() == m_realAsked.size()) {
        m_realShownRequests = m_realAsked;
        m_realShown = pictures;
    } else {
        m_realShown =
            pictures;  // on the way: newer than what is shown, its place is not the asked one any more
        m_realShownRequests.clear();
    }
    finishReal();
    compare();
    showSides();
    Q_EMIT settledChanged();
}

void StagePresenter::finishReal() {
    m_realImages.clear();
    for (const Result<Image>& real : m_realShown)
        m_realImages << (real ? toQImage(m_compositor.finish(*real)) : QImage());
}

void StagePresenter::showGenerated() {
    if (!m_shown) {
        m_stage->setGenerated({});
        m_stage->mainView()->setPlaceholder(m_cannot);
        return;
    }
    m_stage->mainView()->setPlaceholder({});
    m_stage->setGenerated(toQImage(m_compositor.finish(m_shown->premultiplied)));
}

/// Only pictures of the same chair from the same place are compared.
void StagePresenter::compare() {
    if (!m_shown || !m_shownRequest || m_realShown.size() != 1 || m_realShownRequests.size() != 1 ||
        !m_realShown.front())
        return;
    const RealChairRequest& real = m_realShownRequests.front();
    if (real.view != m_shownRequest->view || real.theta != m_shownRequest->theta) return;
    const Background white{BackgroundKind::White, {}};
    const bool opaque = m_compositor.background().kind != BackgroundKind::Transparent;
    const auto finished = [&](const Image& picture) {
        return opaque ? m_compositor.finish(picture) : composeOver(picture, white);
    };
    const Image generated = finished(m_shown->premultiplied);
    const Image truth = finished(*m_realShown.front());
    const double decibels = psnr(generated, truth);
    m_psnr = std::isinf(decibels)   ? tr("equal")
             : std::isnan(decibels) ? QString()
                                    : tr("%1 dB").arg(QLocale().toString(decibels, 'f', 1));
    m_difference = differenceImage(differenceMap(generated, truth), kDifferenceRange);
}

void StagePresenter::showSides() {
    const ChairPanelState& state = m_store.state();
    if (state.compare == CompareMode::Off) return m_stage->setSidePictures({});
    const bool pure = !pureStyleOf(shownMix(state)).empty() || styleMode(state) == StyleMode::Single;
    m_stage->setSidePictures(pure ? pureSides() : endSides());
}

QList<SidePicture> StagePresenter::pureSides() const {
    const ChairPanelState& state = m_store.state();
    SidePicture real;
    real.title = tr("Real chair");
    const QString id = QString::fromStdString(pureStyleOf(shownMix(state)));
    const StyleItem* item = m_gallery.item(id);
    real.text = m_gallery.nameOf(id);
    if (item)
        real.text +=
            (item->creator.isEmpty() ? QString() : tr("\nby %1\n%2").arg(item->creator, item->licence));
    const bool known = m_gallery.realChair(id) != nullptr;
    if (known && m_realShown.size() == 1) {
        if (m_realShown.front())
            real.picture = m_realImages.front();
        else
            real.placeholder = QString::fromStdString(m_realShown.front().error().message);
    } else if (!known) {
        real.placeholder = styleGroupOf(id) == StyleGroup::New
                               ? tr("A new chair has no real counterpart.")
                               : tr("There is no real chair to compare with.");
    }
    if (state.compare == CompareMode::Real) {
        real.figure = known ? m_psnr : QString();
        if (item) real.title = tr("Real chair: %1").arg(item->name);
        return {real};
    }
    SidePicture difference;
    difference.title = tr("Difference");
    if (!real.picture.isNull() && m_shown) {
        difference.picture = m_difference;
        difference.figure = m_psnr;
        difference.text =
            tr("PSNR against the real chair.\nBlue: the generated chair is darker; red: lighter. Luminance, "
               "0 to 1.");
        difference.hasLegend = true;
    }
    return {real, difference};
}

QList<SidePicture> StagePresenter::endSides() const {
    const ChairPanelState& state = m_store.state();
    QList<SidePicture> sides;
    std::size_t next = 0;
    for (std::size_t slot : shownEnds()) {
        SidePicture side;
        side.title = tr("Real chair %1").arg(QChar(u'A' + int(slot)));
        const QString id = QString::fromStdString(pureStyleOf(state.slots[slot]));
        const StyleItem* item = m_gallery.item(id);
        if (item)
            side.text =
                item->name +
                (item->creator.isEmpty() ? QString() : tr("\nby %1\n%2").arg(item->creator, item->licence));
        if (!m_gallery.realChair(id)) {
            side.placeholder = state.slots[slot].empty() ? QString()
                               : id.isEmpty()            ? tr("This end is a mix, which has no real "
                                                              "counterpart.")
                               : styleGroupOf(id) == StyleGroup::New
                                   ? tr("This end is a new chair, which has no real counterpart.")
                                   : tr("This end has no real counterpart.");
        } else if (next < m_realShown.size() && m_realShown.size() == m_realAsked.size()) {
            const Result<Image>& real = m_realShown[next];
            if (real)
                side.picture = m_realImages[qsizetype(next)];
            else
                side.placeholder = QString::fromStdString(real.error().message);
            ++next;
        }
        sides.append(side);
    }
    return sides;
}

QString StagePresenter::mixName(const RecipeMix& mix) const {
    const auto name = [this](const RecipeStyle& part) {
        return part.id.empty() ? tr("style %1").arg(part.index)
                               : m_gallery.nameOf(QString::fromStdString(part.id));
    };
    if (mix.empty()) return {};
    if (!pureStyleOf(mix).empty()) return name(mix.front());
    QStringList parts;
    for (const RecipeStyle& part : mix)
        parts << tr("%1 %2 %").arg(name(part)).arg(int(std::lround(100 * part.weight)));
    return parts.join(u",  "_s);
}

QString StagePresenter::caption() const {
    const ChairPanelState& state = m_store.state();
    const std::vector<RecipeMix> corners = styleCorners(state);
    std::vector<QString> names;
    for (const RecipeMix& corner : corners) names.push_back(QString::fromStdString(givenName(state, corner)));
    const bool isArithmetic = styleMode(state) == StyleMode::Arithmetic;
    if (isArithmetic || std::ranges::all_of(names, &QString::isEmpty)) return mixName(shownMix(state));
    const std::array<double, 4> weights = corners.size() == 4   ? bilinearWeights(state.u, state.v)
                                          : corners.size() == 2 ? std::array{1 - state.u, state.u, 0.0, 0.0}
                                                                : std::array{1.0, 0.0, 0.0, 0.0};
    QStringList parts;
    for (std::size_t i = 0; i < corners.size(); ++i) {
        const int percent = int(std::lround(100 * weights[i]));
        const QString name = names[i].isEmpty() ? mixName(corners[i]) : names[i];
        if (percent == 100) return name;
        if (percent != 0) parts << tr("%1 %2 %").arg(name, QString::number(percent));
    }
    return parts.join(u",  "_s);
}

void StagePresenter::showNotice() {
    StageNotice notice;
    if (m_chairs.state() == ChairService::State::Failed) {
        const Error& error = m_chairs.error();
        const bool missing = error.code == ErrorCode::NotFound && !m_chairs.model();
        notice.title = missing ? tr("There is no model yet") : tr("The model could not be opened");
        notice.text = missing ? tr("Open a weight file (.safetensors), or train one: vitrine-cli train "
                                   "models/chairs-128.json. The real chairs are available meanwhile.")
                              : QString::fromStdString(error.message);
        notice.button = m_chairs.model()
                            ? tr("Continue with %1").arg(QString::fromStdString(m_chairs.model()->name))
                            : tr("Open a model…");
    }
    if (notice.isEmpty() && !m_cannot.isEmpty() && styleMode(m_store.state()) != StyleMode::Empty)
        showUnknown(notice);
    m_stage->setNotice(notice);
}

/// A chair that the network never saw is no dead end; the last picture stays behind the card.
void StagePresenter::showUnknown(StageNotice& notice) const {
    const StyleItem* chair = unknownChair();
    if (!chair) {
        notice.title = tr("This chair cannot be painted");
        notice.text = m_cannot;
        return;
    }
    notice.button = tr("Show nearest style");
    if (chair->id == m_taught.id) return showTaught(notice, chair->name);
    notice.title = tr("The network does not know %1").arg(chair->name);
    notice.text =
        tr("It was not trained on this chair; D shows the real one beside it. See the style that "
           "looks most like it, choose another one below, or teach it: a copy of the network "
           "learns the chair in the background, in about ten minutes.");
    notice.secondButton = tr("Teach the network (10 min)");
}

void StagePresenter::showTaught(StageNotice& notice, const QString& name) const {
    if (m_taught.weights.isEmpty()) {
        notice.title = tr("A network learns %1").arg(name);
        notice.text = tr("%1. The run is listed under Training, too; stopped there or here, it keeps its "
                         "checkpoint.")
                          .arg(m_taught.progress);
        notice.secondButton = tr("Stop");
    } else {
        notice.title = tr("A network has learned %1").arg(name);
        notice.text = tr("It is a copy of the one in use, which stays as it is.");
        notice.secondButton = tr("Open the taught network");
    }
}

void StagePresenter::setTaught(const TaughtChair& chair) {
    m_taught = chair;
    showNotice();
}

void StagePresenter::countFrame(double latencyMs) {
    m_status.setLatencyMs(latencyMs);
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    m_frameTimes.push_back(now);
    while (!m_frameTimes.empty() && now - m_frameTimes.front() > 1000) m_frameTimes.pop_front();
    const qint64 span = now - m_frameTimes.front();
    if (span > 200) m_status.setFps(1000.0 * double(m_frameTimes.size() - 1) / double(span));
    m_fpsTimer.start();
}

}  // namespace vitrine
