// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;

namespace vitrine {

class ElidedLabel;
class FitMaskEditor;
class ImageView;
struct Progress;
struct ShownMask;

/// The fit of a picture. While it runs: the chair as it was cut out beside the network's best so far, how far
/// the fit is, and a button that ends it. Then both stay to be compared. At any time the picture with the
/// mask of its chair, to be corrected.
class FitCard : public QWidget {
    Q_OBJECT
public:
    explicit FitCard(QWidget* parent = nullptr);

    /// Of a picture of this name; nothing is shown of an earlier fit.
    void begin(const QString& name);
    /// Where the chair was found in that picture.
    void setFound(const ShownMask& found);
    /// `notice`: what the user should know of it, mostly empty.
    void setPicture(const QImage& picture, const QString& notice);
    void setBest(const QImage& picture);
    void setProgress(const Progress& progress);
    /// The fit ends as soon as it can.
    void setCancelling();
    /// The fit has ended with the best so far. `maskIou` in [0, 1].
    void showResult(double maskIou);
    /// Shows the mask; `hint`: what is to be done.
    void editMask(const QString& hint);
    bool isEditing() const;
    ShownMask mask() const;

    QSize sizeHint() const override;
    bool hasHeightForWidth() const override;

Q_SIGNALS:
    void cancelPressed();
    void correctPressed();
    void fitPressed();  ///< with the mask()
    void savePressed();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    enum class Stage { Fitting, Ended, Editing };
    void buildLayout();
    QWidget* makeComparison();
    QWidget* makeButtons();
    ImageView* makeView(const QString& id, const QString& name);
    void setStage(Stage stage);
    void closeEditor();

    QString m_name;
    Stage m_stage = Stage::Fitting;
    bool m_hasResult = false;  ///< of the picture that is shown
    FitMaskEditor* m_editor = nullptr;
    QWidget* m_comparison = nullptr;
    ElidedLabel* m_title = nullptr;
    ImageView* m_picture = nullptr;
    ImageView* m_best = nullptr;
    QLabel* m_pictureCaption = nullptr;
    QLabel* m_bestCaption = nullptr;
    QLabel* m_notice = nullptr;
    QProgressBar* m_bar = nullptr;
    ElidedLabel* m_left = nullptr;
    QPushButton* m_correct = nullptr;
    QPushButton* m_cancel = nullptr;
    QPushButton* m_close = nullptr;
};

}  // namespace vitrine
