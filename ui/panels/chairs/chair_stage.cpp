// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/chairs/chair_stage.h"

#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/shell/theme.h"
#include "ui/views/color_map.h"
#include "ui/views/image_view.h"
#include "ui/views/legend_bar.h"
#include "ui/views/zoom_view.h"

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

constexpr int kCaption = 24;
constexpr int kTextWidth = 200;
constexpr int kMinTextWidth = 120;
constexpr int kMinNoticeWidth = 280;

QLabel* makeLabel(QWidget* parent, const QString& id, TextRole role, bool muted) {
    auto* label = new QLabel(parent);
    label->setObjectName(id);
    label->setFont(Theme::font(role));
    if (muted) label->setProperty("role", u"muted"_s);
    label->setTextFormat(Qt::PlainText);
    return label;
}

/// With Shift held, arrow keys move what is seen of a zoomed picture; else they turn the chair.
bool pansByKey(const ImageView& view, QEvent* event) {
    return view.zoom() > 1 && static_cast<QKeyEvent*>(event)->modifiers() & Qt::ShiftModifier;
}

}  // namespace

ChairStage::ChairStage(QWidget* parent) : QWidget(parent) {
    buildLayout();
    buildNotice();
    m_main->installEventFilter(this);
}

void ChairStage::buildLayout() {
    setMinimumSize(320, 150);
    m_main = new ImageView(this);
    m_main->setObjectName(u"chairs.stage"_s);
    m_main->setAccessibleName(tr("Generated chair"));
    m_main->setDraggable(true);
    m_main->setAlignment(Qt::AlignTop);
    m_main->setZoomable(true);
    m_main->setZoomShown(true);
    m_main->setToolTip(
        tr("Drag to turn the chair; arrow keys do the same. The wheel zooms; the middle button or Space "
           "and a drag pans; a double-click fits."));
    m_captionLeft = makeLabel(this, u"chairs.caption"_s, TextRole::Caption, true);
    m_captionRight = makeLabel(this, u"chairs.viewCaption"_s, TextRole::Caption, true);
    m_captionRight->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_sides = {makeSide(0), makeSide(1)};
    m_legend = new LegendBar([](double position) { return divergingColor(position); }, this);
    m_legend->setObjectName(u"chairs.legend"_s);
    m_link = new ViewLink(this);
    for (ImageView* view : {m_main, m_sides[0].view, m_sides[1].view}) m_link->add(view);
}

ChairStage::Side ChairStage::makeSide(int index) {
    const QString id = u"chairs.side"_s + QString::number(index);
    Side side;
    side.view = new ImageView(this);
    side.view->setObjectName(id);
    side.view->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    side.view->setZoomable(true);
    side.view->setToolTip(tr("The wheel zooms all pictures; then a drag pans, a double-click fits."));
    side.title = makeLabel(this, id + u".title"_s, TextRole::Body, false);
    side.title->setWordWrap(true);
    side.text = makeLabel(this, id + u".text"_s, TextRole::Caption, true);
    side.text->setWordWrap(true);
    side.text->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    side.figure = makeLabel(this, id + u".figure"_s, TextRole::Title, false);
    return side;
}

