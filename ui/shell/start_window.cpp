// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/start_window.h"

#include <QDialogButtonBox>
#include <QFileInfo>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/shell/lessons.h"
#include "ui/shell/theme.h"

using namespace Qt::StringLiterals;

namespace vitrine {
namespace {

constexpr int kMostProjects = 3;
constexpr int kTextWidth = 460;

QLabel* startTitle(const QString& text, QWidget* parent) {
    auto* label = new QLabel(text, parent);
    label->setFont(Theme::font(TextRole::Title));
    return label;
}

}  // namespace

StartWindow::StartWindow(QWidget* parent) : QDialog(parent) {
    setObjectName(u"start"_s);
    setWindowTitle(tr("Start"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(
        measure::kStageGap, measure::kStageGap, measure::kStageGap, measure::kGroupGap);
    column->setSpacing(measure::kGap);
    column->addWidget(startTitle(tr("Continue"), this));
    m_projects = new QVBoxLayout;
    m_projects->setSpacing(measure::kGap);
    column->addLayout(m_projects);
    column->addSpacing(measure::kGap);
    column->addWidget(startTitle(tr("Lessons"), this));
    for (const Lesson& lesson : lessons()) addLesson(lesson, column);
    column->addStretch(1);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->button(QDialogButtonBox::Close)->setObjectName(u"start.close"_s);
    QPushButton* tour = buttons->addButton(tr("&Tour of the window"), QDialogButtonBox::ActionRole);
    tour->setObjectName(u"start.tour"_s);
    tour->setAccessibleName(tr("Tour of the window"));
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(tour, &QPushButton::clicked, this, [this] {
        hide();
        Q_EMIT tourChosen();
    });
    setProjects({});
}

void StartWindow::addLesson(const Lesson& lesson, QVBoxLayout* column) {
    auto* icon = new QLabel(this);
    icon->setPixmap(Theme::icon(lesson.icon).pixmap(measure::kIcon));
    auto* title = new QLabel(lesson.title, this);
    QFont strong = Theme::font(TextRole::Body);
    strong.setWeight(QFont::DemiBold);
    title->setFont(strong);
    auto* text = new QLabel(lesson.text, this);
    text->setObjectName(u"start.lesson.%1.text"_s.arg(lesson.id));
    text->setWordWrap(true);
    text->setMinimumWidth(kTextWidth);
    text->setProperty("role", u"muted"_s);
    auto* begin = new QPushButton(tr("Start"), this);
    begin->setObjectName(u"start.lesson."_s + lesson.id);
    begin->setAccessibleName(tr("Start the lesson: %1").arg(lesson.title));
    connect(begin, &QPushButton::clicked, this, [this, lesson] {
        hide();
        Q_EMIT lessonChosen(lesson);
    });
    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(title);
    words->addWidget(text);
    auto* row = new QHBoxLayout;
    row->setSpacing(measure::kGroupGap);
    row->addWidget(icon, 0, Qt::AlignTop);
    row->addLayout(words, 1);
    row->addWidget(begin, 0, Qt::AlignTop);
    column->addLayout(row);
}

void StartWindow::setProjects(const QStringList& paths) {
    while (QLayoutItem* item = m_projects->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const QString& path : paths) {
        const QFileInfo file(path);
        if (m_projects->count() >= kMostProjects || !file.exists()) continue;
        auto* open = new QPushButton(
            tr("%1, %2").arg(file.fileName(), QLocale().toString(file.lastModified(), QLocale::ShortFormat)),
            this);
        open->setObjectName(u"start.project%1"_s.arg(m_projects->count()));
        open->setAccessibleName(tr("Open the project %1").arg(file.fileName()));
        open->setToolTip(path);
        connect(open, &QPushButton::clicked, this, [this, path] {
            hide();
            Q_EMIT projectChosen(path);
        });
        m_projects->addWidget(open, 0, Qt::AlignLeft);
    }
    if (m_projects->count() > 0) return;
    auto* none = new QLabel(tr("Projects that you save appear here."), this);
    none->setObjectName(u"start.none"_s);
    none->setProperty("role", u"muted"_s);
    m_projects->addWidget(none);
}

}  // namespace vitrine
