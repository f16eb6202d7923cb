// LoadPack: files -> parts -> one layer -> layers -> checks.
#include <algorithm>
#include <atomic>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "engine/pack/cross_references.h"
#include "engine/pack/entries.h"
#include "engine/pack/entry_checks.h"
#include "engine/pack/field_facts.h"
#include "engine/pack/layers.h"
#include "engine/pack/loaded_pack.h"
#include "engine/pack/pack_files.h"
#include "engine/pack/vocabulary_checks.h"
#include "engine/pack/yaml_reader.h"
#include "engine/pack/yaml_tree.h"

namespace myokine {
namespace {

namespace fs = std::filesystem;

using ::google::protobuf::FieldDescriptor;
using ::google::protobuf::Message;
using ::google::protobuf::Reflection;

// Most packs on top of each other.
constexpr size_t kMostLayers = 8;

// Whether one folder lies within the other, or is it; both canonical.
bool Overlap(const fs::path& a, const fs::path& b) {
  const auto [in_a, in_b] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  return in_a == a.end() || in_b == b.end();
}

// A file's tree; none where it could not be parsed.
struct Parsed {
  std::optional<YamlNode> root;
  Issues issues;
};

// Parses all files, on as many threads as the machine has processors: most of a pack's loading is this.
std::vector<Parsed> ParseAll(const std::vector<PackFile>& files, const SourceMap& sources) {
  std::vector<Parsed> parsed(files.size());
  std::atomic<size_t> next = 0;
  auto work = [&] {
    for (size_t i = next++; i < files.size(); i = next++)
      parsed[i].root = ParseYaml(files[i].text, files[i].path, sources, parsed[i].issues);
  };
  std::vector<std::thread> threads;
  const size_t wanted = std::min<size_t>({std::thread::hardware_concurrency(), files.size(), 8});
  for (size_t i = 1; i < wanted; ++i) threads.emplace_back(work);
  work();
  for (std::thread& thread : threads) thread.join();
  return parsed;
}

// Loads a pack and its bases.
class PackLoader {
 public:
  explicit PackLoader(Issues& issues) : issues_(issues) {}

  // False once a file could not be read at all.
  bool complete() const { return complete_; }

  absl::StatusOr<std::unique_ptr<LoadedPack>> Load(const fs::path& folder) {
    absl::StatusOr<std::vector<PackFile>> files = ReadPackFiles(folder, issues_);
    if (!files.ok()) return files.status();
    auto loaded = std::make_unique<LoadedPack>();
    for (const PackFile& file : *files) loaded->sources.PutFile(file.path, file.text);
    std::vector<Parsed> parsed = ParseAll(*files, loaded->sources);
    for (size_t i = 0; i < files->size(); ++i) {
      issues_.Append(parsed[i].issues);
      auto part = std::make_unique<v1::RulePack>();
      if (parsed[i].root) {
        YamlReader((*files)[i].path, loaded->sources, issues_).ReadDocument(*parsed[i].root, *part);
      } else {
        complete_ = false;
      }
      parsed[i].root.reset();
      Merge(*part, *loaded);
      loaded->parts.push_back(std::move(part));
    }
    CheckWhole(*loaded, files->front().path);
    std::error_code error;
    folders_.push_back(fs::canonical(folder, error));
    std::string base_digest;
    if (std::unique_ptr<LoadedPack> base = LoadBase(folder, *loaded)) {
      base_digest = base->digest;
      PutBelow(*loaded, std::move(base), issues_);
    } else if (loaded->pack.has_disable() && !loaded->pack.has_extends()) {
      AddIssue(*loaded, loaded->sources.Find(&loaded->pack.disable()), "missing-base",
               "there is no base to take anything out of", "add `extends`, or leave `disable` out");
    }
    loaded->digest = PackDigest(*files, base_digest);
    return loaded;
  }

 private:
  // Moves all of a part into the pack. What a part gives again stays in the part.
  void Merge(v1::RulePack& part, LoadedPack& loaded) {
    const Reflection* reflection = part.GetReflection();
    for (const FieldDescriptor* list : EntryLists()) {
      for (std::unique_ptr<Message>& entry : TakeEntries(part, list)) AddEntry(loaded.pack, list, std::move(entry));
    }
    for (const FieldDescriptor* field : SingleFields()) {
      if (!reflection->HasField(part, field)) continue;
      if (reflection->HasField(loaded.pack, field)) {
        const Location first = loaded.sources.Find(&reflection->GetMessage(loaded.pack, field));
        AddIssue(loaded, loaded.sources.Find(&reflection->GetMessage(part, field)), "given-twice",
                 absl::StrCat("`", field->name(), "` is already given, ", ToString(first)), "keep it in one file");
      } else {
        Message* value = reflection->UnsafeArenaReleaseMessage(&part, field);
        reflection->UnsafeArenaSetAllocatedMessage(&loaded.pack, value, field);
      }
    }
  }

