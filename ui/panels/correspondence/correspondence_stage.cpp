// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/correspondence/correspondence_stage.h"

#include <QDragEnterEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMimeData>
#include <QResizeEvent>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/panels/correspondence/flow_wheel_legend.h"
#include "ui/shell/chair_drag.h"
#include "ui/shell/state_notice.h"
#include "ui/shell/theme.h"
#include "ui/views/picture_film.h"
#include "ui/views/point_canvas.h"

namespace vitrine {

using namespace Qt::StringLiterals;

namespace {

constexpr int kAllTheRest = 1000;  // of a column's height: stretch of the picture

/// What the film has under its picture.
int footHeightOf(PictureFilm& film) {
    return film.sizeHint().height() - film.view()->sizeHint().height();
}

}  // namespace

CorrespondenceStage::CorrespondenceStage(QWidget* parent) : ComparisonStage(u"correspondence"_s, parent) {
    buildPictures();
    m_warning = new StateNotice(u"correspondence.warning"_s, true, this);
    m_warning->hide();
    addTop(m_warning);
}

void CorrespondenceStage::buildPictures() {
    QWidget* page = this->page();
    m_a = new PointCanvas(page);
    m_a->setObjectName(u"correspondence.a"_s);
    m_a->setAccessibleName(tr("Chair A with its points"));
    m_a->setToolTip(
        tr("Click to place a point, drag to move it, Delete to remove it; arrow keys move the chosen one."));
    m_b = new PointCanvas(page);
    m_b->setObjectName(u"correspondence.b"_s);
    m_b->setAccessibleName(tr("Chair B with the points found"));
    m_b->setToolTip(
        tr("The points of A on B, with their trails. A hollow point is unreliable; the ring shows its "
           "forward-backward error."));
    m_film = new PictureFilm(u"correspondence.film"_s, page);
    for (PointCanvas* canvas : {m_a, m_b}) {
        link()->add(canvas);
        canvas->setAcceptDrops(true);
        canvas->installEventFilter(this);
        canvas->setMinimumSize(120, 120);
    }
    link()->add(m_film->view());
    auto* row = new QHBoxLayout(page);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(measure::kGroupGap);
    const int footHeight = footHeightOf(*m_film);
    const auto foot = [page, footHeight] {
        auto* widget = new QWidget(page);
        widget->setFixedHeight(footHeight);
        return widget;
    };
    auto* footOfB = foot();
    row->addWidget(column(u"nameA"_s, m_nameA, {m_a, foot()}), 1);
    row->addWidget(column(u"nameMorph"_s, m_middle, {m_film}), 1);
    row->addWidget(column(u"nameB"_s, m_nameB, {m_b, footOfB}), 1);
    m_middle->setText(tr("Morph"));
    m_caption = new QLabel(page);
    m_caption->setObjectName(u"correspondence.caption"_s);
    m_caption->setFont(Theme::font(TextRole::Caption));
    m_wheel = new FlowWheelLegend(page);
    auto* cells = new QHBoxLayout(footOfB);
    cells->setContentsMargins(0, 0, 0, 0);
    cells->addWidget(m_caption, 1);
    cells->addWidget(m_wheel);
}

QWidget* CorrespondenceStage::column(const QString& id, QLabel*& title, const QList<QWidget*>& parts) {
    auto* widget = new QWidget(this);
    title = new QLabel(widget);
    title->setObjectName(u"correspondence."_s + id);
    widget->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);  // all are as wide
    auto* rows = new QVBoxLayout(widget);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    rows->addStretch(1);
    rows->addWidget(title);
    rows->addSpacing(4);
    for (QWidget* part : parts) rows->addWidget(part, part == parts.first() ? kAllTheRest : 0);
    rows->addStretch(1);
    return widget;
}

void CorrespondenceStage::setNames(const QString& a, const QString& b) {
    m_nameA->setText(tr("A  %1").arg(a));
    m_nameB->setText(tr("B  %1").arg(b));
}

void CorrespondenceStage::setCaption(const QString& text) {
    m_caption->setText(text);
}

void CorrespondenceStage::setWheelScale(double px) {
    m_wheel->setScale(px);
}

void CorrespondenceStage::setDimmed(bool dimmed) {
    m_a->setDimmed(dimmed);
    m_b->setDimmed(dimmed);
    m_film->setDimmed(dimmed);
}

void CorrespondenceStage::showWarning(const QString& text) {
    m_warning->setVisible(!text.isEmpty());
    if (!text.isEmpty()) m_warning->show(StateNotice::Kind::Warning, u"warning"_s, text, {});
}

/// Pictures are square: no empty room lies between them and their titles.
void CorrespondenceStage::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    const int side = std::max((width() - 2 * measure::kGroupGap) / 3, m_a->minimumHeight());
    for (PointCanvas* canvas : {m_a, m_b}) canvas->setMaximumHeight(side);
    m_film->setMaximumHeight(side + footHeightOf(*m_film));
}

bool CorrespondenceStage::eventFilter(QObject* watched, QEvent* event) {
    const bool isDrag = event->type() == QEvent::DragEnter || event->type() == QEvent::DragMove ||
                        event->type() == QEvent::Drop;
    if (!isDrag) return QWidget::eventFilter(watched, event);
    auto* drop = static_cast<QDropEvent*>(event);
    if (!drop->mimeData()->hasFormat(QString::fromLatin1(kStyleMimeType)))
        return QWidget::eventFilter(watched, event);
    drop->acceptProposedAction();
    if (event->type() == QEvent::Drop)
        Q_EMIT chairDropped(watched == m_b ? 1 : 0,
                            QString::fromUtf8(drop->mimeData()->data(QString::fromLatin1(kStyleMimeType))));
    return true;
}

}  // namespace vitrine
