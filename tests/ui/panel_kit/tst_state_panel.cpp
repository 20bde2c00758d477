// SPDX-License-Identifier: GPL-3.0-or-later
// A toy panel whose state is a number: what every StatePanel does without saying so.
#include <QFile>
#include <QMimeData>
#include <QUrl>

#include "tests/support/test_program.h"
#include "tests/ui/panels/panel_fixture.h"
#include "ui/panel_kit/bindings.h"
#include "ui/panel_kit/recipe_panel.h"
#include "ui/panel_kit/state_panel.h"
#include "ui/shell/controls.h"

using namespace vitrine;
using namespace Qt::StringLiterals;

namespace {

enum class ToyKind { Round, Square };

struct ToyState {
    int number = 1;
    ToyKind kind = ToyKind::Round;
    bool operator==(const ToyState&) const = default;
};

QJsonObject toJson(const ToyState& state) {
    return {{u"number"_s, state.number}};
}

Result<ToyState> toyStateFromJson(const QJsonObject& json) {
    if (!json[u"number"_s].isDouble()) return Error{ErrorCode::BadFormat, "The field \"number\" is missing."};
    return ToyState{json[u"number"_s].toInt()};
}

Result<int> readNumber(const std::filesystem::path& file) {
    QFile text(file);
    if (!text.open(QIODevice::ReadOnly)) return Error{ErrorCode::NotFound, "There is no such file."};
    return text.readAll().toInt();
}

class ToyPanel : public StatePanel<ToyState> {
public:
    struct Parts {};
    ToyPanel(ShellServices& services, Parts)
        : StatePanel({u"toy"_s, u"Toy"_s, u"units"_s, {}}, services, toyStateFromJson, nullptr) {
        addFileKind({u"txt"_s}, [this](const QString& path) { openNumber(path); });
        addCommand(command(u"open"_s, u"file"_s, u"&Open…"_s), {Qt::CTRL | Qt::Key_O}, [this] {
            const QString path = askForFile(u"numbers"_s, u"Open"_s, u"Numbers (*.txt)"_s);
            if (!path.isEmpty()) openOrReport(path);
        });
        addCommand(command(u"export"_s, u"file"_s, u"&Export…"_s), {}, [this] {
            save([] { return Status(Error{ErrorCode::NoSpace, "The disk is full."}); }, u"Saved."_s);
        });
        addSwitch(command(u"even"_s, u"edit"_s, u"&Even"_s), {}, false, [this](bool isEven) {
            m_store->changeOnce(
                u"number"_s, u"Make it even"_s, [isEven](ToyState& state) { state.number = isEven ? 2 : 1; });
        });
        fillHeader({u"even"_s}, u"open"_s, {u"export"_s});
        m_slider = new LabeledSlider({.id = u"toy.number"_s, .label = u"Number"_s, .maximum = 100}, this);
        bindControl(m_slider, *m_store, u"number"_s, u"Change the number"_s, &ToyState::number);
        m_kind = new QComboBox(this);
        m_kind->addItem(u"Round"_s, int(ToyKind::Round));
        m_kind->addItem(u"Square"_s, int(ToyKind::Square));
        bindControl(m_kind, *m_store, u"kind"_s, u"Change the kind"_s, &ToyState::kind);
    }

    bool isSettled() const override { return tasks().isIdle(); }
    void openNumber(const QString& path) {
        load(path, readNumber, [this](int number) { report(restore(ToyState{number}, u"Open a number"_s)); });
    }
    using StatePanel::setCommandsEnabled;
    StateStore<ToyState>& store() { return *m_store; }
    LabeledSlider* m_slider = nullptr;
    QComboBox* m_kind = nullptr;
};

struct ToyFixture : PanelFixture<ToyPanel> {
    ToyFixture() : PanelFixture(u"toy"_s, ToyPanel::Parts()) {}
    ~ToyFixture() { panel.reset(); }
    QString write(const char* name, const char* text) {
        QFile file(at(name));
        if (file.open(QIODevice::WriteOnly)) file.write(text);
        return pathOf(name);
    }
    int number() const { return panel->state().number; }
};

}  // namespace

