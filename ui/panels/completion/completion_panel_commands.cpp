// SPDX-License-Identifier: GPL-3.0-or-later
#include <QActionGroup>

#include "ui/panels/completion/completion_panel.h"
#include "ui/shell/action_registry.h"

namespace vitrine {

using namespace Qt::StringLiterals;

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
        m_seen << addSwitch(command(u"seen."_s + number, u"1seen"_s, text, u"quadrants-"_s + number, tip),
                            {key},
                            numQuadrants == state().numQuadrants,
                            [this, numQuadrants](bool) { chooseSeen(numQuadrants); });
        group->addAction(m_seen.last());
    };
    add(tr("Show &nothing"),
        tr("The network observes nothing: a plain VAE, sampled unconditionally"),
        Qt::Key_N);
    add(tr("Show the lower left &quarter"), tr("The network observes the lower left quarter"), Qt::Key_1);
    add(tr("Show the left &half"), tr("The network observes the left half"), Qt::Key_2);
    add(tr("Show &all but the lower right"),
        tr("The network observes all but the lower right quarter"),
        Qt::Key_3);
}

void CompletionPanel::chooseSeen(int numQuadrants) {
    m_store->changeOnce(u"seen"_s, tr("Change the observed part"), [numQuadrants](CompletionState& state) {
        setSeen(state, numQuadrants);
    });
}

void CompletionPanel::addSampleCommands() {
    const QString group = u"2samples"_s;
    addDrawAgain(group);
    addCommand(command(u"resetLatent"_s,
                       group,
                       tr("Re&lease latent channels"),
                       u"reset"_s,
                       tr("No latent channel is fixed")),
               {Qt::CTRL | Qt::Key_Backspace},
               [this] {
                   m_store->changeOnce(u"forced"_s,
                                       tr("Release latent channels"),
                                       [](CompletionState& state) { state.forced.clear(); });
               });
}

void CompletionPanel::addFileCommands() {
    const QString group = u"0file"_s;
    addCommand(command(u"open"_s, group, tr("&Open a picture…"), u"open"_s, tr("PNG or JPEG of any size")),
               {Qt::CTRL | Qt::SHIFT | Qt::Key_O},
               [this] { askForPicture(); });
    addCommand(command(u"openModel"_s,
                       group,
                       tr("Open a net&work…"),
                       {},
                       tr("A weight file trained with the quadrants recipe")),
               {},
               [this] { askForWeights(m_parts.models); });
    addCommand(command(u"export"_s,
                       group,
                       tr("E&xport…"),
                       u"export"_s,
                       tr("Samples, mean, deviation and a sheet, into a folder")),
               {Qt::CTRL | Qt::SHIFT | Qt::Key_E},
               [this] { exportAnswer(); });
}

}  // namespace vitrine
