// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/citation_window.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QDialogButtonBox>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/shell/theme.h"

using namespace Qt::StringLiterals;

namespace vitrine {

QString citationBibtex(const QString& version) {
    return uR"(@inproceedings{sohn2015learning,
  author    = {Sohn, Kihyuk and Lee, Honglak and Yan, Xinchen},
  title     = {Learning structured output representation using deep conditional generative models},
  booktitle = {Advances in Neural Information Processing Systems 28 (NIPS 2015)},
  year      = {2015}
}

@inproceedings{dosovitskiy2015learning,
  author        = {Dosovitskiy, Alexey and Springenberg, Jost Tobias and Brox, Thomas},
  title         = {Learning to generate chairs with convolutional neural networks},
  booktitle     = {IEEE Conference on Computer Vision and Pattern Recognition (CVPR 2015)},
  year          = {2015},
  archivePrefix = {arXiv},
  eprint        = {1411.5928}
}

@misc{vitrine,
  author = {{The Vitrine developers}},
  title  = {{Vitrine}: look inside deep structured models, and train them},
  note   = {Version %1, GPL-3.0-or-later}
}
)"_s.arg(version);
}

CitationWindow::CitationWindow(QWidget* parent) : QDialog(parent) {
    setObjectName(u"citation"_s);
    setWindowTitle(tr("Cite"));
    auto* advice = new QLabel(tr("Please cite Vitrine and the paper whose networks you use."), this);
    auto* text = new QPlainTextEdit(citationBibtex(QCoreApplication::applicationVersion()), this);
    text->setObjectName(u"citation.text"_s);
    text->setAccessibleName(tr("Citations as BibTeX"));
    text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    text->setLineWrapMode(QPlainTextEdit::NoWrap);
    text->setReadOnly(true);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    auto* copy = buttons->addButton(tr("&Copy"), QDialogButtonBox::ActionRole);
    copy->setObjectName(u"citation.copy"_s);
    copy->setAccessibleName(tr("Copy the citations"));
    copy->setDefault(true);
    buttons->button(QDialogButtonBox::Close)->setObjectName(u"citation.close"_s);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(
        measure::kGroupGap, measure::kGroupGap, measure::kGroupGap, measure::kGroupGap);
    column->setSpacing(measure::kGap);
    column->addWidget(advice);
    column->addWidget(text, 1);
    column->addWidget(buttons);
    resize(820, 520);
    copy->setFocus();
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(copy, &QPushButton::clicked, this, [this, text] {
        QGuiApplication::clipboard()->setText(text->toPlainText());
        Q_EMIT copied();
    });
}

}  // namespace vitrine
