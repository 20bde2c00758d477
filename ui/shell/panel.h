// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QList>
#include <QMimeData>
#include <QWidget>
#include <memory>

#include "core/base/result.h"
#include "ui/shell/shell_services.h"

class QAction;
class QHBoxLayout;
class QLabel;
class QSplitter;
class QToolButton;
class QVBoxLayout;

namespace vitrine {

class InspectorSection;

struct PanelInfo {
    QString id;                 ///< "chairs": context of its commands, key of its state
    QString title;              ///< "Chairs"
    QString icon;               ///< name in resources/icons
    QString tip;                ///< one sentence: what it is for
    QString recipeFormat = {};  ///< of the recipes that are this panel's alone, "vitrine-unit"; may be empty
    QString jsonFormat = {};  ///< of recipes that are its alone if they are no picture (.json); may be empty
};

/// What answers in a panel, for the status line.
struct PanelModel {
    QString name;       ///< "compact-128"
    QString device;     ///< "CPU, bf16"; may be empty
    QString tip;        ///< file, size; may be empty
    QString file = {};  ///< the weight file; may be empty
};

/// The local files that are dropped.
QStringList localFiles(const QMimeData& mime);

/// The frame that every panel fits in: header with title and actions, stage, inspector of 320 px, strip.
/// A panel derives from it, fills the parts in its constructor and adds its commands (context = its id) to
/// the registry. Thread: GUI.
class Panel : public QWidget {
    Q_OBJECT
public:
    Panel(PanelInfo info, ShellServices& services, QWidget* parent = nullptr);
    ~Panel() override;

    const PanelInfo& info() const { return m_info; }
    const PanelModel& model() const { return m_model; }

    /// What the user made: goes into state files and recipes.
    virtual QJsonObject saveState() const { return {}; }
    /// Takes it whole or not at all. Errors: BadFormat with one sentence.
    virtual Status restoreState(const QJsonObject&) { return {}; }
    /// Opens what the command line or File > Open names. Errors: Unsupported if it is not the panel's to
    /// open.
    virtual Status openFile(const QString& path);

    /// Cheap: called while the pointer moves.
    virtual bool acceptsDrop(const QMimeData*) const { return false; }
    virtual void drop(const QMimeData*) {}

    /// What the panel shows, as a drag of it would carry it, for another panel to take; none: nothing to hand
    /// over.
    virtual std::unique_ptr<QMimeData> handOver() const;

    /// True when what is on screen belongs to the state (nothing asked for, nothing loading). settled() says
    /// when it turns so.
    virtual bool isSettled() const { return true; }
    /// What the panel's models are and run on, a line each, for a report of a fault.
    virtual QStringList diagnostics() const { return {}; }
    /// Shown again, or left.
    virtual void setActive(bool) {}
    /// The window is about to close; false keeps it open. A panel that has something to finish first says no
    /// and closes the window itself when it is ready.
    virtual bool mayClose() { return true; }

    /// Splitters and folded sections; kept in the settings by the window.
    QJsonObject saveLayout() const;
    void restoreLayout(const QJsonObject& layout);
    /// Inspector and strip are shown, the strip at the height that it had before it was dragged. Sections
    /// stay folded.
    void resetLayout();
    void setInspectorVisible(bool visible);
    void setStripVisible(bool visible);
    bool isInspectorVisible() const;
    bool isStripVisible() const;
    QWidget* stage() const { return m_stageSlot; }
    QWidget* inspector() const { return m_inspector; }
    QWidget* strip() const { return m_stripSlot; }

Q_SIGNALS:
    /// The pictures on screen are up to date.
    void settled();
    void modelChanged();

protected:
    ShellServices& services() const { return m_services; }
    void setStage(QWidget* stage);
    /// Until the user drags it, it is `height` logical pixels high or, of a tall panel, a share of it.
    void setStrip(QWidget* strip, int height = 168, double share = 0);
    InspectorSection* addSection(const QString& id, const QString& title);
    /// The one filled button, at the right of the header; instead of an earlier one. None: no button.
    void setPrimaryAction(QAction* action);
    /// Icon buttons between title and primary action, in order.
    void addHeaderAction(QAction* action);
    /// Behind the [...] button.
    void addOverflowAction(QAction* action);
    /// A small muted text beside the title ("Windsor chair to bar stool").
    void setSubtitle(const QString& text);
    /// The window shows it while the panel is in front.
    void setModel(const PanelModel& model);

private:
    void buildLayout();
    QWidget* buildHeader();
    QWidget* buildInspector();
    void shareRows();
    void resetRows();

    PanelInfo m_info;
    PanelModel m_model;
    ShellServices& m_services;
    QLabel* m_title = nullptr;
    QLabel* m_subtitle = nullptr;
    QHBoxLayout* m_headerActions = nullptr;
    QHBoxLayout* m_primarySlot = nullptr;
    QToolButton* m_overflow = nullptr;
    QSplitter* m_rows = nullptr;  ///< stage over strip
    QWidget* m_stageSlot = nullptr;
    QWidget* m_stripSlot = nullptr;
    int m_stripHeight = 0;  ///< the least it has until it is dragged
    double m_stripShare = 0;
    bool m_isStripDragged = false;
    QWidget* m_inspector = nullptr;
    QVBoxLayout* m_sectionsLayout = nullptr;
    QList<InspectorSection*> m_sections;
};

}  // namespace vitrine
