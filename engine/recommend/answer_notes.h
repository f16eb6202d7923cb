// What every kind of answer tells around its contents: when and from which pack, what the edge remarked, and once each
// the myokines and references that it names.
#ifndef MYOKINE_ENGINE_RECOMMEND_ANSWER_NOTES_H_
#define MYOKINE_ENGINE_RECOMMEND_ANSWER_NOTES_H_

#include <set>
#include <string>
#include <string_view>

#include "engine/recommend/inflammation_picture.h"
#include "engine/recommend/intake.h"
#include "engine/recommend/locale.h"
#include "engine/ruleset/ruleset.h"
#include "myokine/v1/recommendation.pb.h"

namespace myokine {

// Keys and ids that an answer names, in the order of the alphabet.
struct NamedNotes {
  std::set<std::string> references;
  std::set<std::string> myokines;

  void Cite(const google::protobuf::RepeatedPtrField<std::string>& keys) {
    references.insert(keys.begin(), keys.end());
  }
};

v1::MyokineNote NoteOf(const v1::MyokineModel& model, std::string_view locale);

// Locale, moment, pack, notice and remarks of the edge. `Response` is any answer that has these fields.
template <typename Response>
void AddFrame(const Ruleset& ruleset, const Intake& intake, std::string_view locale, Response& response) {
  response.set_locale(std::string(locale));
  *response.mutable_evaluation_time() = intake.user.evaluation_time();
  v1::PackVersion& version = *response.mutable_pack();
  version.set_id(ruleset.pack().pack().id());
  version.set_version(ruleset.pack().pack().version());
  version.set_digest(ruleset.digest());
  response.set_notice(Pick(ruleset.pack().pack().notice(), locale));
  for (const v1::Remark& remark : intake.unrecognized) *response.add_unrecognized() = remark;
  for (const v1::Remark& remark : intake.stale) *response.add_stale() = remark;
  for (const v1::Remark& remark : intake.warnings) *response.add_warnings() = remark;
}

// Inflammation at rest, with what it names.
template <typename Response>
void AddInflammation(const Ruleset& ruleset, const Activation& activation, std::string_view locale, NamedNotes& named,
                     Response& response) {
  *response.mutable_inflammation() = ReadInflammation(ruleset, activation, locale);
  for (const v1::SignReading& sign : response.inflammation().signs()) named.Cite(sign.references());
  for (const v1::SignMover& mover : response.inflammation().movers()) named.Cite(mover.references());
}

// The myokines, in the order of the pack, and the references that are named.
template <typename Response>
void AddNotes(const Ruleset& ruleset, const NamedNotes& named, std::string_view locale, Response& response) {
  for (const v1::MyokineModel& model : ruleset.pack().myokines()) {
    if (named.myokines.contains(model.id())) *response.add_myokines() = NoteOf(model, locale);
  }
  for (const std::string& key : named.references) {
    if (const v1::Reference* reference = ruleset.FindReference(key)) *response.add_references() = *reference;
  }
}

}  // namespace myokine

#endif  // MYOKINE_ENGINE_RECOMMEND_ANSWER_NOTES_H_
