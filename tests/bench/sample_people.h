// The sample people of `clients/examples`, as requests.
#ifndef MYOKINE_TESTS_BENCH_SAMPLE_PEOPLE_H_
#define MYOKINE_TESTS_BENCH_SAMPLE_PEOPLE_H_

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "engine/pack/loaded_pack.h"
#include "myokine/v1/recommendation.pb.h"

namespace myokine::bench {

// One person, asking with default options.
struct SamplePerson {
  std::string name;  // of the file, without `.yaml`
  v1::RecommendRequest request;
};

// The moment given to people who state none, so that their answers are the same in every run.
inline absl::Time SampleMoment() {
  return absl::FromCivil(absl::CivilSecond(2026, 1, 15, 9, 0, 0), absl::UTCTimeZone());
}

// Reads the person in the file at `path`. The request states an evaluation time.
// Errors: kNotFound when the file can't be read; kInvalidArgument when it has issues, with the first one.
inline absl::StatusOr<SamplePerson> ReadSamplePerson(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return absl::NotFoundError(absl::StrCat("can't read ", path.string()));
  const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  SamplePerson person;
  person.name = path.stem().string();
  SourceMap sources;
  Issues issues;
  ReadYaml(text, path.string(), *person.request.mutable_user(), sources, issues);
  if (!issues.empty()) return absl::InvalidArgumentError(ToString(issues.list().front()));
  if (!person.request.user().has_evaluation_time()) {
    person.request.mutable_user()->mutable_evaluation_time()->set_seconds(absl::ToUnixSeconds(SampleMoment()));
  }
  return person;
}

// Reads every `*.yaml` of `folder`, sorted by name.
// Errors: those of ReadSamplePerson; kNotFound when there is no such file.
inline absl::StatusOr<std::vector<SamplePerson>> ReadSamplePeople(const std::filesystem::path& folder) {
  namespace fs = std::filesystem;
  std::vector<fs::path> paths;
  std::error_code error;
  for (auto it = fs::directory_iterator(folder, error); !error && it != fs::directory_iterator(); it.increment(error)) {
    if (it->path().extension() == ".yaml") paths.push_back(it->path());
  }
  if (error || paths.empty()) return absl::NotFoundError(absl::StrCat("no sample people in ", folder.string()));
  std::sort(paths.begin(), paths.end());
  std::vector<SamplePerson> people;
  for (const fs::path& path : paths) {
    absl::StatusOr<SamplePerson> person = ReadSamplePerson(path);
    if (!person.ok()) return person.status();
    people.push_back(*std::move(person));
  }
  return people;
}

}  // namespace myokine::bench

#endif  // MYOKINE_TESTS_BENCH_SAMPLE_PEOPLE_H_
