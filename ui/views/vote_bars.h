// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QWidget>

namespace vitrine {

/// The legend of the classes, side by side with their colours and names; with shares, how often each was
/// voted for, as a number and a bar.
class VoteBars : public QWidget {
    Q_OBJECT
public:
    explicit VoteBars(QWidget* parent = nullptr);

    void setClasses(const QStringList& names);
    /// Shares from 0 to 1, one a class; empty: none are shown.
    void setShares(const QList<double>& shares);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QStringList m_names;
    QList<double> m_shares;
};

}  // namespace vitrine
