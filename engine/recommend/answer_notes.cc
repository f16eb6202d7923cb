#include "engine/recommend/answer_notes.h"

namespace myokine {

const std::string& AnswerNotes::TextOf(const AppliedEffect& applied, const v1::Text& own) const {
  if (!own.en().empty()) return Pick(own, locale_);
  const v1::Rule& rule = RuleAt(applied.rule);
  if (applied.because_unknown && rule.on_unknown().has_text()) return Pick(rule.on_unknown().text(), locale_);
  return Pick(rule.text(), locale_);
}

v1::Statement AnswerNotes::StatementOf(const AppliedEffect& applied, const v1::Text& own) {
  v1::Statement statement;
  statement.set_rule(RuleAt(applied.rule).id());
  statement.set_text(TextOf(applied, own));
  NameRule(applied.rule);
  return statement;
}

v1::DispositionReason AnswerNotes::ReasonOf(const AppliedEffect& applied) {
  const v1::Referral& refer = applied.effect->effect->refer();
  v1::DispositionReason reason;
  reason.set_disposition(refer.to());
  reason.set_rule(RuleAt(applied.rule).id());
  reason.set_text(TextOf(applied, refer.text()));
  reason.set_because_unknown(applied.because_unknown);
  NameRule(applied.rule);
  return reason;
}

v1::RuleNote AnswerNotes::NoteOf(int index) {
  const v1::Rule& rule = RuleAt(index);
  v1::RuleNote note;
  note.set_id(rule.id());
  note.set_because_unknown(outcome_.applied_because_unknown.Has(static_cast<size_t>(index)));
  note.set_text(
      Pick(note.because_unknown() && rule.on_unknown().has_text() ? rule.on_unknown().text() : rule.text(), locale_));
  *note.mutable_claims() = rule.claims();
  *note.mutable_evidence() = rule.evidence();
  Cite(rule.evidence().outcome().references());
  Cite(rule.evidence().mechanism().references());
  return note;
}

v1::MyokineNote AnswerNotes::NoteOf(const v1::MyokineModel& model) const {
  v1::MyokineNote note;
  note.set_id(model.id());
  note.set_name(Pick(model.name(), locale_));
  note.set_summary(Pick(model.summary(), locale_));
  note.set_disagreement(Pick(model.disagreement(), locale_));
  note.set_assay_note(Pick(model.assay_note(), locale_));
  note.set_no_number(Pick(model.no_number(), locale_));
  return note;
}

}  // namespace myokine
