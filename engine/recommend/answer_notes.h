// What every kind of answer tells around its contents: when and from which pack, how the person stands and what to do
// at once, what the edge remarked, and once each the rules, myokines and references that it names.
#ifndef MYOKINE_ENGINE_RECOMMEND_ANSWER_NOTES_H_
#define MYOKINE_ENGINE_RECOMMEND_ANSWER_NOTES_H_

#include <set>
#include <string>
#include <string_view>

#include "engine/recommend/inflammation_picture.h"
#include "engine/recommend/intake.h"
#include "engine/recommend/locale.h"
#include "engine/recommend/ranking.h"
#include "engine/recommend/rule_run.h"
#include "engine/ruleset/ruleset.h"
#include "myokine/v1/recommendation.pb.h"

namespace myokine {

// Gathers what one answer names. `Response` is any answer that has the fields that a function fills.
class AnswerNotes {
 public:
  // All of them must outlive this; `locale` is one that ResolveLocale gave.
  AnswerNotes(const Ruleset& ruleset, const Intake& intake, const RuleOutcome& outcome, std::string_view locale)
      : ruleset_(ruleset), intake_(intake), outcome_(outcome), locale_(locale) {}

  void NameRule(int rule) { rules_.insert(rule); }
  void NameMyokine(const std::string& id) { myokines_.insert(id); }
  void Cite(const google::protobuf::RepeatedPtrField<std::string>& keys) {
    references_.insert(keys.begin(), keys.end());
  }

  // What an effect says: its own text, else the rule's; when it applies for want of facts, the rule's text for that.
  const std::string& TextOf(const AppliedEffect& applied, const v1::Text& own) const;
  // The same as a statement; names the rule.
  v1::Statement StatementOf(const AppliedEffect& applied, const v1::Text& own);

  // Locale, moment, pack, notice, and remarks of the edge and the rules.
  template <typename Response>
  void AddFrame(Response& response) const {
    response.set_locale(std::string(locale_));
    *response.mutable_evaluation_time() = intake_.user.evaluation_time();
    v1::PackVersion& version = *response.mutable_pack();
    version.set_id(ruleset_.pack().pack().id());
    version.set_version(ruleset_.pack().pack().version());
    version.set_digest(ruleset_.digest());
    response.set_notice(Pick(ruleset_.pack().pack().notice(), locale_));
    for (const v1::Remark& remark : intake_.unrecognized) *response.add_unrecognized() = remark;
    for (const v1::Remark& remark : intake_.stale) *response.add_stale() = remark;
    for (const v1::Remark& remark : intake_.warnings) *response.add_warnings() = remark;
    for (const v1::Remark& remark : outcome_.failures) *response.add_warnings() = remark;
  }

  // The disposition with its reasons, and what to do at once.
  template <typename Response>
  void AddStanding(Response& response) {
    const std::vector<AppliedEffect> referrals = ReferralsOf(outcome_);
    response.set_disposition(DispositionOf(referrals));
    for (const AppliedEffect& applied : referrals) *response.add_reasons() = ReasonOf(applied);
    for (const AppliedEffect& applied : outcome_.answer_effects) {
      const v1::Effect& effect = *applied.effect->effect;
      if (effect.has_act_now()) *response.add_act_now() = StatementOf(applied, effect.act_now().text());
    }
  }

  // Inflammation at rest; after AddStanding. Where there is no training today, what would move it can wait.
  template <typename Response>
  void AddInflammation(const Activation& activation, Response& response) {
    v1::InflammationPicture& picture = *response.mutable_inflammation();
    picture = ReadInflammation(ruleset_, activation, locale_);
    if (response.disposition() >= v1::DISPOSITION_REST_TODAY) picture.clear_movers();
    for (const v1::SignReading& sign : picture.signs()) Cite(sign.references());
    for (const v1::SignMover& mover : picture.movers()) Cite(mover.references());
  }

  // All that was named, in the order of the pack; references in that of the alphabet.
  template <typename Response>
  void AddNotes(Response& response) {
    for (const int rule : rules_) *response.add_rules() = NoteOf(rule);
    for (const v1::MyokineModel& model : ruleset_.pack().myokines()) {
      if (myokines_.contains(model.id())) *response.add_myokines() = NoteOf(model);
    }
    for (const std::string& key : references_) {
      if (const v1::Reference* reference = ruleset_.FindReference(key)) *response.add_references() = *reference;
    }
  }

 private:
  v1::DispositionReason ReasonOf(const AppliedEffect& applied);
  // Cites what the rule rests on.
  v1::RuleNote NoteOf(int rule);
  v1::MyokineNote NoteOf(const v1::MyokineModel& model) const;
  const v1::Rule& RuleAt(int index) const { return *ruleset_.rules()[static_cast<size_t>(index)].rule; }

  const Ruleset& ruleset_;
  const Intake& intake_;
  const RuleOutcome& outcome_;
  const std::string_view locale_;
  std::set<int> rules_;  // in the order of the pack
  std::set<std::string> myokines_;
  std::set<std::string> references_;
};

}  // namespace myokine

#endif  // MYOKINE_ENGINE_RECOMMEND_ANSWER_NOTES_H_
