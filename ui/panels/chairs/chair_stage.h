// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <array>

class QLabel;
class QPushButton;

namespace vitrine {

class ImageView;
class LegendBar;
class ViewLink;

/// A picture beside the generated one, and what is said about it.
struct SidePicture {
    QImage picture;
    QString title;        ///< "Real chair"
    QString text;         ///< creator and licence, or what it shows
    QString figure;       ///< "24.1 dB"
    QString placeholder;  ///< where there is no picture
    bool hasLegend = false;
};

/// What stands in the stage's way: a sentence, what to do about it, one button or two.
struct StageNotice {
    QString title;
    QString text;
    QString button;
    QString secondButton;
    bool isEmpty() const { return title.isEmpty(); }
};

/// The chairs panel's stage: the generated chair as large as fits and beside it one or two real pictures. Its
/// parts keep their places whatever they show.
class ChairStage : public QWidget {
    Q_OBJECT
public:
    explicit ChairStage(QWidget* parent = nullptr);

    ImageView* mainView() const { return m_main; }
    void setGenerated(const QImage& image);
    void setCaption(const QString& left, const QString& right);
    /// None: the generated chair stands alone; one: equally large beside it; two: half as large, one over the
    /// other.
    void setSidePictures(const QList<SidePicture>& pictures);
    void setSmooth(bool smooth);
    /// All pictures, about their middle.
    void zoomBy(double factor);
    void fitPictures();
    /// Dims the pictures while a notice is shown over them.
    void setNotice(const StageNotice& notice);
    /// Over what stands beside the generated chair, while the card is shown. Owns: the stage is its parent.
    void setCard(QWidget* card);
    /// Units: fraction of full scale at the legend's ends.
    void setDifferenceRange(double range);

Q_SIGNALS:
    void noticeButtonPressed();
    void secondNoticeButtonPressed();
    /// Arrow keys on the picture: steps to the right and upwards.
    void turnKeyPressed(int right, int up);
    void turnKeyReleased();

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Side {
        ImageView* view = nullptr;
        QLabel* title = nullptr;
        QLabel* text = nullptr;
        QLabel* figure = nullptr;
        bool hasLegend = false;
    };
    void buildLayout();
    void buildNotice();
    QPushButton* makeNoticeButton(const QString& name);
    Side makeSide(int index);
    int mainSide() const;
    int noticeRoom(int side) const;
    void placeParts();
    void elideCaption();
    void placeSideTexts(const Side& side, const QRect& area);
    void placeNotice();
    void placeCard();

    ImageView* m_main = nullptr;
    QString m_caption;
    QLabel* m_captionLeft = nullptr;
    QLabel* m_captionRight = nullptr;
    std::array<Side, 2> m_sides;
    int m_numSides = 0;
    bool m_smooth = true;
    LegendBar* m_legend = nullptr;
    ViewLink* m_link = nullptr;  ///< all pictures show the same part
    QWidget* m_card = nullptr;
    StageNotice m_notice;
    QWidget* m_noticeCard = nullptr;
    QLabel* m_noticeTitle = nullptr;
    QLabel* m_noticeText = nullptr;
    QPushButton* m_noticeButton = nullptr;
    QPushButton* m_secondNoticeButton = nullptr;
};

}  // namespace vitrine
