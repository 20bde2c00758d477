// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;

namespace vitrine {

class ElidedLabel;
class ImageView;
struct Progress;

/// While a picture is fitted: the chair as it was cut out beside the network's best so far, how far the fit
/// is, and a button that ends it.
class FitCard : public QWidget {
    Q_OBJECT
public:
    explicit FitCard(QWidget* parent = nullptr);

    /// Of a picture of this name; nothing is shown of an earlier one.
    void begin(const QString& name);
    /// `notice`: what the user should know of it, mostly empty.
    void setPicture(const QImage& picture, const QString& notice);
    void setBest(const QImage& picture);
    void setProgress(const Progress& progress);
    /// The fit ends as soon as it can.
    void setCancelling();

Q_SIGNALS:
    void cancelPressed();

private:
    void buildLayout();
    ImageView* makeView(const QString& id, const QString& name);

    ElidedLabel* m_title = nullptr;
    ImageView* m_picture = nullptr;
    ImageView* m_best = nullptr;
    QLabel* m_notice = nullptr;
    QProgressBar* m_bar = nullptr;
    QLabel* m_left = nullptr;
    QPushButton* m_cancel = nullptr;
};

}  // namespace vitrine