void ChairStage::buildNotice() {
    m_noticeCard = new QWidget(this);
    m_noticeCard->setObjectName(u"chairs.notice"_s);
    m_noticeCard->setProperty("surface", true);
    m_noticeCard->setProperty("notice", true);
    m_noticeCard->setStyleSheet(u"*[notice=\"true\"] { border-radius: %1px; }"_s.arg(measure::kRadius));
    m_noticeCard->setAttribute(Qt::WA_StyledBackground);
    m_noticeTitle = makeLabel(m_noticeCard, u"chairs.notice.title"_s, TextRole::Title, false);
    m_noticeText = makeLabel(m_noticeCard, u"chairs.notice.text"_s, TextRole::Body, true);
    for (QLabel* label : {m_noticeTitle, m_noticeText}) {
        label->setWordWrap(true);
        label->setAlignment(Qt::AlignCenter);
    }
    m_noticeButton = makeNoticeButton(u"chairs.notice.button"_s);
    m_secondNoticeButton = makeNoticeButton(u"chairs.notice.secondButton"_s);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(measure::kGap);
    buttons->addWidget(m_noticeButton);
    buttons->addWidget(m_secondNoticeButton);
    auto* layout = new QVBoxLayout(m_noticeCard);
    layout->setContentsMargins(
        measure::kStageGap, measure::kStageGap, measure::kStageGap, measure::kStageGap);
    layout->setSpacing(measure::kGroupGap);
    layout->addWidget(m_noticeTitle);
    layout->addWidget(m_noticeText);
    layout->addLayout(buttons);
    layout->setAlignment(buttons, Qt::AlignCenter);
    m_noticeCard->hide();
    connect(m_noticeButton, &QPushButton::clicked, this, &ChairStage::noticeButtonPressed);
    connect(m_secondNoticeButton, &QPushButton::clicked, this, &ChairStage::secondNoticeButtonPressed);
}

QPushButton* ChairStage::makeNoticeButton(const QString& name) {
    auto* button = new QPushButton(m_noticeCard);
    button->setObjectName(name);
    button->setAccessibleName(tr("Continue"));
    return button;
}

void ChairStage::setGenerated(const QImage& image) {
    const bool otherSize = image.size() != m_main->image().size();
    m_main->setImage(image);
    if (otherSize) placeParts();
}

void ChairStage::setCaption(const QString& left, const QString& right) {
    m_caption = left;
    m_captionLeft->setToolTip(left);
    m_captionRight->setText(right);
    elideCaption();
}

void ChairStage::elideCaption() {
    m_captionLeft->setText(
        m_captionLeft->fontMetrics().elidedText(m_caption, Qt::ElideRight, m_captionLeft->width()));
}

void ChairStage::setSidePictures(const QList<SidePicture>& pictures) {
    m_numSides = std::min(int(pictures.size()), 2);
    for (int i = 0; i < 2; ++i) {
        Side& side = m_sides[std::size_t(i)];
        const SidePicture shown = i < m_numSides ? pictures[i] : SidePicture{};
        side.view->setImage(shown.picture);
        side.view->setPlaceholder(shown.placeholder);
        side.view->setAccessibleName(shown.title + u' ' + shown.figure);
        side.title->setText(shown.title);
        side.text->setText(shown.text);
        side.figure->setText(shown.figure);
        side.hasLegend = shown.hasLegend;
    }
    placeParts();
}

void ChairStage::setSmooth(bool smooth) {
    if (smooth == m_smooth) return;
    m_smooth = smooth;
    placeParts();
    m_main->setSmooth(smooth);
    for (const Side& side : m_sides) side.view->setSmooth(smooth);
}

void ChairStage::zoomBy(double factor) {
    m_main->zoomBy(factor);
}

void ChairStage::fitPictures() {
    m_main->fit();
}

void ChairStage::setDifferenceRange(double range) {
    const QString end = QString::number(range, 'g', 2);
    m_legend->setLabels(u"−"_s + end, u"0"_s, u"+"_s + end);
}

void ChairStage::setNotice(const StageNotice& notice) {
    m_notice = notice;
    m_noticeTitle->setText(notice.title);
    m_noticeText->setText(notice.text);
    for (const auto& [button, text] :
         {std::pair(m_noticeButton, notice.button), std::pair(m_secondNoticeButton, notice.secondButton)}) {
        button->setText(text);
        button->setAccessibleName(text.isEmpty() ? tr("Continue") : text);
        button->setVisible(!text.isEmpty());
    }
    m_noticeCard->setVisible(!notice.isEmpty());
    m_main->setDimmed(!notice.isEmpty());
    placeParts();
}

