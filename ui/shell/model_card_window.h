// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <functional>

class QLabel;
class QPushButton;

namespace vitrine {

class ElidedLabel;
class MarkdownView;

/// What a window about a network shows.
struct ModelCardPage {
    QString title;
    QString weights;   ///< path of the weight file
    QString hash;      ///< its SHA-256; empty: the file cannot be read
    QString markdown;  ///< the card, or what stands in for it
};

/// Reads what is known of a weight file, off the GUI thread, and calls back on it.
using ModelCardReader =
    std::function<void(const QString& weights, std::function<void(const ModelCardPage&)> done)>;

/// The model card of a network, to be read beside the window: title, file, SHA-256, then the card. Thread:
/// GUI.
class ModelCardWindow : public QDialog {
    Q_OBJECT
public:
    explicit ModelCardWindow(QWidget* parent = nullptr);

    /// Until its page is there.
    void setLoading(const QString& title, const QString& weights);
    void setPage(const ModelCardPage& page);

Q_SIGNALS:
    void linkClicked(const QUrl& link);

private:
    void buildLayout();

    QLabel* m_title = nullptr;
    ElidedLabel* m_file = nullptr;
    QLabel* m_hash = nullptr;
    QPushButton* m_copy = nullptr;
    MarkdownView* m_text = nullptr;
};

}  // namespace vitrine
