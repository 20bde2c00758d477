// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/platform_failure.h"

#include <QLoggingCategory>
#include <QRegularExpression>
#include <QString>
#include <QStringList>
#include <cstdio>
#include <cstdlib>

using namespace Qt::StringLiterals;

namespace vitrine {
namespace {

QtMessageHandler previousHandler = nullptr;
QStringList said;  ///< before the failure; some warnings alone are none

QString firstMatch(const QString& text, const QString& pattern) {
    return QRegularExpression(pattern).match(text).captured(1);
}

QString sentenceOf(const QString& text) {
    const QString plugin = firstMatch(text, u"Could not find the Qt platform plugin \"([^\"]*)\""_s);
    if (!plugin.isEmpty()) return u"Qt's platform plug-in \"%1\" is not installed"_s.arg(plugin);
    const QString display = firstMatch(text, u"could not connect to display\\s*(\\S*)"_s);
    if (text.contains("could not connect to display"_L1))
        return u"the display %1 cannot be reached"_s.arg(display);
    if (text.contains("wl_display"_L1)) return u"the Wayland display cannot be reached"_s;
    const QString broken = firstMatch(text, u"Could not load the Qt platform plugin \"([^\"]*)\""_s);
    if (!broken.isEmpty())
        return u"Qt's platform plug-in \"%1\" cannot be loaded; a library that it needs is missing"_s.arg(
            broken);
    return u"Qt finds no platform to show it on"_s;
}

void handle(QtMsgType type, const QMessageLogContext&, const QString& text) {
    said << text;
    if (type != QtFatalMsg) return;
    std::fprintf(stderr,
                 "vitrine: The window cannot be shown: %s. Use vitrine-cli, or --screenshot FILE.png.\n",
                 sentenceOf(said.join(u'\n')).toLocal8Bit().constData());
    std::fflush(stderr);
    std::_Exit(1);
}

}  // namespace

void explainPlatformFailures() {
    previousHandler = qInstallMessageHandler(handle);
}

void platformIsThere() {
    qInstallMessageHandler(previousHandler);
    for (const QString& text : said) qWarning("%s", qUtf8Printable(text));
    said.clear();
}

}  // namespace vitrine
