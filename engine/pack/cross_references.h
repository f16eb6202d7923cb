// What can be checked of a pack only once all of it is there: that names name something.
#ifndef MYOKINE_ENGINE_PACK_CROSS_REFERENCES_H_
#define MYOKINE_ENGINE_PACK_CROSS_REFERENCES_H_

#include "engine/expr/issue.h"
#include "engine/pack/source_map.h"
#include "myokine/v1/rule_pack.pb.h"

namespace myokine {

// Walks the merged pack, scenarios and their user states included, and checks
//
// - that ids are unique in their list, and between exercises and meals, which share the ids of candidates;
// - `(field).refers_to`: the id is one of that list of the pack;
// - `(field).vocabulary`: the string, or each, is a concept of that vocabulary. The items of a ConceptList stand in the
//   vocabulary of the field that holds the list; those with a colon are codes of other systems and are not checked. The
//   vocabulary `candidate` means the ids of exercises and meals, and no pack may define it;
// - that of each oneof exactly one is given;
// - that a Text has both languages.
//
// When `complete` is false some file could not be read: then ids, concepts and vocabularies that are not there are not
// missed. Facts that paths and expressions name are checked later, with the expressions. Codes: `duplicate-id`,
// `unknown-id`, `unknown-concept`, `unknown-vocabulary`, `reserved-id`, `one-of`, `missing-translation`.
void CheckCrossReferences(const v1::RulePack& pack, bool complete, const SourceMap& sources, Issues& issues);

}  // namespace myokine

#endif  // MYOKINE_ENGINE_PACK_CROSS_REFERENCES_H_
