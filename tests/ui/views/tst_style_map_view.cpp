// SPDX-License-Identifier: GPL-3.0-or-later
#include <QSignalSpy>
#include <QtTest>
#include <cmath>

#include "tests/support/test_program.h"
#include "ui/shell/theme.h"
#include "ui/views/style_map_view.h"

using namespace vitrine;
using namespace Qt::StringLiterals;

namespace {

/// A row of styles that are too close for a card each, and two alone.
QList<StyleMapView::Item> someItems() {
    QList<StyleMapView::Item> items{{u"left"_s, u"Left"_s, {-1, -1}, true},
                                    {u"right"_s, u"Right"_s, {1, 1}, true}};
    for (int i = 0; i < 10; ++i)
        items.append({u"near-%1"_s.arg(i), u"Near %1"_s.arg(i), {0.01 * i, 0}, false});
    return items;
}

double away(const QPointF& a, const QPointF& b) {
    return std::hypot(a.x() - b.x(), a.y() - b.y());
}

}  // namespace

class TestStyleMapView : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<StyleMapView> m_view;

private Q_SLOTS:
    void init() {
        Theme::instance().apply(ThemeChoice::Dark);
        m_view = std::make_unique<StyleMapView>();
        m_view->resize(600, 300);
        m_view->setItems(someItems());
        m_view->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
    }
    void cleanup() { m_view.reset(); }

    void placesAndPositionsAgree() {
        for (const QPointF& place : {QPointF(-1, -1), QPointF(1, 1), QPointF(0.3, -0.2)})
            QVERIFY(away(m_view->placeOf(m_view->positionOf(place)), place) < 1e-9);
        for (const auto& item : someItems())
            QVERIFY(QRectF(m_view->rect()).contains(m_view->positionOf(item.place)));
    }

    void cardsDoNotOverlapAndZoomingShowsMore() {
        const QStringList before = m_view->visibleIds();
        QVERIFY(before.contains(u"left"_s) && before.contains(u"near-0"_s));
        QVERIFY(!before.contains(u"near-1"_s));
        QSignalSpy changed(m_view.get(), &StyleMapView::visibleChanged);
        m_view->zoomBy(20, m_view->positionOf({0.05, 0}));
        QVERIFY(m_view->visibleIds().contains(u"near-1"_s));
        QVERIFY(!m_view->visibleIds().contains(u"left"_s));
        QVERIFY(changed.count() > 0);
        QTest::keyClick(m_view.get(), Qt::Key_0);
        QCOMPARE(m_view->visibleIds(), before);
    }

    void zoomingKeepsThePlaceUnderThePointer() {
        const QPointF at(250, 140);
        const QPointF place = m_view->placeOf(at);
        m_view->zoomBy(3, at);
        QVERIFY(away(m_view->positionOf(place), at) < 1e-6);
    }

    void aMarkedStyleHasItsCard() {
        m_view->setMarks({{u"A"_s, {0.03, 0}, u"near-3"_s}}, {}, QPointF(0.03, 0));
        QVERIFY(m_view->visibleIds().contains(u"near-3"_s));
        QVERIFY(!m_view->visibleIds().contains(u"near-0"_s));
    }

    void aClickChoosesAndADragMoves() {
        QSignalSpy chosen(m_view.get(), &StyleMapView::styleChosen),
            dragged(m_view.get(), &StyleMapView::dragged),
            finished(m_view.get(), &StyleMapView::dragFinished);
        const QPoint right = m_view->positionOf({1, 1}).toPoint();
        QTest::mouseClick(m_view.get(), Qt::LeftButton, Qt::ShiftModifier, right + QPoint(-5, 4));
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen[0][0].toString(), u"right"_s);
        QVERIFY(chosen[0][1].value<Qt::KeyboardModifiers>() & Qt::ShiftModifier);
        QTest::mousePress(m_view.get(), Qt::LeftButton, {}, right);
        QTest::mouseMove(m_view.get(), right - QPoint(60, 30));
        QTest::mouseRelease(m_view.get(), Qt::LeftButton, {}, right - QPoint(60, 30));
        QCOMPARE(chosen.count(), 1);
        QVERIFY(dragged.count() >= 1);
        QVERIFY(away(dragged.last()[0].toPointF(), m_view->placeOf(right - QPoint(60, 30))) < 1e-6);
        QCOMPARE(finished.count(), 1);
    }

    void emptyGroundChoosesNothing() {
        QSignalSpy chosen(m_view.get(), &StyleMapView::styleChosen);
        QTest::mouseClick(m_view.get(), Qt::LeftButton, {}, m_view->positionOf({-0.9, 0.9}).toPoint());
        QCOMPARE(chosen.count(), 0);
    }

    void theMiddleButtonPans() {
        m_view->zoomBy(4, QRectF(m_view->rect()).center());
        const QPointF before = m_view->positionOf({0, 0});
        QTest::mousePress(m_view.get(), Qt::MiddleButton, {}, QPoint(300, 150));
        QTest::mouseMove(m_view.get(), QPoint(320, 160));
        QTest::mouseRelease(m_view.get(), Qt::MiddleButton, {}, QPoint(320, 160));
        QVERIFY(away(m_view->positionOf({0, 0}), before + QPointF(20, 10)) < 1e-6);
    }

    void nothingToShowIsSaid() {
        m_view->setItems({});
        m_view->setCaption(u"Open a model."_s);
        QVERIFY(m_view->visibleIds().isEmpty());
        QSignalSpy chosen(m_view.get(), &StyleMapView::styleChosen);
        QTest::mouseClick(m_view.get(), Qt::LeftButton);
        QCOMPARE(chosen.count(), 0);
        QVERIFY(!m_view->grab().isNull());
    }
};

VITRINE_TEST(TestStyleMapView)
#include "tst_style_map_view.moc"
