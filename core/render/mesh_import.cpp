// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/render/mesh_import.h"

#include <assimp/material.h>
#include <assimp/postprocess.h>
#include <assimp/scene.h>

#include <algorithm>
#include <assimp/IOStream.hpp>
#include <assimp/IOSystem.hpp>
#include <assimp/Importer.hpp>
#include <cmath>
#include <cstring>
#include <map>
#include <memory>

#include "core/io/image_file.h"
#include "core/render/glb_file.h"
#include "core/render/obj_files.h"

namespace vitrine {
namespace {

using MeshBytes = std::shared_ptr<const std::vector<std::byte>>;

/// A file in memory, as Assimp wants to see it.
class MemoryStream : public Assimp::IOStream {
public:
    explicit MemoryStream(MeshBytes bytes) : m_bytes(std::move(bytes)) {}

    size_t Read(void* buffer, size_t size, size_t count) override {
        if (size == 0) return 0;
        const std::size_t whole = std::min(count, (m_bytes->size() - m_position) / size);
        std::memcpy(buffer, m_bytes->data() + m_position, whole * size);
        m_position += whole * size;
        return whole;
    }
    size_t Write(const void*, size_t, size_t) override { return 0; }
    aiReturn Seek(size_t offset, aiOrigin origin) override {
        std::size_t position = offset;
        if (origin == aiOrigin_CUR) position = m_position + offset;
        if (origin == aiOrigin_END)
            position = offset <= m_bytes->size() ? m_bytes->size() - offset : m_bytes->size() + 1;
        if (position > m_bytes->size()) return aiReturn_FAILURE;
        m_position = position;
        return aiReturn_SUCCESS;
    }
    size_t Tell() const override { return m_position; }
    size_t FileSize() const override { return m_bytes->size(); }
    void Flush() override {}

private:
    MeshBytes m_bytes;
    std::size_t m_position = 0;
};

/// A mesh that was made ready for Assimp, under a name that it can be trusted with.
struct ReadyMesh {
    std::string name;
    std::map<std::string, MeshBytes> files;
    std::vector<std::string> warnings;
};

/// Lets Assimp open what was made ready and nothing else.
class ReadyFiles : public Assimp::IOSystem {
public:
    explicit ReadyFiles(const ReadyMesh& mesh) : m_mesh(mesh) {}

    bool Exists(const char* name) const override { return find(name) != nullptr; }
    char getOsSeparator() const override { return '/'; }
    Assimp::IOStream* Open(const char* name, const char*) override {
        const MeshBytes* bytes = find(name);
        return bytes != nullptr ? new MemoryStream(*bytes) : nullptr;
    }
    void Close(Assimp::IOStream* stream) override { delete stream; }

private:
    const MeshBytes* find(std::string_view name) const {
        const auto found = m_mesh.files.find(std::string(name.substr(name.find_last_of('/') + 1)));
        return found == m_mesh.files.end() ? nullptr : &found->second;
    }

    const ReadyMesh& m_mesh;
};

MeshBytes bytesOfText(const std::string& text) {
    const auto* begin = reinterpret_cast<const std::byte*>(text.data());
    return std::make_shared<const std::vector<std::byte>>(begin, begin + text.size());
}

Result<ReadyMesh> makeReady(AssetSource& source, const std::string& name) {
    ReadyMesh mesh;
    const std::string ending = name.substr(std::min(name.rfind('.'), name.size()));
    const bool isObj = ending.size() == 4 && (ending[1] | 0x20) == 'o';
    mesh.name = isObj ? "mesh.obj" : "mesh.glb";
    if (isObj) {
        VITRINE_TRY(ObjFiles files, readObjFiles(source, name));
        mesh.files[mesh.name] = bytesOfText(files.mesh);
        mesh.files[std::string(kObjMaterialFile)] = bytesOfText(files.materials);
        mesh.warnings = std::move(files.warnings);
    } else {
        VITRINE_TRY(auto content, source.read(name));
        VITRINE_TRY(auto plain, plainGlb(std::move(content), name));
        mesh.files[mesh.name] = std::make_shared<const std::vector<std::byte>>(std::move(plain));
    }
    return mesh;
}

/// Gathers an Assimp scene into a Mesh.
class SceneReader {
public:
    SceneReader(AssetSource& source, const std::string& name, const aiScene& scene)
        : m_source(source), m_name(name), m_scene(scene) {}

