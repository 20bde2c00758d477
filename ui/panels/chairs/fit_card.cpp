// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/chairs/fit_card.h"

#include <QGridLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>
#include <cmath>

#include "ui/panels/chairs/fit_mask_editor.h"
#include "ui/shell/elided_label.h"
#include "ui/shell/status_bar.h"
#include "ui/shell/theme.h"
#include "ui/views/image_view.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

constexpr int kPictureHeight = 150;
constexpr int kComparisonWidth = 340;
constexpr int kLowCard = 240;  ///< below it the pictures need what their captions take

void makeCaption(QLabel* label, const QString& id, const QString& text) {
    label->setText(text);
    label->setObjectName(id);
    label->setFont(Theme::font(TextRole::Caption));
    label->setProperty("role", u"muted"_s);
    label->setTextFormat(Qt::PlainText);
}

QPushButton* makeCardButton(
    const QString& id, const QString& text, const QString& name, const QString& tip, QWidget* parent) {
    auto* button = new QPushButton(text, parent);
    button->setObjectName(id);
    button->setAccessibleName(name);
    button->setToolTip(tip);
    return button;
}

}  // namespace

FitCard::FitCard(QWidget* parent) : QWidget(parent) {
    setObjectName(u"chairs.fitCard"_s);
    setProperty("surface", true);
    setProperty("notice", true);
    setStyleSheet(u"*[notice=\"true\"] { border-radius: %1px; }"_s.arg(measure::kRadius));
    setAttribute(Qt::WA_StyledBackground);
    buildLayout();
    connect(m_cancel, &QPushButton::clicked, this, &FitCard::cancelPressed);
    connect(m_close, &QPushButton::clicked, this, &QWidget::hide);
    connect(m_correct, &QPushButton::clicked, this, &FitCard::correctPressed);
    connect(m_editor, &FitMaskEditor::fitPressed, this, &FitCard::fitPressed);
    connect(m_editor, &FitMaskEditor::savePressed, this, &FitCard::savePressed);
    connect(m_editor, &FitMaskEditor::closePressed, this, &FitCard::closeEditor);
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
    m_editor = new FitMaskEditor(this);
    m_editor->hide();
    m_comparison = makeComparison();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(
        measure::kGroupGap, measure::kGroupGap, measure::kGroupGap, measure::kGroupGap);
    column->addWidget(m_comparison);
    column->addWidget(m_editor);
}

QWidget* FitCard::makeComparison() {
    auto* page = new QWidget(this);
    m_title = new ElidedLabel(page);
    m_title->setObjectName(u"chairs.fitCard.title"_s);
    m_title->setFont(Theme::font(TextRole::Title));
    m_title->setTextFormat(Qt::PlainText);
    m_picture = makeView(u"chairs.fitCard.picture"_s, tr("The chair of the picture"));
    m_best = makeView(u"chairs.fitCard.best"_s, tr("Best fit so far"));
    m_pictureCaption = new QLabel(page);
    makeCaption(m_pictureCaption, u"chairs.fitCard.pictureCaption"_s, tr("Picture"));
    m_bestCaption = new QLabel(page);
    makeCaption(m_bestCaption, u"chairs.fitCard.bestCaption"_s, {});
    m_notice = new QLabel(page);
    makeCaption(m_notice, u"chairs.fitCard.notice"_s, {});
    m_notice->setWordWrap(true);
    m_bar = new QProgressBar(page);
    m_bar->setObjectName(u"chairs.fitCard.progress"_s);
    m_bar->setAccessibleName(tr("How far the fit is"));
    m_bar->setRange(0, 100);
    m_bar->setTextVisible(false);

    auto* grid = new QGridLayout(page);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(measure::kGap);
    grid->addWidget(m_title, 0, 0, 1, 2);
    grid->addWidget(m_picture, 1, 0);
    grid->addWidget(m_best, 1, 1);
    grid->addWidget(m_pictureCaption, 2, 0);
    grid->addWidget(m_bestCaption, 2, 1);
    grid->addWidget(m_notice, 3, 0, 1, 2);
    grid->addWidget(m_bar, 4, 0, 1, 2);
    grid->addWidget(makeButtons(), 5, 0, 1, 2);
    grid->setRowStretch(1, 1);
    for (int column : {0, 1}) grid->setColumnStretch(column, 1);
    return page;
}

