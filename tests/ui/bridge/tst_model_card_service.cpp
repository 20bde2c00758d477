// SPDX-License-Identifier: GPL-3.0-or-later
#include <QClipboard>
#include <QGuiApplication>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTextBrowser>
#include <QTextDocument>
#include <QTextFrame>
#include <QtTest>
#include <optional>

#include "core/io/atomic_file.h"
#include "core/io/file_hash.h"
#include "tests/support/accessible_names.h"
#include "tests/support/random_chair_model.h"
#include "tests/support/test_program.h"
#include "ui/bridge/model_card_service.h"
#include "ui/shell/theme.h"

using namespace vitrine;
using namespace Qt::StringLiterals;

class TestModelCardService : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    QString weights() const { return m_folder.filePath(u"own-chairs.safetensors"_s); }
    QString hash() const { return QString::fromStdString(fileHash(weights().toStdString()).value()); }
    ModelCardPage read(const QString& file) const {
        ModelCardService service;
        std::optional<ModelCardPage> page;
        service.read(file, [&page](const ModelCardPage& answer) { page = answer; });
        if (page) qFatal("read on the GUI thread");
        if (!QTest::qWaitFor([&page] { return page.has_value(); }, 30000)) qFatal("no answer");
        return *page;
    }

private Q_SLOTS:
    void initTestCase() {
        Theme::instance().apply(ThemeChoice::Dark);
        test::writeRandomChairModel(weights().toStdString(), {});
    }
    void cleanup() { QFile::remove(m_folder.filePath(u"own-chairs.md"_s)); }

    void weightsWithoutACardSpeakForThemselves() {
        const ModelCardPage page = read(weights());
        QCOMPARE(page.title, u"own-chairs"_s);
        QCOMPARE(page.hash, hash());
        for (const char* said : {"no model card", "| Preset |", "| Styles |", "| Training steps |"})
            QVERIFY2(page.markdown.contains(QLatin1String(said)), qPrintable(page.markdown));
    }

    void aCardIsShownAsItIs() {
        const QString text = u"# Own chairs\n\nSHA-256 `%1`\n"_s.arg(hash());
        QVERIFY(writeFileAtomically(m_folder.filePath(u"own-chairs.md"_s).toStdString(), text.toStdString()));
        QCOMPARE(read(weights()).markdown, text);
    }

    void aFileThatIsNotThereIsSaidSo() {
        const ModelCardPage page = read(m_folder.filePath(u"gone.safetensors"_s));
        QVERIFY(page.hash.isEmpty());
        QVERIFY2(page.markdown.contains(u"gone.safetensors"_s), qPrintable(page.markdown));
    }

    void theWindowShowsItAndPassesLinksOn() {
        ModelCardWindow window;
        window.show();
        QCOMPARE(unnamedWidgets(&window), QStringList());
        window.setLoading(u"own-chairs"_s, weights());
        auto* copy = window.findChild<QPushButton*>(u"modelCard.copy"_s);
        QVERIFY(!copy->isEnabled());
        window.setPage({u"own-chairs"_s,
                        weights(),
                        u"abc"_s,
                        u"[paper](https://a.org)\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"_s});
        QTest::mouseClick(copy, Qt::LeftButton);
        QCOMPARE(QGuiApplication::clipboard()->text(), u"abc"_s);
        auto* text = window.findChild<QTextBrowser*>(u"modelCard.text"_s);
        QVERIFY(text->toPlainText().contains(u"paper"_s));
        QCOMPARE(text->document()->rootFrame()->childFrames().size(), 1);
        QSignalSpy clicked(&window, &ModelCardWindow::linkClicked);
        text->setFocus();
        QTest::keyClick(text, Qt::Key_Tab);
        QTest::keyClick(text, Qt::Key_Return);
        QCOMPARE(clicked.count(), 1);
        QCOMPARE(clicked[0][0].toUrl(), QUrl(u"https://a.org"_s));
        QVERIFY(text->toPlainText().contains(u"paper"_s));  // it stays where it is
        QTest::keyClick(&window, Qt::Key_Escape);
        QVERIFY(!window.isVisible());
    }
};

VITRINE_TEST(TestModelCardService)
#include "tst_model_card_service.moc"
