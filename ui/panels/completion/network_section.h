// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QWidget>

#include "ui/panels/completion/completion_state.h"

class QAction;
class QComboBox;
class QLabel;

namespace vitrine {

/// Which network answers: what it sees of a picture, and its variant.
class NetworkSection : public QWidget {
    Q_OBJECT
public:
    /// `seen`: commands that choose what is seen, 0 to 3 quadrants; the checked one is named.
    NetworkSection(CompletionStore& store, const QList<QAction*>& seen, QWidget* parent = nullptr);
    void showState();

Q_SIGNALS:
    void modelFileAsked();

private:
    void buildLayout();
    void showVariants();
    void choose(const QString& model);

    CompletionStore& m_store;
    QList<QAction*> m_seen;
    QLabel* m_seenText = nullptr;
    QComboBox* m_model = nullptr;
};

}  // namespace vitrine
