// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <vector>

#include "ui/bridge/chair_fit_service.h"

class QLabel;
class QPushButton;
class QToolButton;

namespace vitrine {

class BrushSizeSlider;
class ElidedLabel;
class MaskCanvas;

/// A picture with the mask of its chair over it, to be corrected with a brush. Undo and redo are its own:
/// their keys reach the window's history only where the editor is not used.
class FitMaskEditor : public QWidget {
    Q_OBJECT
public:
    explicit FitMaskEditor(QWidget* parent = nullptr);

    /// What was found in a picture of this name, to which Reset goes back.
    void setFound(const QString& name, const ShownMask& found);
    /// What is to be done.
    void setHint(const QString& sentence);
    /// How the editor is left.
    void setCloseText(const QString& text);
    void setFitText(const QString& text);
    /// As it was corrected.
    ShownMask corrected() const;

    QSize sizeHint() const override { return {760, 560}; }

Q_SIGNALS:
    void fitPressed();
    void savePressed();
    void closePressed();

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void buildLayout();
    QWidget* makeTools();
    QToolButton* makeTool(const QString& id, const QString& text, const QString& icon, const QString& tip);
    void keep(const LabelMap& marks);
    void undo();
    void redo();
    void reset();
    void showMarks();
    const LabelMap& marks() const { return m_history[m_step]; }

    ShownMask m_found;
    /// What was marked at each step of undo: 1 on the chair, else kUnknownLabel.
    std::vector<LabelMap> m_history = std::vector<LabelMap>(1);
    std::size_t m_step = 0;
    ElidedLabel* m_title = nullptr;
    QLabel* m_hint = nullptr;
    MaskCanvas* m_canvas = nullptr;
    BrushSizeSlider* m_size = nullptr;
    QToolButton* m_undo = nullptr;
    QPushButton* m_reset = nullptr;
    QPushButton* m_save = nullptr;
    QPushButton* m_close = nullptr;
    QPushButton* m_fit = nullptr;
};

}  // namespace vitrine
