// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/image.h"
#include "ui/views/zoom_view.h"

namespace vitrine {

/// A picture of which a part is hidden: there it is covered and hatched.
class HiddenView : public ZoomView {
    Q_OBJECT
public:
    using ZoomView::ZoomView;
    /// Shapes: [H, W, 1], of the picture's size; 1 = hidden.
    void setHidden(const LabelMap& hidden);

protected:
    void paintOver(QPainter& painter, const QRectF& picture) override;

private:
    LabelMap m_hidden;
};

}  // namespace vitrine
