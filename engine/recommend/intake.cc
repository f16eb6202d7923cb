#include "engine/recommend/intake.h"

#include <charconv>
#include <cmath>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "engine/expr/time_zone.h"
#include "engine/recommend/units.h"
#include "google/protobuf/timestamp.pb.h"
#include "myokine/v1/fact.pb.h"

namespace myokine {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using google::protobuf::Timestamp;

absl::Time ToTime(const Timestamp& time) {
  return absl::FromUnixSeconds(time.seconds()) + absl::Nanoseconds(time.nanos());
}

// As people write it: no trailing zeros.
std::string Number(double x) {
  char buffer[64];
  const bool plain = x == 0 || (std::abs(x) >= 1e-5 && std::abs(x) < 1e15);
  const auto format = plain ? std::chars_format::fixed : std::chars_format::scientific;
  return std::string(buffer, std::to_chars(buffer, buffer + sizeof buffer, x, format).ptr);
}

// True when nothing is said in the field.
bool IsAbsent(const Message& message, const FieldDescriptor& field) {
  if (field.is_repeated()) return message.GetReflection()->FieldSize(message, &field) == 0;
  return field.has_presence() && !message.GetReflection()->HasField(message, &field);
}

class Walker {
 public:
  Walker(const Ruleset& ruleset, Intake& intake, std::string_view locale)
      : ruleset_(ruleset), intake_(intake), locale_(locale) {}

  void Visit(Message& message, const std::string& path) {
    const Reflection& r = *message.GetReflection();
    for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
      const FieldDescriptor& field = *message.GetDescriptor()->field(i);
      const v1::FieldFacts& facts = field.options().GetExtension(v1::field);
      if (IsAbsent(message, field) && !facts.required()) continue;
      const std::string at = path.empty() ? field.name() : absl::StrCat(path, ".", field.name());
      if (field.is_repeated()) {
        VisitRepeated(message, field, facts, at);
      } else if (field.cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) {
        VisitScalar(message, field, facts, at);
      } else if (!r.HasField(message, &field)) {
        if (facts.required()) Refuse(at, "is required");
      } else {
        VisitMessage(message, field, facts, at);
      }
    }
  }

 private:
  void Refuse(std::string at, std::string description) {
    intake_.violations.push_back({std::move(at), std::move(description)});
  }
  static v1::Remark MakeRemark(std::string at, std::string value, std::string text) {
    v1::Remark remark;
    remark.set_field(std::move(at));
    remark.set_value(std::move(value));
    remark.set_text(std::move(text));
    return remark;
  }

