// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/panel_help.h"

#include <QAction>
#include <QToolButton>

#include "ui/shell/text.h"

using namespace Qt::StringLiterals;

namespace vitrine {
namespace {

QString whole(const QString& paper, const Help& help) {
    QString html = u"<p>%1</p>"_s.arg(help.text.toHtmlEscaped());
    if (paper.isEmpty()) return html;
    const QString source =
        help.section.isEmpty() ? tr("Not described in the paper.") : tr("%1, %2.").arg(paper, help.section);
    return html + u"<p><i>%1</i></p>"_s.arg(source);
}

}  // namespace

void addHelp(QWidget* panel, const QString& paper, const QList<Help>& helps) {
    const QList<QWidget*> widgets = panel->findChildren<QWidget*>();
    for (const Help& help : helps) {
        const QString text = whole(paper, help);
        if (help.name.isEmpty()) panel->setWhatsThis(text);
        const QString name = panel->objectName() + u'.' + help.name;
        for (QWidget* widget : widgets) {
            if (widget->objectName() != name && !widget->objectName().startsWith(name + u'.')) continue;
            widget->setWhatsThis(text);
            // A button of an action takes its text over, again and again.
            const auto* button = qobject_cast<QToolButton*>(widget);
            if (button && button->defaultAction()) button->defaultAction()->setWhatsThis(text);
        }
    }
}

}  // namespace vitrine