    Result<Mesh> read() {
        if (m_scene.mNumMaterials > kMaxMeshMaterials)
            return Error{ErrorCode::Unsupported,
                         "The mesh " + m_name + " has too many materials; simplify it first."};
        std::vector<bool> isUsed(m_scene.mNumMaterials, false);
        for (unsigned i = 0; i < m_scene.mNumMeshes; ++i)
            isUsed.at(m_scene.mMeshes[i]->mMaterialIndex) = true;
        for (unsigned i = 0; i < m_scene.mNumMaterials; ++i) readMaterial(*m_scene.mMaterials[i], isUsed[i]);
        showInvisible(isUsed);
        for (unsigned i = 0; i < m_scene.mNumMeshes; ++i) VITRINE_CHECK(readMesh(*m_scene.mMeshes[i]));
        if (m_mesh.triangles.empty())
            return Error{ErrorCode::BadFormat,
                         "The mesh " + m_name + " has no faces, so there is nothing to show."};
        return std::move(m_mesh);
    }

private:
    void readMaterial(const aiMaterial& source, bool isUsed) {
        MeshMaterial material;
        aiString name;
        if (source.Get(AI_MATKEY_NAME, name) == aiReturn_SUCCESS) material.name = name.C_Str();
        aiColor4D colour(0.7f, 0.7f, 0.7f, 1);
        if (source.Get(AI_MATKEY_BASE_COLOR, colour) != aiReturn_SUCCESS)
            source.Get(AI_MATKEY_COLOR_DIFFUSE, colour);
        material.colour = {
            std::clamp(colour.r, 0.f, 1.f), std::clamp(colour.g, 0.f, 1.f), std::clamp(colour.b, 0.f, 1.f)};
        float opacity = 1;
        source.Get(AI_MATKEY_OPACITY, opacity);
        material.opacity = std::isfinite(opacity) ? std::clamp(opacity, 0.f, 1.f) : 1;
        aiColor3D specular(0, 0, 0);
        source.Get(AI_MATKEY_COLOR_SPECULAR, specular);
        material.gloss = std::clamp(std::max({specular.r, specular.g, specular.b}), 0.f, 1.f);
        if (isUsed) readTexture(source, material);
        m_mesh.materials.push_back(std::move(material));
    }

    /// Some programs write opacity where the format has transparency.
    void showInvisible(const std::vector<bool>& isUsed) {
        constexpr float kInvisible = 1.0f / 255;
        for (std::size_t i = 0; i < isUsed.size(); ++i)
            if (isUsed[i] && m_mesh.materials[i].opacity >= kInvisible) return;
        if (std::ranges::count(isUsed, true) == 0) return;
        for (MeshMaterial& material : m_mesh.materials) material.opacity = 1;
        m_mesh.warnings.push_back("Every material of " + m_name +
                                  " is fully transparent; it is drawn opaque.");
    }

    void readTexture(const aiMaterial& source, MeshMaterial& material) {
        aiString path;
        if (source.GetTexture(aiTextureType_BASE_COLOR, 0, &path) != aiReturn_SUCCESS &&
            source.GetTexture(aiTextureType_DIFFUSE, 0, &path) != aiReturn_SUCCESS)
            return;
        const std::string name = path.C_Str();
        const auto [known, isNew] = m_textureIndices.emplace(name, -1);
        if (isNew) {
            auto image = loadTexture(name);
            if (image && hasRoomFor(*image)) {
                known->second = int(m_mesh.textures.size());
                m_mesh.textures.push_back(std::move(image).value());
            } else {
                const std::string why =
                    image ? "There is no room left for the texture " + name + "." : image.error().message;
                m_mesh.warnings.push_back(why + " The colour of the material is shown instead.");
            }
        }
        material.textureIndex = known->second;
        if (material.textureIndex >= 0)
            material.hasCutout = hasTransparency(m_mesh.textures[material.textureIndex]);
    }

    Result<Image> loadTexture(const std::string& name) {
        if (const aiTexture* embedded = m_scene.GetEmbeddedTexture(name.c_str())) {
            if (embedded->mHeight != 0)
                return Error{ErrorCode::Unsupported,
                             "The texture " + name + " in " + m_name + " is not compressed."};
            const auto* bytes = reinterpret_cast<const std::byte*>(embedded->pcData);
            return decodeImage(
                {bytes, embedded->mWidth}, "The texture " + name + " in " + m_name, Orientation::AsStored);
        }
        VITRINE_TRY(const auto bytes, m_source.read(name));
        return decodeImage(bytes, name, Orientation::AsStored);
    }