void ChairStage::setCard(QWidget* card) {
    m_card = card;
    m_card->installEventFilter(this);
    placeCard();
}

/// The largest edge that leaves room for what stands beside it.
int ChairStage::mainSide() const {
    const int gap = measure::kStageGap;
    const int room = m_numSides == 0   ? width()
                     : m_numSides == 1 ? (width() - gap) / 2
                                       : 2 * (width() - gap / 2 - measure::kGroupGap - kMinTextWidth) / 3;
    const int most = std::max(64, std::min(room, height() - kCaption));
    const int unit = m_main->image().width();
    // Captions stand at the picture's edge, so the edge is a whole multiple of the pixels too.
    return m_smooth || unit <= 0 || unit > most ? most : most / unit * unit;
}

/// In a small window a notice takes its room from the texts beside it, not from the pictures.
int ChairStage::noticeRoom(int side) const {
    const int gap = measure::kStageGap;
    const int others = m_numSides == 0 ? 0 : m_numSides == 1 ? side + gap : gap + (side - gap) / 2;
    return std::max(side, std::min(kMinNoticeWidth, width() - others));
}

void ChairStage::placeParts() {
    const int gap = measure::kStageGap;
    const int side = mainSide();
    const int half = (side - gap) / 2;
    const int mainWidth = m_notice.isEmpty() ? side : noticeRoom(side);
    const int textWidth = std::clamp(width() - mainWidth - gap - half - measure::kGroupGap, 0, kTextWidth);
    const int total = m_numSides == 0   ? mainWidth
                      : m_numSides == 1 ? mainWidth + side + gap
                                        : mainWidth + gap + half + measure::kGroupGap + textWidth;
    const int left = std::max(0, (width() - total) / 2);
    const int top = std::max(0, (height() - side - kCaption) / 2);
    m_main->setGeometry(left, top, mainWidth, side);
    // An empty frame would look out behind a notice that is wider.
    m_main->setVisible(mainWidth == side || !m_main->image().isNull());
    const int viewWidth = 110;
    const int captionWidth = m_numSides == 2 ? total : side;
    m_captionLeft->setGeometry(left, top + side, captionWidth - viewWidth, kCaption);
    m_captionRight->setGeometry(left + captionWidth - viewWidth, top + side, viewWidth, kCaption);

    elideCaption();

    const QRect column(left + mainWidth + gap, top, total - mainWidth - gap, side);
    const bool halves = m_numSides == 2;
    const int edge = halves ? half : side;
    for (int i = 0; i < 2; ++i) {
        const Side& part = m_sides[std::size_t(i)];
        const bool shown = i < m_numSides;
        for (QWidget* widget : {static_cast<QWidget*>(part.view),
                                static_cast<QWidget*>(part.title),
                                static_cast<QWidget*>(part.text),
                                static_cast<QWidget*>(part.figure)}) {
            widget->setVisible(shown);
        }
        if (!shown) continue;
        const int y = column.top() + i * (half + gap);
        part.view->setGeometry(column.left(), y, edge, edge);
        const int textLeft = column.left() + half + measure::kGroupGap;
        const int below = part.hasLegend ? m_legend->sizeHint().height() + 4 : 0;
        if (halves)
            placeSideTexts(part, QRect(textLeft, y, column.right() - textLeft, half - below));
        else
            placeSideTexts(part, QRect(column.left(), column.bottom() + 1, side, kCaption));
    }
    const bool legend = halves && m_sides[1].hasLegend;
    m_legend->setVisible(legend);
    if (legend) {
        const QRect figure = m_sides[1].figure->geometry();
        m_legend->setGeometry(figure.left(),
                              m_sides[1].view->geometry().bottom() - m_legend->sizeHint().height(),
                              figure.width(),
                              m_legend->sizeHint().height());
    }
    placeNotice();
    placeCard();
}

