// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/training/curves_pane.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QVBoxLayout>

#include "ui/plots/curve_plot.h"
#include "ui/shell/theme.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

constexpr int kPlotHeight = 208;
constexpr int kWideEnoughForTwo = 760;

}  // namespace

CurvesPane::CurvesPane(QWidget* parent) : QScrollArea(parent) {
    setObjectName(u"training.curves"_s);
    setAccessibleName(tr("Curves"));
    setWidgetResizable(true);
    setFocusPolicy(Qt::NoFocus);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_content = new QWidget(this);
    m_placeholder = new QLabel(m_content);
    m_placeholder->setObjectName(u"training.curves.placeholder"_s);
    m_placeholder->setProperty("role", u"muted"_s);
    m_placeholder->setAlignment(Qt::AlignCenter);
    m_grid = new QGridLayout(m_content);
    m_grid->setContentsMargins(0, 0, measure::kGap, 0);
    m_grid->setSpacing(measure::kGroupGap);
    setWidget(m_content);
    arrange();
}

CurvesPane::Entry CurvesPane::makeEntry(int index) {
    Entry entry;
    entry.box = new QWidget(m_content);
    entry.title = new QLabel(entry.box);
    QFont font = Theme::font(TextRole::Body);
    font.setWeight(QFont::DemiBold);
    entry.title->setFont(font);
    entry.plot = new CurvePlot(entry.box);
    entry.plot->setObjectName(u"training.plot.%1"_s.arg(index));
    entry.plot->setMinimumHeight(kPlotHeight);
    entry.plot->setSmoothing(m_smoothing);
    entry.plot->setLogScale(m_logScale);
    entry.plot->installEventFilter(this);
    connect(entry.plot, &CurvePlot::seriesVisibilityChanged, this, [this](const QString& id, bool visible) {
        if (visible)
            m_hidden.remove(id);
        else
            m_hidden.insert(id);
    });
    auto* column = new QVBoxLayout(entry.box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(measure::kGap / 2);
    column->addWidget(entry.title);
    column->addWidget(entry.plot, 1);
    return entry;
}

void CurvesPane::showSet(Entry& entry, const CurveSet& set) {
    entry.set = set;
    for (CurveSeries& series : entry.set.curves) series.isVisible = !m_hidden.contains(series.id);
    entry.title->setText(set.title);
    entry.box->setToolTip(set.help);
    entry.plot->setAccessibleName(set.axisTitle());
    entry.plot->setAxisLabels(tr("Step"),
                              set.unit.isEmpty() ? set.title : set.unit);  // the title stands above
    entry.plot->setSeries(entry.set.curves);
}

void CurvesPane::setCurves(const std::vector<CurveSet>& curves, bool loaded) {
    const bool otherCount = m_plots.size() != curves.size();
    while (m_plots.size() > curves.size()) {
        if (m_chosen == m_plots.back().plot) m_chosen = nullptr;
        delete m_plots.back().box;
        m_plots.pop_back();
    }
    while (m_plots.size() < curves.size()) m_plots.push_back(makeEntry(int(m_plots.size())));
    for (std::size_t i = 0; i < curves.size(); ++i) showSet(m_plots[i], curves[i]);
    m_placeholder->setText(loaded && curves.empty() ? tr("Curves appear after the first steps.") : QString());
    if (otherCount) arrange();
}

void CurvesPane::arrange() {
    while (QLayoutItem* item = m_grid->takeAt(0)) delete item;
    m_placeholder->setVisible(m_plots.empty());
    if (m_plots.empty()) return m_grid->addWidget(m_placeholder, 0, 0);
    const int columns = width() >= kWideEnoughForTwo ? 2 : 1;
    for (int i = 0; i < int(m_plots.size()); ++i) {
        m_grid->addWidget(m_plots[std::size_t(i)].box, i / columns, i % columns);
        m_plots[std::size_t(i)].box->show();
    }
    for (int column = 0; column < 2; ++column) m_grid->setColumnStretch(column, column < columns ? 1 : 0);
}

void CurvesPane::resizeEvent(QResizeEvent* event) {
    const bool two = m_grid->itemAtPosition(0, 1) != nullptr;
    QScrollArea::resizeEvent(event);
    if (two != (width() >= kWideEnoughForTwo && m_plots.size() > 1)) arrange();
}

bool CurvesPane::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Enter || event->type() == QEvent::FocusIn)
        m_chosen = qobject_cast<QWidget*>(watched);
    return QScrollArea::eventFilter(watched, event);
}

void CurvesPane::setSmoothing(double smoothing) {
    m_smoothing = smoothing;
    for (const Entry& entry : m_plots) entry.plot->setSmoothing(smoothing);
}

void CurvesPane::setLogScale(bool logScale) {
    m_logScale = logScale;
    for (const Entry& entry : m_plots) entry.plot->setLogScale(logScale);
}

int CurvesPane::numPlots() const {
    return int(m_plots.size());
}

CurvePlot* CurvesPane::chosenPlot() const {
    if (auto* chosen = qobject_cast<CurvePlot*>(m_chosen)) return chosen;
    return m_plots.empty() ? nullptr : m_plots.front().plot;
}

QString CurvesPane::toCsv() const {
    QString text = u"metric,series,step,value\n"_s;
    for (const Entry& entry : m_plots) {
        for (const CurveSeries& series : entry.set.curves)
            for (const QPointF& point : series.points)
                text += u"\"%1\",\"%2\",%3,%4\n"_s.arg(entry.set.title,
                                                       series.id,
                                                       QString::number(qint64(point.x())),
                                                       QString::number(point.y(), 'g', 9));
    }
    return text;
}

}  // namespace vitrine
