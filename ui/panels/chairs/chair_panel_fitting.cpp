// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFileInfo>
#include <cmath>
#include <utility>

#include "core/recipe/style_file.h"
#include "ui/bridge/chair_fit_service.h"
#include "ui/bridge/chair_service.h"
#include "ui/panels/chairs/chair_animator.h"
#include "ui/panels/chairs/chair_panel.h"
#include "ui/panels/chairs/fit_card.h"
#include "ui/panels/chairs/style_bar.h"
#include "ui/shell/action_registry.h"
#include "ui/shell/message_bar.h"
#include "ui/shell/status_bar.h"

namespace vitrine {

using namespace Qt::StringLiterals;

void ChairPanel::addFitCommands() {
    const QString group = u"fit"_s;
    addCommand(command(u"fit"_s,
                       group,
                       tr("Fit a pi&cture…"),
                       u"image"_s,
                       tr("Find the style, the viewpoint and the transformation of the chair in a picture: "
                          "one chair, transparent around it or on a plain background.")),
               {},
               [this] { askForFit(); });
    addCommand(command(u"saveStyle"_s,
                       group,
                       tr("Save st&yle…"),
                       u"save"_s,
                       tr("The style that is shown as a file (.json), for Open style and for the commands of "
                          "vitrine-cli.")),
               {},
               [this] { saveShownStyle(); });
    addCommand(command(u"openStyle"_s,
                       group,
                       tr("Open sty&le…"),
                       u"open"_s,
                       tr("Use the style of a file (.json) as A.")),
               {},
               [this] { askForStyle(); });
}

void ChairPanel::connectFitting() {
    connect(m_fitCard, &FitCard::cancelPressed, m_fit, &ChairFitService::cancel);
    connect(m_fitCard, &FitCard::cancelPressed, m_fitCard, &FitCard::setCancelling);
    connect(m_fitCard, &FitCard::correctPressed, this, &ChairPanel::correctMask);
    connect(m_fitCard, &FitCard::fitPressed, this, [this] { fitPicture(m_fitPath, m_fitCard->mask().mask); });
    connect(m_fitCard, &FitCard::savePressed, this, &ChairPanel::saveMask);
    connect(m_fit, &ChairFitService::located, m_fitCard, &FitCard::setFound);
    connect(m_fit, &ChairFitService::maskNeeded, this, &ChairPanel::askForMask);
    connect(m_fit, &ChairFitService::cutOut, this, [this](const QImage& chair, const QString& notice) {
        m_fitNotice = notice;
        m_fitCard->setPicture(chair, notice);
    });
    connect(m_fit, &ChairFitService::better, m_fitCard, &FitCard::setBest);
    connect(m_fit, &ChairFitService::progressed, this, [this](const Progress& progress) {
        services().status.setJobProgress(m_fitJob, progress);
        m_fitCard->setProgress(progress);
    });
    connect(m_fit, &ChairFitService::fitted, this, &ChairPanel::useFit);
    connect(m_fit, &ChairFitService::cancelled, this, [this](const QString& path) {
        endFitting();
        leaveCard();
        services().messages.showMessage(MessageKind::Info,
                                        tr("The fit of %1 was cancelled before there was anything to keep.")
                                            .arg(QFileInfo(path).fileName()));
    });
    connect(m_fit, &ChairFitService::failed, this, [this](const QString&, const Error& error) {
        endFitting();
        leaveCard();
        services().messages.showError(error, {tr("Choose another picture…"), [this] { askForFit(); }});
    });
    connect(m_chairs, &ChairService::stateChanged, this, &ChairPanel::leaveFitting);
}

void ChairPanel::askForFit() {
    const QString path = askForFile(
        u"pictureFolder"_s, tr("Fit a picture"), tr("Pictures (*.png *.jpg *.jpeg *.webp *.ppm *.pgm)"));
    if (!path.isEmpty()) fitPicture(path);
}

/// A picture without a recipe.
void ChairPanel::offerPicture(const QString& path) {
    services().messages.showMessage(MessageKind::Note,
                                    tr("%1 contains no Vitrine recipe.").arg(QFileInfo(path).fileName()),
                                    {},
                                    {tr("Fit its chair"), [this, path] { fitPicture(path); }},
                                    {tr("Use as background"), [this, path] { useBackground(path); }});
}

bool ChairPanel::canFit() {
    const bool isReady = m_chairs->state() == ChairService::State::Ready;
    if (!isReady)
        services().messages.showMessage(MessageKind::Info,
                                        tr("Open a model first; it is fitted to the picture."));
    else if (m_fit->isBusy())
        services().messages.showMessage(MessageKind::Info,
                                        tr("%1 is being fitted; cancel that first, or wait until it is done.")
                                            .arg(QFileInfo(m_fit->picture()).fileName()));
    return isReady && !m_fit->isBusy();
}

/// `mask`: 1 on the chair; empty: it is looked for.
void ChairPanel::fitPicture(const QString& path, const LabelMap& mask) {
    if (!canFit()) return;
    m_fitPath = path;
    const QString name = QFileInfo(path).fileName();
    m_fitNotice.clear();
    m_fitsPainted = !mask.empty();
    m_fitCard->begin(name);
    m_fitCard->show();
    m_fitJob = services().status.beginJob(tr("Fitting %1").arg(name), [this] {
        m_fit->cancel();
        m_fitCard->setCancelling();
    });
    m_fit->fit(path, *m_chairs->model(), mask);
}

void ChairPanel::endFitting() {
    services().status.endJob(std::exchange(m_fitJob, 0));
    checkSettledSoon();
}

/// Without a result. A mask that was painted is not lost.
void ChairPanel::leaveCard() {
    if (m_fitsPainted)
        m_fitCard->editMask(maskHint());
    else
        m_fitCard->hide();
}

QString ChairPanel::maskHint() {
    return tr("The chair is marked in blue. The right button erases.");
}

/// Ends the fit, if it runs.
void ChairPanel::correctMask() {
    if (m_fit->isBusy()) {
        m_fit->leave();
        endFitting();
    }
    m_fitCard->editMask(maskHint());
}

/// Why the mask that was found or painted is of no use, and what to do.
void ChairPanel::askForMask(const QString&, MaskShare share) {
    endFitting();
    const bool isAll = share == MaskShare::All;
    if (m_fitsPainted && isAll)
        return m_fitCard->editMask(tr("All of the picture is marked as chair. Erase the background."));
    const QString why = m_fitsPainted ? tr("Too little is marked as chair.")
                        : isAll       ? tr("The chair cannot be told from its background.")
                                      : tr("No chair was found in the picture.");
    m_fitCard->editMask(why + u' ' + tr("Paint over the chair."));
}

void ChairPanel::saveMask() {
    const QString proposal = tr("%1-mask.png").arg(QFileInfo(m_fitPath).completeBaseName());
    QString path = askWhereToSave(u"maskFolder"_s, tr("Save the mask"), proposal, tr("PNG picture (*.png)"));
    if (path.isEmpty()) return;
    if (!path.endsWith(u".png"_s, Qt::CaseInsensitive)) path += u".png"_s;
    save([file = std::filesystem::path(path.toStdString()),
          mask = m_fitCard->mask()] { return writeMask(file, mask); },
         tr("%1 is saved; vitrine-cli fit takes it as --mask.").arg(QFileInfo(path).fileName()));
}

/// Another network has other styles.
void ChairPanel::leaveFitting() {
    if (!m_fit->isBusy()) return m_fitCard->setVisible(m_fitCard->isEditing());
    const QString name = QFileInfo(m_fit->picture()).fileName();
    m_fit->leave();
    endFitting();
    leaveCard();
    services().messages.showMessage(MessageKind::Info,
                                    tr("The fit of %1 ended, because another model was opened.").arg(name));
}

void ChairPanel::useFit(const QString& path, const ChairFit& fit, bool isCancelled) {
    endFitting();
    m_fitCard->showResult(fit.maskIou);
    const QString name = QFileInfo(path).fileName();
    const ChairModelInfo model = *m_chairs->model();
    const ChairPanelState before = m_store->settledState();
    useNamedMix(vitrine::recipeOf(fit.request, model.styleIds).corners.front(), name, &fit.request);

    QStringList sentences{tr("%1 is style A.").arg(name)};
    if (!m_fitNotice.isEmpty()) sentences << m_fitNotice;
    if (isCancelled)
        sentences << tr("The fit was stopped; the best so far is kept.");
    else if (!fit.converged)
        sentences << tr("The fit did not converge: the masks overlap by %1 % only. Correct the mask, or try "
                        "a picture from the front that shows all of the chair.")
                         .arg(int(std::lround(100 * fit.maskIou)));
    services().messages.showMessage(
        sentences.size() == 1 ? MessageKind::Good : MessageKind::Warning,
        sentences.join(u' '),
        {},
        {tr("Save style…"), [this, request = fit.request, model, name] { saveStyle(request, model, name); }},
        {tr("Undo"), [this, before, name] { takeBack(before, name); }});
}

/// As A, which is shown; seen and transformed as `place` says.
void ChairPanel::useNamedMix(const RecipeMix& mix, const QString& name, const ChairRequest* place) {
    m_animator->setPlaying(false);
    m_store->changeOnce(u"slots"_s, tr("Use %1 as A").arg(name), [&](ChairPanelState& state) {
        state.slots[0] = mix;
        state.u = state.v = 0;
        nameMix(state, mix, name.toStdString());
        if (!place) return;
        state.view = place->view;
        state.theta = place->theta;
    });
}

/// What a fit has set; what was changed since then stays.
void ChairPanel::takeBack(const ChairPanelState& before, const QString& name) {
    m_store->changeOnce(u"slots"_s, tr("Take back %1").arg(name), [&before](ChairPanelState& state) {
        state.slots = before.slots;
        state.u = before.u, state.v = before.v;
        state.view = before.view;
        state.theta = before.theta;
    });
}

void ChairPanel::saveStyle(const ChairRequest& request, const ChairModelInfo& model, const QString& name) {
    const QString proposal = QFileInfo(name).completeBaseName() + u".json"_s;
    QString path = askWhereToSave(u"styleFolder"_s, tr("Save the style"), proposal, tr("Styles (*.json)"));
    if (path.isEmpty()) return;
    if (!namesStyleFile(path.toStdString())) path += u".json"_s;
    save([file = path.toStdString(), request, model] { return writeStyleFile(file, request, model); },
         tr("%1 is saved.").arg(QFileInfo(path).fileName()));
}

void ChairPanel::saveShownStyle() {
    const ChairPanelState& state = m_store->settledState();
    const ChairModelInfo& model = *m_chairs->model();
    const auto requests = requestsOf(recipeWithoutState(state, RecipeKind::Picture), model.styleIds);
    if (!requests) return report(requests.error());
    saveStyle(requests->front(), model, lookOf(state.slots[std::size_t(shownSlot(state))]).name);
}

void ChairPanel::askForStyle() {
    const QString path = askForFile(u"styleFolder"_s, tr("Open a style"), tr("Styles (*.json)"));
    if (!path.isEmpty()) openStyle(path);
}

void ChairPanel::openStyle(const QString& path) {
    using State = ChairService::State;
    if (m_chairs->state() == State::Empty || m_chairs->state() == State::Loading) {
        const auto openAgain = [this, path] { openStyle(path); };
        connect(m_chairs, &ChairService::stateChanged, this, openAgain, Qt::SingleShotConnection);
        return;
    }
    if (!m_chairs->model())
        return services().messages.showMessage(MessageKind::Info,
                                               tr("Open a model first; a style belongs to a network."));
    const auto read = [model = ChairModelInfo(*m_chairs->model())](const std::filesystem::path& file) {
        return readStyleFile(file, model);
    };
    load(path, read, [this, name = QFileInfo(path).completeBaseName()](const RecipeMix& mix) {
        useNamedMix(mix, name);
    });
}

}  // namespace vitrine
