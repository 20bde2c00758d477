// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/transfer/transfer_presenter.h"

#include <cmath>

#include "core/data/style_ids.h"
#include "core/recipe/compose.h"
#include "ui/bridge/image_convert.h"
#include "ui/bridge/style_names.h"
#include "ui/bridge/transfer_service.h"
#include "ui/panels/transfer/transfer_stage.h"
#include "ui/panels/transfer/transfer_strip_pane.h"
#include "ui/shell/status_bar.h"
#include "ui/shell/text.h"
#include "ui/views/captioned_view.h"
#include "ui/views/zoom_view.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

QImage shownOnWhite(const Image& premultiplied) {
    return premultiplied.empty() ? QImage() : toQImage(composeOver(premultiplied, {}));
}

}  // namespace

TransferPresenter::TransferPresenter(TransferStage* stage,
                                     TransferStripPane* strip,
                                     TransferStore& store,
                                     TransferService& networks,
                                     RealChairService& chairs,
                                     StatusBar& status,
                                     QObject* parent)
    : QObject(parent),
      m_stage(stage),
      m_stripPane(strip),
      m_store(store),
      m_networks(networks),
      m_chairService(chairs) {
    connect(&m_networks,
            &TransferService::resultReady,
            this,
            [this, &status](const TransferResult& result, double latencyMs) {
                m_result = result;
                m_isCurrent = true;
                if (m_stage->isVisible()) status.setLatencyMs(latencyMs);
                showPictures();
            });
    connect(&m_networks, &TransferService::stripReady, this, [this](const std::vector<Image>& pictures) {
        m_strip = pictures;
        m_stripPane->setStrip(m_strip);
        Q_EMIT changed();
    });
    connect(&m_networks, &TransferService::failed, this, &TransferPresenter::changed);
    connect(&m_chairService,
            &RealChairService::ready,
            this,
            [this](quint64 number, const std::vector<Result<Image>>& pictures) {
                if (number == m_chairService.newestRequested()) takeRenders(pictures);
            });
}

void TransferPresenter::setChairs(std::vector<ChairEntry> chairs) {
    m_chairs = std::move(chairs);
    m_names.clear();
    for (const ChairEntry& chair : m_chairs)
        if (!isScanId(chair.id)) m_names.insert(toQ(chair.id), toQ(chair.name));
    m_chairsBeside = {};  // it points at the chairs before
    m_rendered.reset();
    showState();
}

void TransferPresenter::setNearest(std::vector<NearestSource> nearest) {
    m_nearest = std::move(nearest);
    m_rendered.reset();
    showState();
}

QString TransferPresenter::nameOf(const QString& id) const {
    return m_names.value(id, styleName(id));
}

void TransferPresenter::networksChanged() {
    m_asked.reset();
    m_askedStrip.reset();
    m_rendered.reset();
    showState();
}

void TransferPresenter::showState() {
    if (!m_networks.model() || m_store.state().target.isEmpty()) return;
    askNetworks();
    askRenderer();
    showPictures();
}

void TransferPresenter::askNetworks() {
    const TransferState& state = m_store.state();
    if (const TransferRequest request = requestOf(state); m_asked != request) {
        m_asked = request;
        m_isCurrent = false;
        m_networks.request(request);
    }
    const StripRequest strip{state.target.toStdString(), sourcesOf(state.without)};
    if (m_askedStrip == strip) return;
    m_askedStrip = strip;
    m_strip.clear();
    m_stripPane->setStrip({});
    m_networks.requestStrip(strip.target, strip.without);
}

void TransferPresenter::askRenderer() {
    const TransferState& state = m_store.state();
    if (m_rendered == state) return;
    m_rendered = state;
    m_chairsBeside = chairsBeside(m_chairs, m_nearest, requestOf(state), state.likeness);
    const int size = m_networks.model()->size;
    std::vector<RealChairRequest> requests;
    for (const ChairEntry* chair : {m_chairsBeside.real, m_chairsBeside.nearest})
        if (chair) requests.push_back({*chair, state.view, {}, size});
    m_chairService.request(requests);
}

void TransferPresenter::takeRenders(const std::vector<Result<Image>>& pictures) {
    m_beside = {};
    m_renderFault.clear();
    std::size_t next = 0;
    const auto take = [&](const ChairEntry* chair, Image& picture) {
        if (!chair || next >= pictures.size()) return;
        const Result<Image>& rendered = pictures[next++];
        if (rendered)
            picture = *rendered;
        else
            m_renderFault = toQ(rendered.error().message);
    };
    take(m_chairsBeside.real, m_beside.real);
    take(m_chairsBeside.nearest, m_beside.nearest);
    showPictures();
}

void TransferPresenter::showPictures() {
    showNetwork(m_stage->with(), SourceViews::All);
    showNetwork(m_stage->without(), sourcesOf(m_store.state().without));
    showNearest();
    showReal();
    m_stage->without()->setChoice(int(m_store.state().without));
    m_stage->nearest()->setChoice(int(m_store.state().likeness));
    Q_EMIT changed();
}

void TransferPresenter::showNetwork(CaptionedView* view, SourceViews sources) {
    const bool isThere = m_networks.model()->has(m_store.state().setting, sources);
    const Image picture = m_result && isThere ? m_result->of(sources) : Image();
    view->view()->setPlaceholder(
        isThere ? QString()
                : tr("There is no such network for this setting; experiments/chairs/transfer trains it."));
    view->view()->setImage(shownOnWhite(picture));
    view->view()->setDimmed(!m_isCurrent);
    view->setCaption(psnrText(picture), tr("Peak signal-to-noise ratio, against the real chair on white"));
}

void TransferPresenter::showNearest() {
    CaptionedView* view = m_stage->nearest();
    view->view()->setPlaceholder(
        m_nearest.empty() ? tr("The nearest source chairs are not listed; vitrine-cli eval transfer "
                               "--write-nearest writes the list.")
                          : m_renderFault);
    view->view()->setImage(shownOnWhite(m_beside.nearest));
    if (!m_chairsBeside.nearest) return view->setCaption({});
    QStringList words{nameOf(toQ(m_chairsBeside.nearest->id))};
    if (const QString psnr = psnrText(m_beside.nearest); !psnr.isEmpty()) words << psnr;
    view->setCaption(
        words.join(u", "_s),
        m_chairsBeside.isNearestOfCatalogue
            ? tr("The nearest source chair of the catalogue: the mesh of the nearest of all, a scan, is not "
                 "imported (vitrine-cli data import --pix3d DIR)")
            : tr("The source chair whose given views are nearest to the target's"));
}

void TransferPresenter::showReal() {
    CaptionedView* view = m_stage->real();
    view->view()->setPlaceholder(
        m_chairsBeside.real || m_chairs.empty()
            ? m_renderFault
            : tr("The mesh of this scan is not here. Download Pix3D, then run vitrine-cli data "
                 "import --pix3d DIR."));
    view->view()->setImage(shownOnWhite(m_beside.real));
    view->setCaption(nameOf(m_store.state().target));
}

QString TransferPresenter::psnrText(const Image& picture) const {
    if (picture.empty() || m_beside.real.empty()) return {};
    const double decibels = psnr(composeOver(picture, {}), composeOver(m_beside.real, {}));
    return std::isfinite(decibels) ? tr("%1 dB").arg(decibels, 0, 'f', 1) : tr("identical");
}

bool TransferPresenter::isSettled() const {
    return m_networks.isIdle() && m_chairService.newestAnswered() == m_chairService.newestRequested();
}

}  // namespace vitrine