  // What can be said of a layer once all its files are read.
  void CheckWhole(const LoadedPack& loaded, const std::string& first_file) {
    if (!loaded.pack.has_pack() && complete_) {
      AddIssue(loaded, {first_file, 1, 1}, "missing-field", "no file of the pack has `pack`",
               "say in one file which pack this is: `pack: {id: ..., version: ..., title: ..., notice: ...}`");
    }
    for (const FieldDescriptor* list : EntryLists()) {
      const int count = loaded.pack.GetReflection()->FieldSize(loaded.pack, list);
      const int most = FactsOf(list).max_items();
      if (most == 0 || count <= most) continue;
      AddIssue(
          loaded, {first_file, 1, 1}, "too-many-items",
          absl::StrCat("the files of the pack have ", count, " `", list->name(), "`, more than the ", most, " allowed"),
          "");
    }
  }

  // The pack that `layer` extends; null when there is none, or none that can be used.
  std::unique_ptr<LoadedPack> LoadBase(const fs::path& folder, const LoadedPack& layer) {
    if (!layer.pack.has_extends() || layer.pack.extends().path().empty()) return nullptr;
    const v1::Base& wanted = layer.pack.extends();
    const Location at = layer.sources.Find(&wanted, v1::Base::kPathFieldNumber);
    if (fs::path(wanted.path()).is_absolute()) {
      AddIssue(layer, at, "bad-base", "the path of a base is relative to the folder of the layer", "");
      return nullptr;
    }
    const fs::path base_folder = (folder / wanted.path()).lexically_normal();
    std::error_code error;
    const fs::path canonical = fs::canonical(base_folder, error);
    if (error) {
      AddIssue(layer, at, "bad-base", absl::StrCat("there is no pack in `", base_folder.string(), "`"), "");
      return nullptr;
    }
    for (const fs::path& other : folders_) {
      if (!Overlap(other, canonical)) continue;
      const bool cycle = other == canonical;
      AddIssue(
          layer, at, "bad-base",
          cycle ? "the pack extends itself" : absl::StrCat("the base lies within `", other.string(), "`, or holds it"),
          cycle ? "" : "put packs into folders beside each other");
      return nullptr;
    }
    if (folders_.size() >= kMostLayers) {
      AddIssue(layer, at, "bad-base", absl::StrCat("more than ", kMostLayers, " packs lie on top of each other"), "");
      return nullptr;
    }
    absl::StatusOr<std::unique_ptr<LoadedPack>> base = Load(base_folder);
    if (!base.ok()) {
      AddIssue(layer, at, "bad-base", std::string(base.status().message()), "");
      return nullptr;
    }
    CheckBase(layer, **base);
    return *std::move(base);
  }

  // Whether the base is the one that the layer was made for.
  void CheckBase(const LoadedPack& layer, const LoadedPack& base) {
    const v1::Base& wanted = layer.pack.extends();
    if (!wanted.id().empty() && base.pack.has_pack() && wanted.id() != base.pack.pack().id()) {
      AddIssue(layer, layer.sources.Find(&wanted, v1::Base::kIdFieldNumber), "base-mismatch",
               absl::StrCat("the base is `", base.pack.pack().id(), "`, not `", wanted.id(), "`"), "");
    }
    if (!wanted.digest().empty() && wanted.digest() != base.digest) {
      AddIssue(layer, layer.sources.Find(&wanted, v1::Base::kDigestFieldNumber), "base-mismatch",
               absl::StrCat("the digest of the base is `", base.digest, "`"),
               "look at what changed in the base, then write its digest here");
    }
  }

  void AddIssue(const LoadedPack& loaded, Location at, std::string code, std::string message, std::string hint) {
    issues_.Add(loaded.sources.MakeIssue(std::move(at), std::move(code), std::move(message), std::move(hint)));
  }

  Issues& issues_;
  bool complete_ = true;
  std::vector<fs::path> folders_;  // of the packs above the one in hand, canonical
};

}  // namespace

absl::StatusOr<std::unique_ptr<LoadedPack>> LoadPack(const fs::path& folder, Issues& issues) {
  PackLoader loader(issues);
  absl::StatusOr<std::unique_ptr<LoadedPack>> loaded = loader.Load(folder);
  if (loaded.ok()) {
    const LoadedPack& pack = **loaded;
    CheckCrossReferences(pack.pack, loader.complete(), pack.sources, issues);
    CheckVocabularies(pack.pack, pack.sources, issues);
    CheckEntries(pack.pack, pack.sources, issues);
  }
  issues.Sort();
  return loaded;
}

}  // namespace myokine
