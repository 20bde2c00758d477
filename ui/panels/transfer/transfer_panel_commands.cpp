// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "ui/panels/transfer/target_section.h"
#include "ui/panels/transfer/transfer_panel.h"
#include "ui/shell/action_registry.h"
#include "ui/views/turntable_controls.h"

namespace vitrine {

using namespace Qt::StringLiterals;

void TransferPanel::addCommands() {
    addFileCommands();
    const QString group = u"chair"_s;
    addCommand(command(u"nextTarget"_s, group, tr("&Next target chair")), {Qt::Key_N}, [this] {
        m_target->stepTarget(1);
    });
    addCommand(command(u"previousTarget"_s, group, tr("&Previous target chair")),
               {Qt::SHIFT | Qt::Key_N},
               [this] { m_target->stepTarget(-1); });
    addCommand(command(u"fewerViews"_s,
                       group,
                       tr("&Fewer given views"),
                       {},
                       tr("Networks that were given fewer views of the target chairs")),
               {Qt::Key_Comma},
               [this] { stepSetting(1); });
    addCommand(command(u"moreViews"_s,
                       group,
                       tr("&More given views"),
                       {},
                       tr("Networks that were given more views of the target chairs")),
               {Qt::Key_Period},
               [this] { stepSetting(-1); });
    addViewCommands();
}

void TransferPanel::addViewCommands() {
    const auto addTurn = [this](const QString& id, const QString& text, Qt::Key key, int right, int up) {
        addCommand(command(id, u"view"_s, text), {Qt::ALT | key}, [this, right, up] {
            m_target->view()->turn(right, up);
        });
    };
    addTurn(u"turnLeft"_s, tr("Turn &left"), Qt::Key_Left, -1, 0);
    addTurn(u"turnRight"_s, tr("Turn ri&ght"), Qt::Key_Right, 1, 0);
    addTurn(u"cameraUp"_s, tr("Camera &up"), Qt::Key_Up, 0, 1);
    addTurn(u"cameraDown"_s, tr("Camera &down"), Qt::Key_Down, 0, -1);
}

void TransferPanel::addFileCommands() {
    const QString group = u"0file"_s;
    addCommand(command(u"export"_s,
                       group,
                       tr("E&xport picture…"),
                       u"export"_s,
                       tr("The pictures side by side, with the recipe, as PNG")),
               {Qt::CTRL | Qt::Key_E},
               [this] { exportViews(); });
    addCommand(command(u"exportStrip"_s,
                       group,
                       tr("Export &strip…"),
                       {},
                       tr("Rows of 15, 8, 4, 2 and 1 given azimuths, with transfer above without, as PNG")),
               {Qt::CTRL | Qt::SHIFT | Qt::Key_E},
               [this] { exportStrip(); });
}

void TransferPanel::stepSetting(int places) {
    m_store->changeOnce(u"views"_s, tr("Change the given views"), [places](TransferState& state) {
        const int last = int(kTransferSettings.size()) - 1;
        state.setting = TransferSetting(std::clamp(int(state.setting) + places, 0, last));
    });
}

}  // namespace vitrine