void ChairStage::placeSideTexts(const Side& side, const QRect& area) {
    if (area.height() <= kCaption) {  // one line below the picture
        const int figure = 90;
        side.title->setGeometry(area.left(), area.top(), area.width() - figure, kCaption);
        side.text->setVisible(false);
        side.figure->setGeometry(area.right() - figure, area.top(), figure, kCaption);
        side.figure->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        return;
    }
    // Too low for two lines: the figure goes to the end of the title's.
    const bool oneLine =
        area.height() < side.title->sizeHint().height() + 4 + side.figure->sizeHint().height();
    side.figure->setAlignment((oneLine ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    int y = area.top();
    for (QLabel* label : {side.title, side.figure, side.text}) {
        if (oneLine && label == side.figure) {
            label->setGeometry(
                area.left(), area.top() - 2, area.width(), side.title->sizeHint().height() + 4);
            continue;
        }
        const int height = label->text().isEmpty()
                               ? 0
                               : std::max(label->heightForWidth(area.width()), label->sizeHint().height());
        // A text that has no room goes whole, and can be read as a tip.
        const bool fits = y + height <= area.bottom() + 1;
        label->setVisible(fits);
        label->setGeometry(area.left(), y, area.width(), height);
        if (height > 0 && fits) y += height + 4;
    }
}

void ChairStage::placeNotice() {
    if (m_notice.isEmpty()) return;
    const bool small = m_main->height() < 2 * kMinTextWidth;
    const int margin = small ? measure::kGap : measure::kStageGap;
    m_noticeCard->layout()->setContentsMargins(margin, margin, margin, margin);
    m_noticeCard->layout()->setSpacing(small ? measure::kGap : measure::kGroupGap);
    const int width = std::clamp(m_main->width() - (small ? 0 : 2 * measure::kGap), 240, 420);
    const int height = std::min(this->height(), m_noticeCard->layout()->heightForWidth(width));
    const QPoint center = m_main->geometry().center();
    const int left = std::clamp(center.x() - width / 2, 0, std::max(0, this->width() - width));
    m_noticeCard->setGeometry(left, std::max(0, center.y() - height / 2), width, height);
    m_noticeCard->raise();
}

void ChairStage::placeCard() {
    if (!m_card || m_card->isHidden()) return;
    const int width = std::min(m_card->sizeHint().width(), this->width());
    const int wanted =
        m_card->hasHeightForWidth() ? m_card->heightForWidth(width) : m_card->sizeHint().height();
    const int height = std::min(wanted, this->height());
    const int beside = m_numSides > 0 ? m_main->geometry().right() + 1 + measure::kStageGap : this->width();
    m_card->setGeometry(
        std::min(beside, this->width() - width), (this->height() - height) / 2, width, height);
    m_card->raise();
}

void ChairStage::resizeEvent(QResizeEvent*) {
    placeParts();
}

bool ChairStage::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_main && event->type() == QEvent::KeyPress && !pansByKey(*m_main, event)) {
        switch (static_cast<QKeyEvent*>(event)->key()) {
            case Qt::Key_Left:
                Q_EMIT turnKeyPressed(-1, 0);
                return true;
            case Qt::Key_Right:
                Q_EMIT turnKeyPressed(1, 0);
                return true;
            case Qt::Key_Up:
                Q_EMIT turnKeyPressed(0, 1);
                return true;
            case Qt::Key_Down:
                Q_EMIT turnKeyPressed(0, -1);
                return true;
            default:
                break;
        }
    }
    if (watched == m_card &&
        (event->type() == QEvent::ShowToParent || event->type() == QEvent::LayoutRequest))
        placeCard();
    if (watched == m_main && event->type() == QEvent::KeyRelease &&
        !static_cast<QKeyEvent*>(event)->isAutoRepeat())
        Q_EMIT turnKeyReleased();
    return QWidget::eventFilter(watched, event);
}

}  // namespace vitrine
