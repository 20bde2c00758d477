// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/model_card_window.h"

#include <QClipboard>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/shell/elided_label.h"
#include "ui/shell/markdown_view.h"
#include "ui/shell/theme.h"

using namespace Qt::StringLiterals;

namespace vitrine {

ModelCardWindow::ModelCardWindow(QWidget* parent) : QDialog(parent) {
    setObjectName(u"modelCard"_s);
    setWindowTitle(tr("About this model"));
    buildLayout();
    resize(820, 680);
    connect(m_text, &MarkdownView::anchorClicked, this, &ModelCardWindow::linkClicked);
    connect(m_copy, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(m_hash->text());
    });
}

void ModelCardWindow::buildLayout() {
    m_title = new QLabel(this);
    m_title->setObjectName(u"modelCard.title"_s);
    m_title->setFont(Theme::font(TextRole::Title));
    m_file = new ElidedLabel(this);
    m_file->setObjectName(u"modelCard.file"_s);
    m_file->setProperty("role", u"muted"_s);
    auto* hashTitle = new QLabel(u"SHA-256"_s, this);
    hashTitle->setProperty("role", u"muted"_s);
    m_hash = new QLabel(this);
    m_hash->setObjectName(u"modelCard.hash"_s);
    m_hash->setAccessibleName(tr("SHA-256 of the weight file"));
    m_hash->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_hash->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_copy = new QPushButton(tr("Copy"), this);
    m_copy->setObjectName(u"modelCard.copy"_s);
    m_copy->setAccessibleName(tr("Copy the SHA-256"));
    m_copy->setAutoDefault(false);
    m_text = new MarkdownView(this);
    m_text->setObjectName(u"modelCard.text"_s);
    m_text->setAccessibleName(tr("Model card"));
    auto* hashRow = new QHBoxLayout;
    hashRow->setSpacing(measure::kGap);
    hashRow->addWidget(hashTitle);
    hashRow->addWidget(m_hash);
    hashRow->addWidget(m_copy);
    hashRow->addStretch(1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(
        measure::kGroupGap, measure::kGroupGap, measure::kGroupGap, measure::kGroupGap);
    column->setSpacing(measure::kGap);
    column->addWidget(m_title);
    column->addWidget(m_file);
    column->addLayout(hashRow);
    column->addWidget(m_text, 1);
    m_text->setFocus();
}

void ModelCardWindow::setLoading(const QString& title, const QString& weights) {
    setPage({title, weights, {}, tr("Reading the weight file…")});
}

void ModelCardWindow::setPage(const ModelCardPage& page) {
    m_title->setText(page.title);
    m_file->setText(page.weights);
    m_file->setToolTip(page.weights);
    m_hash->setText(page.hash);
    m_copy->setEnabled(!page.hash.isEmpty());
    m_text->showMarkdown(page.markdown);
}

}  // namespace vitrine