  void VisitRepeated(Message& message, const FieldDescriptor& field, const v1::FieldFacts& facts,
                     const std::string& at) {
    const Reflection& r = *message.GetReflection();
    const int count = r.FieldSize(message, &field);
    if (facts.max_items() > 0 && count > facts.max_items()) {
      Refuse(at, absl::StrCat("has ", count, " items; at most ", facts.max_items(), " are accepted"));
      return;
    }
    google::protobuf::RepeatedPtrField<std::string> words;
    for (int i = 0; i < count; ++i) {
      const std::string item = absl::StrCat(at, "[", i, "]");
      if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
        Visit(*r.MutableRepeatedMessage(&message, &field, i), item);
      } else if (field.cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
        TakeWord(r.GetRepeatedString(message, &field, i), facts, item, words);
      }
    }
    if (field.cpp_type() != FieldDescriptor::CPPTYPE_STRING) return;
    r.ClearField(&message, &field);
    for (std::string& word : words) r.AddString(&message, &field, std::move(word));
  }

  // Adds a word of a list, or what the code in its place stands for.
  void TakeWord(const std::string& text, const v1::FieldFacts& facts, const std::string& at,
                google::protobuf::RepeatedPtrField<std::string>& words) {
    if (!CheckLength(text, facts, at)) return;
    if (facts.vocabulary().empty() || text.find(':') == std::string::npos) {
      if (facts.vocabulary().empty() || CheckWord(text, facts.vocabulary(), at)) *words.Add() = text;
      return;
    }
    const std::vector<std::string> ids = ruleset_.vocabularies().Resolve(facts.vocabulary(), text);
    for (const std::string& id : ids) *words.Add() = id;
    if (ids.empty()) {
      intake_.unrecognized.push_back(MakeRemark(
          at, text, In("code not known; treated as unknown", "登録のないコードです。未回答として扱います。")));
    }
  }

  bool CheckLength(const std::string& text, const v1::FieldFacts& facts, const std::string& at) {
    const size_t most = facts.max_bytes() > 0 ? static_cast<size_t>(facts.max_bytes()) : 256;
    if (text.size() <= most) return true;
    Refuse(at, absl::StrCat("is longer than ", most, " bytes"));
    return false;
  }

  // True when `word` is an id of the vocabulary.
  bool CheckWord(const std::string& word, const std::string& vocabulary, const std::string& at) {
    const VocabularyIndex::Concepts* concepts = ruleset_.vocabularies().Find(vocabulary);
    if (concepts == nullptr || concepts->contains(word)) return true;
    std::vector<std::string> ids;
    for (const auto& [id, indexed] : *concepts) ids.push_back(id);
    const std::string near = DidYouMean(word, ids);
    Refuse(at, absl::StrCat("`", word, "` is not in the vocabulary `", vocabulary, "`",
                            near.empty() ? "" : absl::StrCat("; did you mean `", near, "`?")));
    return false;
  }

  void VisitScalar(Message& message, const FieldDescriptor& field, const v1::FieldFacts& facts, const std::string& at) {
    const Reflection& r = *message.GetReflection();
    const bool stated = field.has_presence() ? r.HasField(message, &field) : true;
    if (!stated) {
      if (facts.required()) Refuse(at, "is required");
      return;
    }
    switch (field.cpp_type()) {
      case FieldDescriptor::CPPTYPE_INT32: CheckNumber(r.GetInt32(message, &field), facts, at); break;
      case FieldDescriptor::CPPTYPE_INT64:
        CheckNumber(static_cast<double>(r.GetInt64(message, &field)), facts, at);
        break;
      case FieldDescriptor::CPPTYPE_DOUBLE: CheckNumber(r.GetDouble(message, &field), facts, at); break;
      case FieldDescriptor::CPPTYPE_STRING: {
        const std::string text = r.GetString(message, &field);
        if (text.empty()) {
          if (facts.required()) Refuse(at, "is required");
          if (field.has_presence()) r.ClearField(&message, &field);
          break;
        }
        if (!CheckLength(text, facts, at) || facts.vocabulary().empty()) break;
        if (text.find(':') == std::string::npos) {
          CheckWord(text, facts.vocabulary(), at);
          break;
        }
        const std::vector<std::string> ids = ruleset_.vocabularies().Resolve(facts.vocabulary(), text);
        if (ids.empty()) {
          intake_.unrecognized.push_back(MakeRemark(
              at, text, In("code not known; treated as unknown", "登録のないコードです。未回答として扱います。")));
          r.ClearField(&message, &field);
        } else {
          r.SetString(&message, &field, ids.front());
        }
        break;
      }
      default: break;
    }
  }

  // `unit` is added to messages. True when the number is acceptable.
  bool CheckNumber(double number, const v1::FieldFacts& facts, const std::string& at) {
    if (!std::isfinite(number)) return Refuse(at, "must be a finite number"), false;
    const std::string unit = facts.unit().empty() ? "" : " " + facts.unit();
    if ((facts.has_minimum() && number < facts.minimum()) || (facts.has_maximum() && number > facts.maximum())) {
      std::string range = facts.has_minimum() && facts.has_maximum()
                              ? absl::StrCat("between ", Number(facts.minimum()), " and ", Number(facts.maximum()))
                          : facts.has_minimum() ? absl::StrCat("at least ", Number(facts.minimum()))
                                                : absl::StrCat("at most ", Number(facts.maximum()));
      Refuse(at, absl::StrCat("is ", Number(number), unit, ", must be ", range, unit));
      return false;
    }
    if ((facts.has_unusual_below() && number < facts.unusual_below()) ||
        (facts.has_unusual_above() && number > facts.unusual_above())) {
      intake_.warnings.push_back(
          MakeRemark(at, absl::StrCat(Number(number), unit),
                     In("unusual value; please check it", "めずらしい値です。入力をご確認ください。")));
    }
    return true;
  }

  void VisitMessage(Message& message, const FieldDescriptor& field, const v1::FieldFacts& facts,
                    const std::string& at) {
    Message& inner = *message.GetReflection()->MutableMessage(&message, &field);
    if (inner.GetDescriptor() == Timestamp::descriptor()) {
      CheckTime(static_cast<const Timestamp&>(inner), facts, at);
    } else if (inner.GetDescriptor() == v1::Measurement::descriptor()) {
      if (!TakeMeasurement(static_cast<v1::Measurement&>(inner), field, facts, at))
        message.GetReflection()->ClearField(&message, &field);
    } else if (inner.GetDescriptor() == v1::ConceptList::descriptor()) {
      TakeConcepts(static_cast<v1::ConceptList&>(inner), facts, at);
    } else {
      Visit(inner, at);
    }
  }

  void CheckTime(const Timestamp& time, const v1::FieldFacts& facts, const std::string& at) {
    if (time.nanos() < 0 || time.nanos() > 999999999 || time.seconds() < -62135596800 ||
        time.seconds() > 253402300799) {
      Refuse(at, "is not a time between the years 1 and 9999");
    } else if (!facts.may_be_future() && ToTime(time) > intake_.at) {
      Refuse(at, absl::StrCat("lies after the evaluation time ",
                              absl::FormatTime(absl::RFC3339_sec, intake_.at, absl::UTCTimeZone())));
    }
  }

  // False when the measurement can't be used; then it is too old, or refused.
  bool TakeMeasurement(v1::Measurement& measurement, const FieldDescriptor& field, const v1::FieldFacts& facts,
                       const std::string& at) {
    if (measurement.has_measured_at()) CheckTime(measurement.measured_at(), v1::FieldFacts(), at + ".measured_at");
    const auto* descriptor = v1::Measurement::descriptor();
    auto fits = [&](const char* name, const std::string& text) {
      return CheckLength(text, descriptor->FindFieldByName(name)->options().GetExtension(v1::field),
                         absl::StrCat(at, ".", name));
    };
    if (!fits("unit", measurement.unit()) || !fits("source", measurement.source())) return false;
    const std::string allowed = absl::StrJoin(UnitsFor(facts.unit(), field.name()), "`, `");
    if (measurement.unit().empty()) return Refuse(at + ".unit", absl::StrCat("is required: `", allowed, "`")), false;
    const std::optional<double> value =
        ConvertUnit(measurement.value(), measurement.unit(), facts.unit(), field.name());
    if (!value)
      return Refuse(at + ".unit",
                    absl::StrCat("`", measurement.unit(), "` can't be converted; accepted are `", allowed, "`")),
             false;
    if (!CheckNumber(*value, facts, at + ".value")) return false;
    if (facts.shelf_life_hours() > 0 && measurement.has_measured_at()) {
      const absl::Time measured = ToTime(measurement.measured_at());
      if (intake_.at - measured > absl::Hours(facts.shelf_life_hours())) {
        intake_.stale.push_back(
            MakeRemark(at, absl::FormatTime(absl::RFC3339_sec, measured, absl::UTCTimeZone()),
                       In(absl::StrCat("older than ", facts.shelf_life_hours(), " hours; treated as unknown"),
                          absl::StrCat(facts.shelf_life_hours(), "時間より前の測定です。未測定として扱います。"))));
        return false;
      }
    }
    measurement.set_value(*value);
    measurement.set_unit(facts.unit());
    return true;
  }

  void TakeConcepts(v1::ConceptList& list, const v1::FieldFacts& facts, const std::string& at) {
    const int most =
        v1::ConceptList::descriptor()->FindFieldByName("items")->options().GetExtension(v1::field).max_items();
    if (list.items_size() > most)
      return Refuse(at, absl::StrCat("has ", list.items_size(), " items; at most ", most, " are accepted"));
    std::set<std::string> ids;
    for (int i = 0; i < list.items_size(); ++i) {
      const std::string& item = list.items(i);
      const std::string place = absl::StrCat(at, "[", i, "]");
      if (!CheckLength(item, v1::FieldFacts(), place)) continue;
      if (item.find(':') == std::string::npos) {
        if (item == kUnrecognized || CheckWord(item, facts.vocabulary(), place)) ids.insert(item);
        continue;
      }
      const std::vector<std::string> resolved = ruleset_.vocabularies().Resolve(facts.vocabulary(), item);
      ids.insert(resolved.begin(), resolved.end());
      if (!resolved.empty()) continue;
      intake_.unrecognized.push_back(MakeRemark(
          place, item,
          In("code not known; counts as an unknown risk", "登録のないコードです。リスクが不明なものとして扱います。")));
      list.set_complete(false);
      if (ruleset_.vocabularies().Find(facts.vocabulary(), kUnrecognized) != nullptr)
        ids.insert(std::string(kUnrecognized));
    }
    list.mutable_items()->Assign(ids.begin(), ids.end());
  }

  // One of two languages.
  std::string In(std::string en, std::string ja) const { return locale_ == "ja" ? std::move(ja) : std::move(en); }

  const Ruleset& ruleset_;
  Intake& intake_;
  std::string_view locale_;
};

