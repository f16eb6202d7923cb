// What every kind of answer tells around its contents: when and from which pack, how the person stands and what to do
// at once, what the edge remarked, and once each the rules, facts, myokines and references that it names.
#ifndef MYOKINE_ENGINE_RECOMMEND_ANSWER_NOTES_H_
#define MYOKINE_ENGINE_RECOMMEND_ANSWER_NOTES_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/types/span.h"
#include "engine/recommend/inflammation_picture.h"
#include "engine/recommend/intake.h"
#include "engine/recommend/ranking.h"
#include "engine/recommend/rule_run.h"
#include "engine/ruleset/bits.h"
#include "engine/ruleset/locale.h"
#include "engine/ruleset/ruleset.h"
#include "engine/ruleset/wire_writer.h"
#include "myokine/v1/recommendation.pb.h"

namespace myokine {

// Gathers what one answer names. Functions named Write put fields on the wire, those named Add into a message;
// `Response` is any answer that has the fields. Begun again, it does not allocate.
class AnswerNotes {
 public:
  AnswerNotes() = default;
  AnswerNotes(const Ruleset& ruleset, const Intake& intake, const RuleOutcome& outcome, const Activation& activation,
              std::string_view locale) {
    Begin(ruleset, intake, outcome, activation, locale);
  }
  // All of them must outlive the notes; `activation` holds the person's facts, `locale` is one that ResolveLocale gave.
  void Begin(const Ruleset& ruleset, const Intake& intake, const RuleOutcome& outcome, const Activation& activation,
             std::string_view locale);

  void NameRule(int rule) { rules_.Add(static_cast<size_t>(rule)); }
  void NameMyokine(size_t myokine) { myokines_.Add(myokine); }
  void NameMyokine(std::string_view id);
  void Cite(const std::string& key) {
    ruleset_->bibliography().Find(key, [this](uint32_t reference) { references_.Add(reference); });
  }
  void Cite(const google::protobuf::RepeatedPtrField<std::string>& keys) {
    for (const std::string& key : keys) Cite(key);
  }

  // What an effect says, as a Statement or a DispositionReason on the wire; names the rule.
  std::string_view StatementOf(const AppliedEffect& applied) {
    NameRule(applied.rule);
    return ruleset_->phrases(locale_).Statement(applied.effect->number, applied.because_unknown);
  }

  // Locale, moment, pack, notice, and remarks of the edge and the rules.
  template <typename Response>
  void WriteFrame(WireWriter& out) const {
    out.Text(Response::kLocaleFieldNumber, locale_);
    const google::protobuf::Timestamp& time = intake_->user.evaluation_time();
    out.Message(Response::kEvaluationTimeFieldNumber, [&] {
      out.Int(google::protobuf::Timestamp::kSecondsFieldNumber, time.seconds());
      out.Int(google::protobuf::Timestamp::kNanosFieldNumber, time.nanos());
    });
    const v1::PackInfo& pack = ruleset_->pack().pack();
    out.Message(Response::kPackFieldNumber, [&] {
      out.Text(v1::PackVersion::kIdFieldNumber, pack.id());
      out.Text(v1::PackVersion::kVersionFieldNumber, pack.version());
      out.Text(v1::PackVersion::kDigestFieldNumber, ruleset_->digest());
    });
    out.Text(Response::kNoticeFieldNumber, Pick(pack.notice(), locale_));
    for (const v1::Remark& remark : intake_->unrecognized) Write(Response::kUnrecognizedFieldNumber, remark, out);
    for (const v1::Remark& remark : intake_->stale) Write(Response::kStaleFieldNumber, remark, out);
    for (const v1::Remark& remark : intake_->warnings) Write(Response::kWarningsFieldNumber, remark, out);
    for (const v1::Remark& remark : outcome_->failures) Write(Response::kWarningsFieldNumber, remark, out);
  }