    bool hasRoomFor(const Image& image) {
        m_numTexturePixels += std::size_t(image.width) * std::size_t(image.height);
        return m_numTexturePixels <= kMaxTexturePixels;
    }

    static bool hasTransparency(const Image& image) {
        if (image.channels != 4) return false;
        for (std::size_t i = 3; i < image.pixels.size(); i += 4)
            if (image.pixels[i] < 250) return true;
        return false;
    }

    Status readMesh(const aiMesh& source) {
        if (!source.HasPositions() || !source.HasFaces()) return {};
        const std::size_t first = m_mesh.positions.size();
        for (unsigned i = 0; i < source.mNumVertices; ++i) VITRINE_CHECK(readVertex(source, i));
        for (unsigned i = 0; i < source.mNumFaces; ++i) {
            const aiFace& face = source.mFaces[i];
            if (face.mNumIndices != 3) continue;
            std::array<std::uint32_t, 3> triangle;
            for (int k = 0; k < 3; ++k) {
                if (face.mIndices[k] >= source.mNumVertices)
                    return Error{ErrorCode::BadFormat,
                                 "The mesh " + m_name +
                                     " has a face with a corner that does not exist; export it again."};
                triangle[k] = std::uint32_t(first) + face.mIndices[k];
            }
            m_mesh.triangles.push_back(triangle);
            m_mesh.materialOfTriangle.push_back(std::uint16_t(source.mMaterialIndex));
        }
        if (m_mesh.triangles.size() > kMaxMeshTriangles)
            return Error{ErrorCode::Unsupported,
                         "The mesh " + m_name + " has more than 5 million triangles; simplify it first."};
        return {};
    }

    Status readVertex(const aiMesh& source, unsigned i) {
        const aiVector3D& p = source.mVertices[i];
        if (!std::isfinite(p.x) || !std::isfinite(p.y) || !std::isfinite(p.z))
            return Error{ErrorCode::NonFinite,
                         "The mesh " + m_name + " has a corner that is not a number; export it again."};
        m_mesh.positions.push_back({p.x, p.y, p.z});
        Vector3 normal;
        if (source.HasNormals()) normal = {source.mNormals[i].x, source.mNormals[i].y, source.mNormals[i].z};
        const bool isUsable = std::isfinite(dot(normal, normal)) && dot(normal, normal) > 1e-12f;
        m_mesh.normals.push_back(isUsable ? normalized(normal) : Vector3{});
        std::array<float, 2> uv{0, 0};
        if (source.HasTextureCoords(0)) uv = {source.mTextureCoords[0][i].x, source.mTextureCoords[0][i].y};
        if (!std::isfinite(uv[0]) || !std::isfinite(uv[1])) uv = {0, 0};
        m_mesh.uvs.push_back(uv);
        return {};
    }

    AssetSource& m_source;
    const std::string m_name;
    const aiScene& m_scene;
    Mesh m_mesh;
    std::map<std::string, int> m_textureIndices;
    std::size_t m_numTexturePixels = 0;
};

}  // namespace

Result<Mesh> importMesh(AssetSource& source, const std::string& name) {
    VITRINE_TRY(const ReadyMesh ready, makeReady(source, name));
    try {
        Assimp::Importer importer;
        importer.SetIOHandler(new ReadyFiles(ready));  // owned by the importer
        const aiScene* scene = importer.ReadFile(
            ready.name,
            aiProcess_Triangulate | aiProcess_JoinIdenticalVertices | aiProcess_PreTransformVertices);
        if (!scene || (scene->mFlags & AI_SCENE_FLAGS_INCOMPLETE))
            return Error{ErrorCode::BadFormat,
                         "The mesh " + name + " cannot be read; it may be damaged or of an unknown kind.",
                         importer.GetErrorString()};
        VITRINE_TRY(Mesh mesh, SceneReader(source, name, *scene).read());
        mesh.warnings.insert(mesh.warnings.begin(), ready.warnings.begin(), ready.warnings.end());
        return mesh;
    } catch (const std::exception& exception) {
        return Error{ErrorCode::BadFormat,
                     "The mesh " + name + " cannot be read; it may be damaged.",
                     exception.what()};
    }
}

}  // namespace vitrine
