// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

class QWidget;

namespace vitrine {

/// "What's this?" of the widgets of a panel whose name, after the panel's id, is `name` or begins with it; a
/// later one goes before an earlier. An empty name is the panel itself.
struct Help {
    QString name;
    QString text;
    QString section = {};  ///< of the paper, "section 5.3"; empty: it does not speak of this
};

/// Gives a panel, its sections and its controls their "What's this?": what each is, and where the paper tells
/// more. `paper`: "Sohn, Lee and Yan 2015"; empty: the panel reproduces none.
void addHelp(QWidget* panel, const QString& paper, const QList<Help>& helps);

}  // namespace vitrine
