// SPDX-License-Identifier: GPL-3.0-or-later
#include <torch/torch.h>

#include <QtTest>

#include "core/nets/compute.h"
#include "core/nets/cuda_module.h"

using namespace vitrine;

class TestCudaModule : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void withoutADeviceItSaysSo();
    void augmentingWithoutItThrowsTheReason();
    void theEntryNamesTheInterface();
};

void TestCudaModule::withoutADeviceItSaysSo() {
    if (cudaIsAvailable()) QSKIP("this machine has a GPU");
    const auto module = cudaModule();
    QVERIFY(!module);
    QVERIFY(module.error().code == ErrorCode::Device);
    QVERIFY(QString::fromStdString(module.error().message).contains(QStringLiteral("choose the device cpu")));
    QVERIFY(!cudaModule());  // asked twice, the same answer
}

void TestCudaModule::augmentingWithoutItThrowsTheReason() {
    if (cudaModule()) QSKIP("the module is loaded");
    try {
        augmentOnDevice(torch::zeros({1, 8, 8, 4}, torch::kUInt8), torch::zeros({1}, torch::kInt64), torch::zeros({1, 8}));
        QFAIL("nothing was thrown");
    } catch (const c10::Error& error) {
        QVERIFY2(QString::fromUtf8(error.what()).contains(QString::fromStdString(cudaModule().error().message)), error.what());
    }
}

/// Built beside the tests, it exports what the loader asks for.
void TestCudaModule::theEntryNamesTheInterface() {
    QFile module(QCoreApplication::applicationDirPath() + QStringLiteral("/../lib/libvitrine_cuda.so"));
    if (!module.open(QIODevice::ReadOnly)) QSKIP("the module was not built: there is no nvcc 13");
    QVERIFY(module.readAll().contains(QByteArray(kCudaModuleEntry) + '\0'));
}

QTEST_GUILESS_MAIN(TestCudaModule)
#include "tst_cuda_module.moc"
