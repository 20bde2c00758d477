// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QWidget>

namespace vitrine {

/// How often each class was voted for: a bar a class, with its colour, name and share.
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
