// SPDX-License-Identifier: GPL-3.0-or-later
#include <QPushButton>
#include <algorithm>

#include "core/runs/run_list.h"
#include "tests/support/test_program.h"
#include "tests/ui/panels/chairs/chair_fixture.h"

using namespace vitrine;
using namespace Qt::StringLiterals;

namespace {

Result<std::vector<ChairEntry>> catalogueWithOwnChair() {
    auto entries = toyCatalogue();
    ChairEntry own = entries.front();
    own.id = kToyOwnId;
    own.index = int(entries.size());
    own.name = "My chair";
    entries.push_back(own);
    return entries;
}

ChairPanelState withOwnChair(ChairPanelState state) {
    state.slots = {RecipeMix{{kToyOwnId, -1, 1}}, {}, {}, {}};
    return state;
}

}  // namespace

/// The panel teaches a network through a helper that computes nothing.
class TestChairPanelTeaching : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<ChairFixture> m_it;
    std::unique_ptr<QTemporaryDir> m_data;

    QPushButton* teachButton() const { return m_it->find<QPushButton>("notice.secondButton"); }
    void press() { QTest::mouseClick(teachButton(), Qt::LeftButton); }

    /// Shows a chair that the toy network does not know.
    void showOwnChair() {
        ChairPanelParts parts;
        parts.importProgram = QStringLiteral(VITRINE_FAKE_HELPER);
        parts.loadCatalogue = catalogueWithOwnChair;
        m_it = std::make_unique<ChairFixture>(std::move(parts));
        QTRY_VERIFY(m_it->panel->isSettled());
        QVERIFY(m_it->panel->restoreState(toJson(withOwnChair(m_it->panel->state()))).ok());
        QTRY_VERIFY(teachButton()->isVisible());
    }

private Q_SLOTS:
    void init() {
        m_data = std::make_unique<QTemporaryDir>();
        qputenv("VITRINE_DATA", m_data->path().toUtf8());
    }
    void cleanup() {
        m_it.reset();
        qunsetenv("VITRINE_DATA");
        qunsetenv("VITRINE_FAKE_SLOW");
    }

    void theNetworkLearnsAnUnknownChair() {
        showOwnChair();
        QVERIFY(m_it->can("teach"));
        QVERIFY(teachButton()->text().contains(u"10 min"_s));
        press();
        QTRY_VERIFY(m_it->text("notice.title").contains(u"learns My chair"_s));
        QVERIFY(m_it->text("notice.text").contains(u'%'));
        QCOMPARE(m_it->status.numJobs(), 1);
        QTRY_VERIFY_WITH_TIMEOUT(m_it->messages.text().contains(u"has learned My chair"_s), 20'000);
        QCOMPARE(m_it->status.numJobs(), 0);

        press();  // open the taught network
        QTRY_VERIFY(!m_it->find("notice")->isVisible());
        QTRY_VERIFY(m_it->panel->isSettled());
        QCOMPARE(pureStyleOf(m_it->panel->state().slots[0]), std::string(kToyOwnId));
        const auto asked = m_it->control->requests();
        QVERIFY(std::ranges::any_of(asked, [](const ChairRequest& request) {
            return request.styleWeights.front().styleIndex == int(kToyIds.size());
        }));
        QVERIFY(m_it->messages.text().contains(u"My chair is style A"_s));
        QVERIFY(!m_it->can("teach"));
    }

    void cancelledWhileItIsPreparedNothingIsKept() {
        qputenv("VITRINE_FAKE_SLOW", "1");
        showOwnChair();
        m_it->run("teach");
        QTRY_COMPARE(teachButton()->text(), u"Stop"_s);
        press();
        QTRY_VERIFY(m_it->messages.text().contains(u"nothing was kept"_s));
        QVERIFY(listRuns(runsFolder()).empty());
        QVERIFY(teachButton()->text().contains(u"Teach"_s));
    }

    void stoppedWhileItTrainsTheRunIsKept() {
        showOwnChair();
        press();
        QTRY_VERIFY_WITH_TIMEOUT(
            [] {
                const auto runs = listRuns(runsFolder());
                return !runs.empty() && runs.front().status.step > 0;
            }(),
            20'000);
        m_it->run("teach");
        QTRY_VERIFY_WITH_TIMEOUT(m_it->messages.text().contains(u"checkpoint"_s), 20'000);
        QCOMPARE(listRuns(runsFolder()).front().status.state, RunState::Stopped);
        QCOMPARE(m_it->status.numJobs(), 0);
    }
};

VITRINE_TEST(TestChairPanelTeaching)
#include "tst_chair_panel_teaching.moc"