/// One line, with what is left to do before it.
QWidget* FitCard::makeButtons() {
    auto* line = new QWidget(this);
    m_left = new ElidedLabel(line);
    makeCaption(m_left, u"chairs.fitCard.left"_s, {});
    m_correct = makeCardButton(u"chairs.fitCard.correct"_s,
                               tr("Correct mask…"),
                               tr("Correct the mask"),
                               tr("Paint what of the picture is chair, and fit again."),
                               line);
    m_cancel = makeCardButton(u"chairs.fitCard.cancel"_s,
                              tr("Cancel"),
                              tr("Cancel the fit"),
                              tr("End the fit; the best so far is kept."),
                              line);
    m_close = makeCardButton(u"chairs.fitCard.close"_s,
                             tr("Close"),
                             tr("Close the card of the fit"),
                             tr("The chair stays style A."),
                             line);
    auto* row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(measure::kGap);
    row->addWidget(m_left, 1);
    for (QPushButton* button : {m_correct, m_cancel, m_close}) row->addWidget(button);
    return line;
}

void FitCard::setStage(Stage stage) {
    m_stage = stage;
    const bool hasEnded = stage == Stage::Ended;
    m_title->setText(hasEnded ? tr("Fit of %1").arg(m_name) : tr("Fitting %1").arg(m_name));
    m_bestCaption->setText(hasEnded ? tr("Fit") : tr("Best so far"));
    m_best->setAccessibleName(hasEnded ? tr("The fit") : tr("Best fit so far"));
    m_bar->setVisible(!hasEnded);
    m_cancel->setVisible(!hasEnded);
    m_close->setVisible(hasEnded);
    m_comparison->setVisible(stage != Stage::Editing);
    m_editor->setVisible(stage == Stage::Editing);
    updateGeometry();
}

void FitCard::begin(const QString& name) {
    m_name = name;
    m_hasResult = false;
    m_best->setImage({});
    m_cancel->setText(tr("Cancel"));
    m_cancel->setEnabled(true);
    m_correct->setEnabled(false);
    setPicture({}, {});
    setProgress({});
    setStage(Stage::Fitting);
}

void FitCard::setFound(const ShownMask& found) {
    m_editor->setFound(m_name, found);
}

void FitCard::setPicture(const QImage& picture, const QString& notice) {
    m_picture->setImage(picture);
    m_notice->setText(notice);
    m_notice->setVisible(!notice.isEmpty());
    m_correct->setEnabled(!picture.isNull());
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

void FitCard::showResult(double maskIou) {
    m_hasResult = true;
    m_left->setText(tr("Mask IoU %1").arg(maskIou, 0, 'f', 2));
    setStage(Stage::Ended);
}

void FitCard::editMask(const QString& hint) {
    m_editor->setHint(hint);
    m_editor->setCloseText(m_hasResult ? tr("Back") : tr("Close"));
    m_editor->setFitText(m_picture->image().isNull() ? tr("Fit") : tr("Fit again"));
    setStage(Stage::Editing);
}

void FitCard::closeEditor() {
    if (m_hasResult)
        setStage(Stage::Ended);
    else
        hide();
}

bool FitCard::isEditing() const {
    return m_stage == Stage::Editing && !isHidden();
}

ShownMask FitCard::mask() const {
    return m_editor->corrected();
}

void FitCard::resizeEvent(QResizeEvent*) {
    const bool isLow = height() < kLowCard;
    const int margin = isLow ? measure::kGap : measure::kGroupGap;
    layout()->setContentsMargins(margin, margin, margin, margin);
    m_pictureCaption->setVisible(!isLow);
    m_bestCaption->setVisible(!isLow);
}

QSize FitCard::sizeHint() const {
    const QSize hint = QWidget::sizeHint();
    return {m_stage == Stage::Editing ? hint.width() : kComparisonWidth, hint.height()};
}

// The editor takes the height that there is.
bool FitCard::hasHeightForWidth() const {
    return m_stage != Stage::Editing && QWidget::hasHeightForWidth();
}

}  // namespace vitrine