void CheckTogether(const Ruleset& ruleset, Intake& intake) {
  const v1::UserState& user = intake.user;
  const v1::Measurements& m = user.measurements();
  if (m.has_systolic_pressure() && m.has_diastolic_pressure() &&
      m.diastolic_pressure().value() >= m.systolic_pressure().value()) {
    intake.violations.push_back({"user.measurements.diastolic_pressure", "must be below the systolic pressure"});
  }
  absl::TimeZone zone;
  if (user.time_zone().size() <= 64 && !FindTimeZone(user.time_zone(), zone)) {
    intake.violations.push_back(
        {"user.time_zone", absl::StrCat("`", user.time_zone(), "` is no IANA time zone, such as `Asia/Tokyo`")});
  }
  for (int i = 0; i < user.declared_unknown_size(); ++i) {
    if (ruleset.user_schema().FindPath(user.declared_unknown(i)) == nullptr) {
      intake.violations.push_back(
          {absl::StrCat("user.declared_unknown[", i, "]"), absl::StrCat("no fact `", user.declared_unknown(i), "`")});
    }
  }
}

}  // namespace

Intake TakeIn(const v1::UserState& user, const Ruleset& ruleset, absl::Time now, std::string_view locale) {
  Intake intake;
  intake.user = user;
  if (!user.has_evaluation_time()) {
    const int64_t seconds = absl::ToUnixSeconds(now);
    intake.user.mutable_evaluation_time()->set_seconds(seconds);
    intake.user.mutable_evaluation_time()->set_nanos(
        static_cast<int32_t>(absl::ToInt64Nanoseconds(now - absl::FromUnixSeconds(seconds))));
  }
  intake.at = ToTime(intake.user.evaluation_time());
  if (user.time_zone().empty()) intake.user.set_time_zone("UTC");
  Walker(ruleset, intake, locale).Visit(intake.user, "user");
  CheckTogether(ruleset, intake);
  return intake;
}

void CheckFields(Message& message, const std::string& path, const Ruleset& ruleset, Intake& intake,
                 std::string_view locale) {
  Walker(ruleset, intake, locale).Visit(message, path);
}

}  // namespace myokine
