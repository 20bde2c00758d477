// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/correspondence/matching_section.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QVBoxLayout>

#include "ui/panel_kit/bindings.h"
#include "ui/shell/controls.h"
#include "ui/shell/number_field.h"
#include "ui/shell/theme.h"

namespace vitrine {

using namespace Qt::StringLiterals;

MatchingSection::MatchingSection(CorrespondenceStore& store, QWidget* parent)
    : QWidget(parent), m_store(store) {
    m_route = makeChoice(u"correspondence.route"_s,
                         tr("Route from A to B"),
                         {{tr("Generated morph"), int(CorrespondenceRoute::Morph)},
                          {tr("Direct match"), int(CorrespondenceRoute::Direct)}},
                         this);
    std::vector<std::pair<QString, int>> methods;
    for (const FlowMethod method : flowMethods())
        methods.emplace_back(QString::fromUtf8(nameOf(method).data(), qsizetype(nameOf(method).size())),
                             int(method));
    m_method = makeChoice(u"correspondence.method"_s, tr("Method of the flow"), methods, this);
    m_method->setToolTip(
        tr("SIFT flow and the deformable spatial pyramid are the paper's baselines: use them with a direct "
           "match."));
    m_schedule = makeChoice(u"correspondence.schedule"_s,
                            tr("Steps of the morph"),
                            {{tr("Equal steps"), int(MorphSchedule::Linear)},
                             {tr("The paper's steps"), int(MorphSchedule::Paper)}},
                            this);
    m_schedule->setToolTip(
        tr("The paper's steps are small in the middle, where most of the change happens."));
    m_frames = addCount(u"frames"_s, tr("Frames of the morph"), 2, &CorrespondenceState::numFrames);
    m_stride = addCount(u"stride"_s, tr("Frames from one flow to the next"), 1, &CorrespondenceState::stride);
    m_stride->setToolTip(
        tr("1: flow between all neighbouring frames, as in the paper. Neighbours hardly differ, so that "
           "small errors accumulate; longer steps follow shapes better."));
    m_guided = new QCheckBox(tr("Guide by proportions"), this);
    m_guided->setObjectName(u"correspondence.guided"_s);
    m_guided->setToolTip(
        tr("Starts the search for each point where it would be if the chairs differed in proportions only. "
           "Depth and size are estimated from generated views. Along a morph, for DIS and SIFT flow."));
    m_times = new QLabel(this);
    m_times->setObjectName(u"correspondence.times"_s);
    m_times->setFont(Theme::font(TextRole::Caption));
    m_times->setWordWrap(true);
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(measure::kGap);
    rows->addLayout(makeRow(tr("Route"), m_route, this));
    rows->addLayout(makeRow(tr("Flow"), m_method, this));
    rows->addWidget(m_guided);
    rows->addLayout(makeRow(tr("Frames"), m_frames, this));
    rows->addLayout(makeRow(tr("Flow every"), m_stride, this));
    rows->addLayout(makeRow(tr("Steps"), m_schedule, this));
    rows->addWidget(m_times);

    const QString text = tr("Change the matching");
    bindControl(m_route, m_store, u"route"_s, text, &CorrespondenceState::route);
    bindControl(m_method, m_store, u"method"_s, text, &CorrespondenceState::method);
    bindControl(m_schedule, m_store, u"schedule"_s, text, &CorrespondenceState::schedule);
    connect(m_guided, &QCheckBox::clicked, this, [this](bool isGuided) {
        m_store.changeOnce(u"guided"_s, tr("Change the matching"), [isGuided](CorrespondenceState& state) {
            state.isGuided = isGuided;
        });
    });
    connect(&m_store, &CorrespondenceStore::changed, this, &MatchingSection::showState);
    showState();
    showTimes(nullptr);
}

QSpinBox* MatchingSection::addCount(const QString& id,
                                    const QString& name,
                                    int least,
                                    int CorrespondenceState::*field) {
    auto* box = new WholeField(this);
    box->setObjectName(u"correspondence."_s + id);
    box->setAccessibleName(name);
    box->setRange(least, CorrespondenceRequest::kMaxFrames);
    box->setButtonSymbols(QAbstractSpinBox::NoButtons);
    bindControl(box, m_store, id, tr("Change the matching"), field);
    return box;
}

void MatchingSection::showState() {
    const CorrespondenceState& state = m_store.state();
    showChoice(m_route, int(state.route));
    showChoice(m_method, int(state.method));
    showChoice(m_schedule, int(state.schedule));
    const QSignalBlocker silentFrames(m_frames), silentStride(m_stride);
    m_frames->setValue(state.numFrames);
    m_stride->setValue(state.stride);
    m_guided->setEnabled(takesGuide(state.route, state.method));
    m_guided->setChecked(state.isGuided && m_guided->isEnabled());
    for (QWidget* widget : std::initializer_list<QWidget*>{m_frames, m_stride, m_schedule})
        widget->setEnabled(state.route == CorrespondenceRoute::Morph);
}

void MatchingSection::showTimes(const CorrespondenceResult* result) {
    m_times->setText(result ? tr("Pictures %1 ms, flows %2 ms, concatenation %3 ms")
                                  .arg(result->generateMs, 0, 'f', 0)
                                  .arg(result->matching.flowMs, 0, 'f', 0)
                                  .arg(result->matching.concatenateMs, 0, 'f', 0)
                            : tr("Not matched yet"));
}

}  // namespace vitrine