class TestStatePanel : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void filesAreOpenedByTheirSuffix() {
        ToyFixture f;
        QSignalSpy settled(f.panel.get(), &Panel::settled);
        QVERIFY(f.panel->openFile(f.write("a.TXT", "7")));
        QVERIFY(!f.panel->isSettled());
        QTRY_COMPARE(f.number(), 7);
        QTRY_COMPARE(settled.size(), 1);
        const Status other = f.panel->openFile(f.pathOf("a.png"));
        QVERIFY(!other && other.error().code == ErrorCode::Unsupported);
    }

    void filesAreDropped() {
        ToyFixture f;
        QMimeData mime;
        mime.setUrls({QUrl(u"https://example.org/a.txt"_s), QUrl::fromLocalFile(f.pathOf("a.png"))});
        QVERIFY(!f.panel->acceptsDrop(&mime));
        mime.setUrls({QUrl::fromLocalFile(f.pathOf("a.png")), QUrl::fromLocalFile(f.write("a.txt", "8"))});
        QVERIFY(f.panel->acceptsDrop(&mime));
        f.panel->drop(&mime);
        QVERIFY(f.messages.text().contains(u"a.png"_s));
        QTRY_COMPARE(f.number(), 8);
    }

    void whatFailsIsReported() {
        ToyFixture f;
        f.panel->openNumber(f.pathOf("missing.txt"));
        QTRY_COMPARE(f.messages.text(), u"There is no such file."_s);
        f.run("export");
        QTRY_COMPARE(f.messages.text(), u"The disk is full."_s);
        QCOMPARE(f.undo.count(), 0);
    }

    void theFolderOfAFileIsRemembered() {
        ToyFixture f;
        f.answer = f.write("b.txt", "9");
        f.run("open");
        QTRY_COMPARE(f.number(), 9);
        QCOMPARE(f.settings->text(u"toy/numbers"_s), f.folder.path());
        f.answer.clear();
        f.run("open");
        QCOMPARE(f.settings->text(u"toy/numbers"_s), f.folder.path());
    }

    void statesAreSavedAndRestored() {
        ToyFixture f;
        QVERIFY(f.panel->restoreState({{u"number"_s, 5}}));
        QCOMPARE(f.panel->saveState(), (QJsonObject{{u"number"_s, 5}}));
        QVERIFY(!f.panel->restoreState({}));
        QCOMPARE(f.number(), 5);
        QCOMPARE(f.undo.count(), 1);
        f.undo.undo();
        QCOMPARE(f.number(), 1);
    }

    void commandsBelongToThePanel() {
        ToyFixture f;
        const Command* open = f.registry.command(u"toy.open"_s);
        QVERIFY(open);
        QCOMPARE(open->context, u"toy"_s);
        QCOMPARE(open->menu, u"Toy"_s);
        QVERIFY(f.panel->findChild<QWidget*>(u"toy.open.button"_s));
        f.run("even");
        QCOMPARE(f.number(), 2);
        f.panel->setCommandsEnabled({u"open"_s, u"even"_s}, false);
        QVERIFY(!f.can("open") && !f.can("even") && f.can("export"));
    }

    void controlsSetFields() {
        ToyFixture f;
        for (double value : {3.0, 4.0}) Q_EMIT f.panel->m_slider->valueChanged(value);
        Q_EMIT f.panel->m_slider->dragFinished();
        QCOMPARE(f.number(), 4);
        QCOMPARE(f.undo.count(), 1);  // one drag
        QSignalSpy changed(&f.panel->store(), &StateStoreBase::changed);
        QTest::keyClick(f.panel->m_kind, Qt::Key_Down);
        QCOMPARE(f.panel->state().kind, ToyKind::Square);
        QCOMPARE(f.undo.count(), 2);
        QCOMPARE(changed.size(), 1);
        QTest::keyClick(f.panel->m_kind, Qt::Key_R);  // the first letter of Round
        QCOMPARE(f.panel->state().kind, ToyKind::Round);
        QCOMPARE(changed.size(), 2);
        showChoice(f.panel->m_kind, int(ToyKind::Square));  // what the state sets is no choice
        QCOMPARE(changed.size(), 2);
    }

    void anOverlayIsShownAndKept() {
        ToyFixture f;
        f.panel->store().setOverlay([](ToyState& state) { state.number += 10; });
        QCOMPARE(f.number(), 11);
        QCOMPARE(f.panel->saveState(), (QJsonObject{{u"number"_s, 1}}));
        f.panel->store().keepOverlay(u"number"_s, u"Add ten"_s);
        QCOMPARE(f.panel->store().settledState().number, 11);
        QCOMPARE(f.undo.count(), 1);
        f.undo.undo();
        QCOMPARE(f.number(), 1);
    }

    void aFileWithoutARecipeIsNoPanels() {
        ToyFixture f;
        const RecipeOwners owners = recipeOwners({f.panel.get()});
        QCOMPARE(panelOfRecipe(f.write("a.txt", "7"), owners), QString());
        QCOMPARE(panelOfRecipe(f.pathOf("missing.png"), owners), QString());
    }
};

VITRINE_TEST(TestStatePanel)
#include "tst_state_panel.moc"
