// The workload of other rule engines on the ruleset that the server runs. Reads their pack and users (JSON), turns the
// pack into a RulePack with CEL conditions over a fact schema of its own, and answers each user with the ten best
// candidates. Timing begins at a filled frame and ends at the ranked ten.
//
// Usage: bench_peers --pack F --users F --out F --timing F [--reps N] [--rep-seconds S] [--min-users N]
//                    [--check-seconds S] [--max-seconds S]
#include <sys/resource.h>
#include <time.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/strings/str_cat.h"
#include "engine/recommend/ranking.h"
#include "engine/recommend/rule_run.h"
#include "engine/ruleset/ruleset.h"
#include "google/protobuf/dynamic_message.h"
#include "google/protobuf/struct.pb.h"
#include "google/protobuf/util/json_util.h"

namespace myokine {
namespace {

using google::protobuf::Struct;
using JsonValue = google::protobuf::Value;

constexpr size_t kTop = 10;

struct Options {
  std::string pack, users, out, timing;
  size_t reps = 7;            // repetitions
  double rep_seconds = 1;     // longest repetition
  size_t min_users = 20;      // fewest users of a repetition
  double check_seconds = 60;  // longest time for the answers that are written
  double max_seconds = 30;    // longest time for all repetitions
};

double Seconds(clockid_t clock) {
  timespec now;
  clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}
double WallSeconds() { return Seconds(CLOCK_MONOTONIC); }
double CpuSeconds() { return Seconds(CLOCK_PROCESS_CPUTIME_ID); }

// Memory of the process that is resident.
long ResidentKb() {
  std::ifstream statm("/proc/self/statm");
  long all = 0, resident = 0;
  statm >> all >> resident;
  return resident * 4;
}

JsonValue ReadJson(const std::string& file) {
  std::ifstream stream(file);
  std::ostringstream text;
  text << stream.rdbuf();
  JsonValue value;
  if (!stream || !google::protobuf::util::JsonStringToMessage(text.str(), &value).ok()) {
    std::cerr << "bench_peers: can't read " << file << "\n";
    std::exit(2);
  }
  return value;
}

const JsonValue& At(const JsonValue& object, const std::string& key) { return object.struct_value().fields().at(key); }
std::string Text(const JsonValue& object, const std::string& key) { return At(object, key).string_value(); }
const auto& List(const JsonValue& object, const std::string& key) { return At(object, key).list_value().values(); }

// The attributes as a message type: optional doubles, bools and words, and lists of words that are complete.
const google::protobuf::Descriptor* SchemaOf(const JsonValue& pack, google::protobuf::DescriptorPool& pool) {
  google::protobuf::FileDescriptorProto file;
  file.set_name("peers.proto");
  google::protobuf::DescriptorProto& user = *file.add_message_type();
  user.set_name("PeersUser");
  using Field = google::protobuf::FieldDescriptorProto;
  for (const JsonValue& attribute : List(pack, "attributes")) {
    Field& field = *user.add_field();
    field.set_name(Text(attribute, "name"));
    field.set_number(user.field_size());
    const std::string type = Text(attribute, "type");
    field.set_label(type == "set" ? Field::LABEL_REPEATED : Field::LABEL_OPTIONAL);
    field.set_type(type == "number" ? Field::TYPE_DOUBLE : type == "bool" ? Field::TYPE_BOOL : Field::TYPE_STRING);
    if (type == "enum" || type == "set") {
      v1::FieldFacts& facts = *field.mutable_options()->MutableExtension(v1::field);
      facts.set_vocabulary(Text(attribute, "name"));
      facts.set_max_items(64);
    }
  }
  const google::protobuf::FileDescriptor* built = pool.BuildFile(file);
  return built == nullptr ? nullptr : built->message_type(0);
}

void AddVocabulary(const std::string& id, const google::protobuf::RepeatedPtrField<JsonValue>& words,
                   v1::RulePack& pack) {
  v1::Vocabulary& vocabulary = *pack.add_vocabularies();
  vocabulary.set_id(id);
  for (const JsonValue& word : words) vocabulary.add_concepts()->set_id(word.string_value());
}

// A number as a double literal.
std::string Literal(double number) {
  const std::string text = absl::StrCat(number);
  return text.find('.') == std::string::npos ? text + ".0" : text;
}

std::string Condition(const JsonValue& when) {
  const auto& fields = when.struct_value().fields();
  for (const auto& [key, joined] : {std::pair("all", " && "), std::pair("any", " || ")}) {
    if (!fields.contains(key)) continue;
    std::string text;
    for (const JsonValue& part : List(when, key)) absl::StrAppend(&text, text.empty() ? "" : joined, Condition(part));
    return absl::StrCat("(", text, ")");
  }
  const std::string fact = absl::StrCat("user.", Text(when, "attr")), op = Text(when, "op");
  const JsonValue& value = At(when, "value");
  const std::string word = absl::StrCat("\"", value.string_value(), "\"");
  if (op == "has") return absl::StrCat(word, " in ", fact);
  if (op == "lacks") return absl::StrCat("!(", word, " in ", fact, ")");
  if (op == "eq" && value.has_bool_value()) return absl::StrCat(value.bool_value() ? "" : "!", fact);
  if (op == "eq") return absl::StrCat(fact, " == ", word);
  if (op == "in") {
    std::string words;
    for (const JsonValue& one : value.list_value().values())
      absl::StrAppend(&words, words.empty() ? "" : ", ", "\"", one.string_value(), "\"");
    return absl::StrCat(fact, " in [", words, "]");
  }
  const std::string relation = op == "lt" ? "<" : op == "le" ? "<=" : op == "gt" ? ">" : ">=";
  return absl::StrCat(fact, " ", relation, " ", Literal(value.number_value()));
}

std::unique_ptr<LoadedPack> PackOf(const JsonValue& peers) {
  auto loaded = std::make_unique<LoadedPack>();
  v1::RulePack& pack = loaded->pack;
  v1::AxisScale& axis = *pack.add_axes();
  axis.set_axis(v1::AXIS_BENEFIT);
  axis.set_minimum(-10);
  axis.set_maximum(10);
  v1::GradeCap& cap = *pack.add_grade_caps();
  cap.set_grade(v1::GRADE_A);
  cap.set_points(10);
  for (const JsonValue& attribute : List(peers, "attributes")) {
    if (attribute.struct_value().fields().contains("values"))
      AddVocabulary(Text(attribute, "name"), List(attribute, "values"), pack);
  }
  AddVocabulary("exercise_trait", List(peers, "tags"), pack);
  for (const JsonValue& candidate : List(peers, "candidates")) {
    v1::Exercise& exercise = *pack.add_exercises();
    exercise.set_id(Text(candidate, "id"));
    for (const JsonValue& tag : List(candidate, "tags")) exercise.add_traits(tag.string_value());
  }
  for (const JsonValue& one : List(peers, "rules")) {
    v1::Rule& rule = *pack.add_rules();
    rule.set_id(Text(one, "id"));
    rule.mutable_evidence()->mutable_outcome()->set_grade(v1::GRADE_A);
    rule.set_when(Condition(At(one, "when")));
    const JsonValue& then = At(one, "then");
    rule.set_target(absl::StrCat("\"", Text(then, "tag"), "\" in exercise.traits"));
    v1::Effect& effect = *rule.add_effects();
    if (Text(then, "effect") == "block") {
      effect.mutable_block();
    } else {
      effect.mutable_boost()->set_axis(v1::AXIS_BENEFIT);
      effect.mutable_boost()->set_points(absl::StrCat(static_cast<int>(At(then, "weight").number_value())));
    }
  }
  return loaded;
}

// A user whose frame is filled.
struct User {
  std::string id;
  std::unique_ptr<google::protobuf::Message> state;
  std::vector<Value> frame;
};

User UserOf(const JsonValue& json, const Ruleset& ruleset, const google::protobuf::Message& prototype, Arena& arena) {
  User user;
  user.id = Text(json, "id");
  user.state.reset(prototype.New());
  const auto& reflection = *user.state->GetReflection();
  for (const auto& [name, value] : At(json, "state").struct_value().fields()) {
    const auto* field = prototype.GetDescriptor()->FindFieldByName(name);
    if (field->is_repeated()) {
      for (const JsonValue& word : value.list_value().values())
        reflection.AddString(user.state.get(), field, word.string_value());
    } else if (field->cpp_type() == google::protobuf::FieldDescriptor::CPPTYPE_DOUBLE) {
      reflection.SetDouble(user.state.get(), field, value.number_value());
    } else if (field->cpp_type() == google::protobuf::FieldDescriptor::CPPTYPE_BOOL) {
      reflection.SetBool(user.state.get(), field, value.bool_value());
    } else {
      reflection.SetString(user.state.get(), field, value.string_value());
    }
  }
  user.frame.assign(static_cast<size_t>(ruleset.user_frame_size()), Value(false));
  ruleset.user_schema().Fill(user.state.get(), ruleset.vocabularies(), absl::MakeSpan(user.frame), arena);
  return user;
}

double Median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const size_t half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

int Main(const Options& options) {
  const double begin = WallSeconds();
  const JsonValue peers = ReadJson(options.pack), people = ReadJson(options.users);
  const double parsed = WallSeconds();
  google::protobuf::DescriptorPool pool(google::protobuf::DescriptorPool::generated_pool());
  const google::protobuf::Descriptor* schema = SchemaOf(peers, pool);
  if (schema == nullptr) {
    std::cerr << "bench_peers: the attributes make no schema\n";
    return 2;
  }
  std::unique_ptr<LoadedPack> pack = PackOf(peers);
  const double translated = WallSeconds();
  const long before = ResidentKb();
  Issues issues;
  const auto ruleset = Ruleset::Compile(std::move(pack), issues, *schema);
  const double compiled = WallSeconds();
  const long ruleset_kb = ResidentKb() - before;
  if (ruleset == nullptr) {
    std::cerr << "bench_peers: " << issues.list().front().message << "\n";
    return 2;
  }
  google::protobuf::DynamicMessageFactory factory(&pool);
  Arena arena;
  std::vector<User> users;
  for (const JsonValue& one : people.list_value().values())
    users.push_back(UserOf(one, *ruleset, *factory.GetPrototype(schema), arena));

  const Weights weights;
  std::vector<size_t> top;
  const auto decide = [&](const User& user) {
    RuleOutcome outcome = RunRules(*ruleset, user.frame, weights, arena);
    top = RankedCandidates(*ruleset, outcome, CandidateKind::kExercise, kTop);
    return outcome;
  };

  std::ofstream out(options.out);
  out << "[\n";
  size_t checked = 0;
  const size_t least = std::min(options.min_users, users.size());
  double start = WallSeconds();
  for (const User& user : users) {
    const RuleOutcome outcome = decide(user);
    int fired = 0;
    outcome.applied.ForEach([&](size_t) { ++fired; });
    out << (checked > 0 ? ",\n" : "") << "{\"user\":\"" << user.id << "\",\"top\":[";
    for (size_t i = 0; i < top.size(); ++i) {
      out << (i > 0 ? "," : "") << "[\"" << ruleset->candidates()[top[i]].id() << "\","
          << outcome.ScoreMilli(top[i]) / 1000 << "]";
    }
    out << "],\"fired\":" << fired << "}";
    ++checked;
    if (WallSeconds() - start > options.check_seconds && checked >= least) break;
  }
  out << "\n]\n";

  start = WallSeconds();
  for (size_t i = 0; i < std::min<size_t>(20, users.size()); ++i) decide(users[i]);
  const double each = (WallSeconds() - start) / static_cast<double>(std::min<size_t>(20, users.size()));
  const size_t count = std::max(least, std::min(checked, static_cast<size_t>(options.rep_seconds / each)));
  // A repetition in which others had the processor is set aside and repeated.
  std::vector<double> quiet, all;
  start = WallSeconds();
  const size_t reps = options.reps;
  while (quiet.size() < reps && WallSeconds() - start < options.max_seconds) {
    const double wall = WallSeconds(), cpu = CpuSeconds();
    int passes = 0;
    do {  // very fast passes are repeated, for at least 20 ms
      for (size_t i = 0; i < count; ++i) decide(users[i]);
      ++passes;
    } while (WallSeconds() - wall < 0.02);
    const double took = WallSeconds() - wall;
    all.push_back(took * 1e6 / static_cast<double>(count) / passes);
    if (CpuSeconds() - cpu >= 0.97 * took) quiet.push_back(all.back());
  }
  rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  const double median = Median(quiet.size() >= reps ? quiet : all);
  std::ofstream(options.timing) << "{\"version\":\"0.1.0\",\"rules\":" << ruleset->rules().size()
                                << ",\"candidates\":" << ruleset->candidates().size()
                                << ",\"parse_ms\":" << (parsed - begin) * 1e3
                                << ",\"setup_ms\":" << (compiled - parsed) * 1e3
                                << ",\"compile_ms\":" << (compiled - translated) * 1e3 << ",\"median_us\":" << median
                                << ",\"ruleset_kb\":" << ruleset_kb << ",\"peak_rss_kb\":" << usage.ru_maxrss
                                << ",\"users_per_rep\":" << count
                                << ",\"reps\":" << (quiet.size() >= reps ? quiet : all).size()
                                << ",\"noisy\":" << (quiet.size() >= reps ? "false" : "true")
                                << ",\"predicates\":" << ruleset->conditions().predicates() << "}\n";
  std::cout << "peers: " << ruleset->rules().size() << " rules x " << ruleset->candidates().size()
            << " candidates: " << median << " us a user; compiled in " << (compiled - translated) * 1e3 << " ms, "
            << ruleset_kb / 1024 << " MB of ruleset\n";
  return 0;
}

}  // namespace
}  // namespace myokine

int main(int argc, char** argv) {
  myokine::Options options;
  CLI::App app("The workload of other rule engines on this ruleset");
  app.add_option("--pack", options.pack, "pack, JSON")->required();
  app.add_option("--users", options.users, "users, JSON")->required();
  app.add_option("--out", options.out, "file for the answers")->required();
  app.add_option("--timing", options.timing, "file for the timing")->required();
  app.add_option("--reps", options.reps, "repetitions");
  app.add_option("--rep-seconds", options.rep_seconds, "longest repetition");
  app.add_option("--min-users", options.min_users, "fewest users of a repetition");
  app.add_option("--check-seconds", options.check_seconds, "longest time for the answers that are written");
  app.add_option("--max-seconds", options.max_seconds, "longest time for all repetitions");
  CLI11_PARSE(app, argc, argv);
  return myokine::Main(options);
}
