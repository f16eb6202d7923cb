#include "engine/recommend/answer_notes.h"

namespace myokine {

v1::MyokineNote NoteOf(const v1::MyokineModel& model, std::string_view locale) {
  v1::MyokineNote note;
  note.set_id(model.id());
  note.set_name(Pick(model.name(), locale));
  note.set_summary(Pick(model.summary(), locale));
  note.set_disagreement(Pick(model.disagreement(), locale));
  note.set_assay_note(Pick(model.assay_note(), locale));
  note.set_no_number(Pick(model.no_number(), locale));
  return note;
}

}  // namespace myokine
