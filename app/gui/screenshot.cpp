// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/screenshot.h"

#include <QApplication>
#include <QEventLoop>
#include <QPixmap>
#include <QSaveFile>
#include <QTimer>

#include "ui/shell/main_window.h"
#include "ui/shell/panel.h"

using namespace Qt::StringLiterals;

namespace vitrine {
namespace {

constexpr int kLimitMs = 60'000;
constexpr int kLookMs = 50;
constexpr int kQuietLooks =
    4;  // settled this often in a row: what one picture starts (a layout, a second picture) is done too

bool waitUntilSettled(const Panel& panel) {
    QEventLoop loop;
    QTimer limit;
    limit.setSingleShot(true);
    QObject::connect(&limit, &QTimer::timeout, &loop, [&loop] { loop.exit(1); });
    limit.start(kLimitMs);
    int quiet = 0;
    QTimer look;
    QObject::connect(&look, &QTimer::timeout, &loop, [&] {
        quiet = panel.isSettled() ? quiet + 1 : 0;
        if (quiet >= kQuietLooks) loop.exit(0);
    });
    look.start(kLookMs);
    return loop.exec() == 0;
}

Status writePng(const QImage& picture, const QString& path) {
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || !picture.save(&file, "PNG") || !file.commit()) {
        return Error{ErrorCode::Io,
                     u"%1 could not be written; does its folder exist?"_s.arg(path).toStdString(),
                     file.errorString().toStdString()};
    }
    return {};
}

}  // namespace

Status writeScreenshot(MainWindow& window, const QString& path) {
    window.show();
    if (const Panel* panel = window.currentPanel(); panel && !waitUntilSettled(*panel)) {
        return Error{
            ErrorCode::Busy,
            "The panel was still working on its pictures after a minute; no screenshot was written."};
    }
    if (QWidget* focused = window.focusWidget()) focused->clearFocus();
    QApplication::processEvents();
    return writePng(window.grab().toImage(), path);
}

}  // namespace vitrine
