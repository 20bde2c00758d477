// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <vector>

#include "core/render/family_shape.h"
#include "core/render/solid_builder.h"

namespace vitrine {

/// Makes the mesh of a family shape, solid by solid.
class FamilyBuilder {
public:
    static constexpr int kSquare = 4, kRound = 8;  ///< sides of a bar
    static constexpr float kJoint = 0.004f;        ///< how far what carries the seat goes into it

    explicit FamilyBuilder(const FamilyShape& shape);
    /// Without normals, in metres, on the floor y = 0, front towards +z.
    Mesh build() &&;

    /// Height at which four legs end under the seat. Units: metres.
    static float topOfLegs(const FamilyShape& shape);
    /// Half the width of a back. Units: metres.
    static float halfBack(const FamilyShape& shape);

private:
    using Path = std::vector<Vector3>;
    enum Material { Frame, SeatCover, BackCover, NumMaterials };

    void addSeat();
    void addSeatBoards();
    void addMaterials();
    Image pattern() const;

    void addLegs();
    void addFourLegs();
    void addLeg(Vector3 top, Vector3 foot);
    void addApron(float x, float z, float top);
    void addStretchers(const std::array<Vector3, 4>& tops, const std::array<Vector3, 4>& feet);
    void addCantilever();
    void addRunners();
    void addColumn();
    void addStarFoot();
    void addCrossedBars();
    void addPlinth();
    void addPanels();

    void addBack();
    void addBackCushions();
    void addPanelBack();
    void addHoops();
    void addHoop(float scale, float corner);
    void addStiles();
    void addRail(float height, float tall);
    void addRungs();
    void addSlats();
    void addSpindles();
    Plate backPlate() const;
    void addBackPlates(int count, const Plate& plate, float gap, float forward);

    void addArms();
    void addArmBlocks();
    void addArmRails();

    void tube(const Path& path, float radius, int sides, int material);
    /// Where the seat ends, and where what carries it ends: a little inside.
    float underSeat() const { return m_sizes.seatTop - m_sizes.seatThickness - 2 * m_seat.bulge; }
    float insideSeat() const { return underSeat() + kJoint; }
    /// A point of the back: x across, `height` above the seat along it, `forward` out of it.
    Vector3 onBack(float x, float height, float forward = 0) const;
    Vector3 onStile(float side, float height) const;
    /// How far the arms' height is along the back.
    float armHeightOnBack() const;

    const FamilyBuild& m_build;
    const FamilySizes& m_sizes;
    const FamilySeatNumbers& m_seat;
    const FamilyLegNumbers& m_legs;
    const FamilyBackNumbers& m_back;
    const FamilyArmNumbers& m_arms;
    const FamilyColours& m_colours;
    const float m_halfBack, m_topOfLegs;
    SolidBuilder m_solids;
    std::vector<MeshMaterial> m_materials;
    std::vector<Image> m_textures;
};

}  // namespace vitrine
