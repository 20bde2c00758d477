// SPDX-License-Identifier: GPL-3.0-or-later
#include <QActionGroup>
#include <QRandomGenerator>

#include "ui/panels/completion/completion_panel.h"
#include "ui/shell/action_registry.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

constexpr int kMostSeed = 999'999;

Command command(
    const QString& id, const QString& group, const QString& text, const QString& icon, const QString& tip) {
    return {.id = u"completion."_s + id,
            .text = text,
            .icon = icon,
            .tip = tip,
            .context = u"completion"_s,
            .menu = u"Completion"_s,
            .group = group};
}

}  // namespace

void CompletionPanel::addCommands() {
    addFileCommands();
    addSeenCommands();
    addSampleCommands();
}

void CompletionPanel::addSeenCommands() {
    auto* group = new QActionGroup(this);
    const auto add = [this, group](const QString& text, const QString& tip, Qt::Key key) {
        const int numQuadrants = int(m_seen.size());
        const QString number = QString::number(numQuadrants);
        Command made = command(u"seen."_s + number, u"1seen"_s, text, u"quadrants-"_s + number, tip);
        made.keys = {QKeySequence(key)};
        made.checkable = true;
        made.checked = numQuadrants == state().numQuadrants;
        made.handler = [this, numQuadrants](bool) {
            m_store->changeOnce(u"seen"_s, tr("Change what is seen"), [numQuadrants](CompletionState& state) {
                setSeen(state, numQuadrants);
            });
        };
        m_seen << services().actions.add(made);
        group->addAction(m_seen.last());
    };
    add(tr("Show &nothing"), tr("The network sees nothing: a plain VAE dreams"), Qt::Key_N);
    add(tr("Show the lower left &quarter"), tr("The network sees the lower left quarter"), Qt::Key_1);
    add(tr("Show the left &half"), tr("The network sees the left half"), Qt::Key_2);
    add(tr("Show &all but the lower right"),
        tr("The network sees all but the lower right quarter"),
        Qt::Key_3);
}

void CompletionPanel::addSampleCommands() {
    Command again = command(u"drawAgain"_s,
                            u"2samples"_s,
                            tr("&Draw again"),
                            u"shuffle"_s,
                            tr("Other samples, with another seed"));
    again.keys = {QKeySequence(Qt::CTRL | Qt::Key_R)};
    again.handler = [this](bool) {
        m_store->changeOnce(u"seed"_s, tr("Draw again"), [](CompletionState& state) {
            state.seed = quint64(QRandomGenerator::global()->bounded(1, kMostSeed));
            state.pinned.clear();
        });
    };
    services().actions.add(again);
    Command release = command(u"resetLatent"_s,
                              u"2samples"_s,
                              tr("&Let go of the latent"),
                              u"reset"_s,
                              tr("No channel of the latent is held"));
    release.keys = {QKeySequence(Qt::CTRL | Qt::Key_Backspace)};
    release.handler = [this](bool) {
        m_store->changeOnce(
            u"forced"_s, tr("Let go of the latent"), [](CompletionState& state) { state.forced.clear(); });
    };
    services().actions.add(release);
}

void CompletionPanel::togglePin(int sample) {
    m_store->changeOnce(u"pin"_s, tr("Pin a sample"), [sample](CompletionState& state) {
        if (state.pinned.removeAll(sample) == 0) state.pinned << sample;
    });
}

void CompletionPanel::addFileCommands() {
    Command open =
        command(u"open"_s, u"0file"_s, tr("&Open a picture…"), u"open"_s, tr("PNG or JPEG of any size"));
    open.keys = {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_O)};
    open.handler = [this](bool) { askForPicture(); };
    services().actions.add(open);
    Command openModel = command(
        u"openModel"_s, u"0file"_s, tr("Open a net&work…"), {}, tr("A weight file of the quadrants recipe"));
    openModel.handler = [this](bool) { askForModel(); };
    services().actions.add(openModel);
    Command write = command(u"export"_s,
                            u"0file"_s,
                            tr("E&xport…"),
                            u"export"_s,
                            tr("Samples, mean, deviation and a sheet, into a folder"));
    write.keys = {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_E)};
    write.handler = [this](bool) { exportAnswer(); };
    services().actions.add(write);
}

void CompletionPanel::fillHeader() {
    const ActionRegistry& actions = services().actions;
    addHeaderAction(actions.action(u"completion.drawAgain"_s));
    setPrimaryAction(actions.action(u"completion.export"_s));
    for (const QString& id : {u"open"_s, u"openModel"_s, u"resetLatent"_s})
        addOverflowAction(actions.action(u"completion."_s + id));
}

}  // namespace vitrine
