// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/chairs/fit_card.h"

#include <QGridLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <cmath>

#include "ui/shell/elided_label.h"
#include "ui/shell/status_bar.h"
#include "ui/shell/theme.h"
#include "ui/views/image_view.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

constexpr int kPictureHeight = 150;

QLabel* makeCaption(const QString& id, const QString& text, QWidget* parent) {
    auto* label = new QLabel(text, parent);
    label->setObjectName(id);
    label->setFont(Theme::font(TextRole::Caption));
    label->setProperty("role", u"muted"_s);
    label->setTextFormat(Qt::PlainText);
    return label;
}

}  // namespace

FitCard::FitCard(QWidget* parent) : QWidget(parent) {
    setObjectName(u"chairs.fitCard"_s);
    setProperty("surface", true);
    setProperty("notice", true);
    setStyleSheet(u"*[notice=\"true\"] { border-radius: %1px; }"_s.arg(measure::kRadius));
    setAttribute(Qt::WA_StyledBackground);
    buildLayout();
    hide();
}

ImageView* FitCard::makeView(const QString& id, const QString& name) {
    auto* view = new ImageView(this);
    view->setObjectName(id);
    view->setAccessibleName(name);
    view->setMaximumHeight(kPictureHeight);
    return view;
}

void FitCard::buildLayout() {
    m_title = new ElidedLabel(this);
    m_title->setObjectName(u"chairs.fitCard.title"_s);
    m_title->setFont(Theme::font(TextRole::Title));
    m_title->setTextFormat(Qt::PlainText);
    m_picture = makeView(u"chairs.fitCard.picture"_s, tr("The chair of the picture"));
    m_best = makeView(u"chairs.fitCard.best"_s, tr("Best fit so far"));
    m_notice = makeCaption(u"chairs.fitCard.notice"_s, {}, this);
    m_notice->setWordWrap(true);
    m_bar = new QProgressBar(this);
    m_bar->setObjectName(u"chairs.fitCard.progress"_s);
    m_bar->setAccessibleName(tr("How far the fit is"));
    m_bar->setRange(0, 100);
    m_bar->setTextVisible(false);
    m_left = makeCaption(u"chairs.fitCard.left"_s, {}, this);
    m_cancel = new QPushButton(tr("Cancel"), this);
    m_cancel->setObjectName(u"chairs.fitCard.cancel"_s);
    m_cancel->setAccessibleName(tr("Cancel the fit"));
    m_cancel->setToolTip(tr("End the fit; the best so far is kept."));
    connect(m_cancel, &QPushButton::clicked, this, &FitCard::cancelPressed);

    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(measure::kGroupGap, measure::kGroupGap, measure::kGroupGap, measure::kGroupGap);
    grid->setSpacing(measure::kGap);
    grid->addWidget(m_title, 0, 0, 1, 2);
    grid->addWidget(m_picture, 1, 0);
    grid->addWidget(m_best, 1, 1);
    grid->addWidget(makeCaption(u"chairs.fitCard.pictureCaption"_s, tr("Picture"), this), 2, 0);
    grid->addWidget(makeCaption(u"chairs.fitCard.bestCaption"_s, tr("Best so far"), this), 2, 1);
    grid->addWidget(m_notice, 3, 0, 1, 2);
    grid->addWidget(m_bar, 4, 0, 1, 2);
    grid->addWidget(m_left, 5, 0);
    grid->addWidget(m_cancel, 5, 1, Qt::AlignRight);
    grid->setRowStretch(1, 1);
    for (int column : {0, 1}) grid->setColumnStretch(column, 1);
}

void FitCard::begin(const QString& name) {
    m_title->setText(tr("Fitting %1").arg(name));
    m_best->setImage({});
    m_cancel->setText(tr("Cancel"));
    m_cancel->setEnabled(true);
    setPicture({}, {});
    setProgress({});
}

void FitCard::setPicture(const QImage& picture, const QString& notice) {
    m_picture->setImage(picture);
    m_notice->setText(notice);
    m_notice->setVisible(!notice.isEmpty());
}

void FitCard::setBest(const QImage& picture) {
    m_best->setImage(picture);
}

void FitCard::setProgress(const Progress& progress) {
    const int percent = int(std::lround(100 * progress.fraction));
    const QString left = timeLeftText(progress);
    m_bar->setValue(percent);
    m_left->setText(left.isEmpty() ? tr("%1 %").arg(percent) : tr("%1 %, %2").arg(percent).arg(left));
}

void FitCard::setCancelling() {
    m_cancel->setText(tr("Cancelling"));
    m_cancel->setEnabled(false);
}

}  // namespace vitrine
