// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAction>
#include <QLabel>
#include <QMimeData>
#include <QTest>
#include <memory>

#include "ui/shell/action_registry.h"
#include "ui/shell/inspector_section.h"
#include "ui/shell/labeled_slider.h"
#include "ui/shell/main_window.h"
#include "ui/shell/message_bar.h"
#include "ui/shell/panel.h"
#include "ui/shell/settings.h"
#include "ui/shell/undo.h"

namespace vitrine {

/// A panel with one number as its state and every part of the frame in use.
class SamplePanel : public Panel {
public:
    SamplePanel(const QString& id, ShellServices& lent)
        : Panel({id, id, QStringLiteral("chairs"), QStringLiteral("A sample")}, lent) {
        setSubtitle(QStringLiteral("Windsor chair to bar stool"));
        setStage(new QLabel(QStringLiteral("stage")));
        setStrip(new QLabel(QStringLiteral("strip")), 120);
        InspectorSection* section = addSection(QStringLiteral("view"), QStringLiteral("Viewpoint"));
        SliderSpec spec;
        spec.id = id + QStringLiteral(".azimuth");
        spec.label = QStringLiteral("Azimuth");
        spec.unit = QStringLiteral("°");
        spec.maximum = 360;
        spec.step = 1;
        spec.decimals = 1;
        spec.ticks = {0, 45, 90, 135, 180, 225, 270, 315};
        slider = new LabeledSlider(spec);
        section->addWidget(slider);
        connect(slider, &LabeledSlider::valueChanged, this, [this](double value) {
            services().undo.set(info().id + QStringLiteral(".value"),
                                QStringLiteral("Turn"),
                                number,
                                value,
                                [this](double v) { show(v); });
        });
        connect(slider, &LabeledSlider::dragFinished, &services().undo, &UndoHistory::endGesture);
        Command command;
        command.id = id + QStringLiteral(".export");
        command.text = QStringLiteral("Export");
        command.icon = QStringLiteral("export");
        command.context = id;
        command.menu = id;
        command.keys = {QKeySequence(QStringLiteral("Ctrl+E"))};
        command.handler = [this](bool) { ++exports; };
        setPrimaryAction(services().actions.add(command));
    }

    using Panel::addHeaderAction;
    using Panel::setModel;
    QJsonObject saveState() const override { return {{QStringLiteral("value"), number}}; }
    Status restoreState(const QJsonObject& state) override {
        if (!state[QStringLiteral("value")].isDouble())
            return Error{ErrorCode::BadFormat, "The state has no value."};
        show(state[QStringLiteral("value")].toDouble());
        return {};
    }
    Status openFile(const QString& path) override {
        if (!path.endsWith(info().id)) return Panel::openFile(path);
        opened << path;
        return {};
    }
    bool acceptsDrop(const QMimeData* mime) const override {
        return mime->hasUrls() || (mime->hasText() && mime->text() == info().id);
    }
    void drop(const QMimeData* mime) override {
        dropped << (mime->hasUrls() ? mime->urls().first().fileName() : mime->text());
    }
    bool mayClose() override { return closable; }

    void show(double value) {
        number = value;
        slider->setValue(value);
    }

    double number = 0;
    int exports = 0;
    bool closable = true;
    QStringList opened;
    QStringList dropped;
    LabeledSlider* slider = nullptr;
};

/// A window with two of them.
struct WindowFixture {
    explicit WindowFixture(std::unique_ptr<Settings> settings = Settings::transient())
        : window(std::move(settings)) {
        first = new SamplePanel(QStringLiteral("first"), window.services());
        second = new SamplePanel(QStringLiteral("second"), window.services());
        window.addPanel(first);
        window.addPanel(second);
        window.finish();
        window.show();
    }
    QAction* action(const QString& id) { return window.services().actions.action(id); }
    QString message() { return window.services().messages.text(); }

    MainWindow window;
    SamplePanel* first = nullptr;
    SamplePanel* second = nullptr;
};

}  // namespace vitrine