  // The disposition with its reasons, most serious first, and what to do at once.
  template <typename Response>
  void WriteStanding(absl::Span<const AppliedEffect> referrals, WireWriter& out) {
    out.Int(Response::kDispositionFieldNumber, DispositionOf(referrals));
    for (const AppliedEffect& applied : referrals) out.Bytes(Response::kReasonsFieldNumber, StatementOf(applied));
    for (const AppliedEffect& applied : outcome_->answer_effects) {
      if (applied.effect->effect->has_act_now()) out.Bytes(Response::kActNowFieldNumber, StatementOf(applied));
    }
  }

  // Inflammation at rest. Where there is no training today, what would move it can wait.
  template <typename Response>
  void WriteInflammation(v1::Disposition disposition, WireWriter& out) {
    v1::InflammationPicture picture = ReadInflammation(*ruleset_, activation_, locale_);
    if (disposition >= v1::DISPOSITION_REST_TODAY) picture.clear_movers();
    for (const v1::SignReading& sign : picture.signs()) Cite(sign.references());
    for (const v1::SignMover& mover : picture.movers()) Cite(mover.references());
    Write(Response::kInflammationFieldNumber, picture, out);
  }

  // All that was named, in the order of the pack; references in that of the alphabet.
  template <typename Response>
  void WriteNotes(WireWriter& out) {
    const Phrasebook& phrases = ruleset_->phrases(locale_);
    rules_.ForEach([&](size_t rule) {
      const bool because_unknown = outcome_->applied_because_unknown.Has(rule);
      out.Message(Response::kRulesFieldNumber, [&] {
        out.Raw(phrases.Rule(rule, because_unknown));
        WriteDecisions(rule, because_unknown, out);
      });
      for (const uint32_t reference : ruleset_->bibliography().OfRule(rule)) references_.Add(reference);
    });
    facts_.ForEach([&](size_t slot) {
      out.Message(Response::kFactsFieldNumber, [&] { WriteFact(static_cast<int>(slot), out); });
    });
    myokines_.ForEach([&](size_t myokine) { out.Bytes(Response::kMyokinesFieldNumber, phrases.Myokine(myokine)); });
    references_.ForEach([&](size_t reference) {
      out.Bytes(Response::kReferencesFieldNumber, ruleset_->bibliography().Reference(reference));
    });
  }

  // The same, into a message.
  template <typename Response>
  void AddFrame(Response& response) const {
    Add(response, [this](WireWriter& out) { WriteFrame<Response>(out); });
  }
  template <typename Response>
  void AddStanding(Response& response) {
    std::vector<AppliedEffect> referrals;
    AddReferrals(*outcome_, referrals);
    Add(response, [&](WireWriter& out) { WriteStanding<Response>(referrals, out); });
  }
  template <typename Response>
  void AddInflammation(Response& response) {
    Add(response, [&](WireWriter& out) { WriteInflammation<Response>(response.disposition(), out); });
  }
  template <typename Response>
  void AddNotes(Response& response) {
    Add(response, [this](WireWriter& out) { WriteNotes<Response>(out); });
  }

 private:
  static void Write(int field, const google::protobuf::Message& message, WireWriter& out) {
    out.Bytes(field, message.SerializeAsString());
  }
  template <typename Response, typename Fill>
  static void Add(Response& response, Fill fill) {
    WireWriter out;
    fill(out);
    Merge(out, response);
  }
  static void Merge(const WireWriter& written, google::protobuf::Message& message);
  // What decided that a rule applied; names the facts.
  void WriteDecisions(size_t rule, bool because_unknown, WireWriter& out);
  void WriteFact(int slot, WireWriter& out) const;

  const Ruleset* ruleset_ = nullptr;
  const Intake* intake_ = nullptr;
  const RuleOutcome* outcome_ = nullptr;
  Activation activation_;
  std::string_view locale_;
  Bits rules_, facts_, myokines_, references_;  // by place in the pack, by slot, by place in the pack, by key
  std::vector<Decision> decisions_;
};

}  // namespace myokine

#endif  // MYOKINE_ENGINE_RECOMMEND_ANSWER_NOTES_H_
