// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include "ui/bridge/chair_service.h"
#include "ui/bridge/teach_service.h"
#include "ui/panels/chairs/chair_animator.h"
#include "ui/panels/chairs/chair_panel.h"
#include "ui/panels/chairs/stage_presenter.h"
#include "ui/panels/chairs/style_gallery_model.h"
#include "ui/shell/message_bar.h"
#include "ui/shell/status_bar.h"

namespace vitrine {

using namespace Qt::StringLiterals;

void ChairPanel::connectTeaching() {
    connect(m_stage, &ChairStage::secondNoticeButtonPressed, this, &ChairPanel::teachPressed);
    connect(m_teach, &TeachService::progressed, this, &ChairPanel::showTeaching);
    connect(m_teach, &TeachService::taught, this, [this](const QString& chairId, const QString& weights) {
        m_taughtChair = chairId;
        m_taughtWeights = weights;
        endTeaching();
        services().messages.showMessage(MessageKind::Good,
                                        tr("A network has learned %1.").arg(m_gallery->nameOf(chairId)),
                                        weights,
                                        {tr("Open it"), [this] { openTaught(); }});
    });
    connect(m_teach, &TeachService::stopped, this, [this](const QString& chairId, const QString& run) {
        endTeaching();
        const QString name = m_gallery->nameOf(chairId);
        services().messages.showMessage(
            MessageKind::Info,
            run.isEmpty() ? tr("Teaching %1 was cancelled; nothing was kept.").arg(name)
                          : tr("%1 is not learned yet: %2 stopped with a checkpoint. Resume it under "
                               "Training.")
                                .arg(name, run));
    });
    connect(m_teach, &TeachService::failed, this, [this](const QString&, const Error& error) {
        endTeaching();
        report(error);
    });
}

void ChairPanel::showTeaching(const Progress& progress) {
    const QString id = m_teach->chairId();
    if (m_teachJob == 0)
        m_teachJob = services().status.beginJob(tr("Teaching %1").arg(m_gallery->nameOf(id)),
                                                [this] { m_teach->cancel(); });
    services().status.setJobProgress(m_teachJob, progress);
    const QString left = timeLeftText(progress);
    const QString done = tr("%1 %").arg(int(std::lround(100 * progress.fraction)));
    m_presenter->setTaught({id, left.isEmpty() ? done : u"%1, %2"_s.arg(done, left), {}});
}

void ChairPanel::endTeaching() {
    if (m_teachJob != 0) services().status.endJob(m_teachJob);
    m_teachJob = 0;
    m_presenter->setTaught({m_taughtChair, {}, m_taughtWeights});
}

/// What comes next for the unknown chair that is shown: teach it, stop that, or open the network that knows
/// it.
void ChairPanel::teachPressed() {
    const StyleItem* chair = m_presenter->unknownChair();
    if (!chair || !m_chairs->model()) return;
    if (m_teach->chairId() == chair->id) return m_teach->cancel();
    if (m_teach->isBusy())
        return services().messages.showMessage(
            MessageKind::Info,
            tr("A network is learning %1; stop that first, or wait until it is done.")
                .arg(m_gallery->nameOf(m_teach->chairId())));
    if (m_taughtChair == chair->id) return openTaught();
    m_teach->teach(chair->id, m_chairs->model()->file);
}

void ChairPanel::openTaught() {
    m_showsTaught = true;
    openModel(m_taughtWeights);
}

/// The chair becomes style A of the network that has learned it.
void ChairPanel::showTaughtChair() {
    if (!m_showsTaught || m_chairs->state() == ChairService::State::Loading) return;
    m_showsTaught = false;
    if (m_chairs->state() != ChairService::State::Ready) {  // it is gone: the chair can be taught again
        m_taughtChair.clear();
        m_presenter->setTaught({});
        return;
    }
    const RecipeMix taught{{m_taughtChair.toStdString(), -1, 1}};
    const QString name = m_gallery->nameOf(m_taughtChair);
    m_store->changeOnce(u"slots"_s, tr("Use %1 as A").arg(name), [&taught](ChairPanelState& state) {
        if (state.slots[0] == taught) return;
        if (state.slots[1] == taught) state.slots[1] = state.slots[0];
        state.slots[0] = taught;
        compactSlots(state);
    });
    services().messages.showMessage(MessageKind::Good,
                                    tr("%1 is style A.").arg(name),
                                    {},
                                    {tr("Morph into it"), [this] { morphIntoTaught(); }});
}

/// From B, or from the network's first style, to A.
void ChairPanel::morphIntoTaught() {
    if (!m_chairs->model() || m_chairs->model()->styleIds.empty()) return;
    const std::string first = m_chairs->model()->styleIds.front();
    m_store->changeOnce(u"style"_s, tr("Morph into A"), [&first](ChairPanelState& state) {
        if (state.slots[1].empty()) state.slots[1] = {{first, -1, 1}};
        state.u = 1, state.v = 0;
        state.animatedParameter = "style";
        state.animateFrom = 1, state.animateTo = 0;
        state.timing.loop = AnimationLoop::Once;
    });
    m_animator->setPlaying(true);
}

}  // namespace vitrine
