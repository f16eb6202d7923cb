// What must hold within the vocabularies of a pack.
#ifndef MYOKINE_ENGINE_PACK_VOCABULARY_CHECKS_H_
#define MYOKINE_ENGINE_PACK_VOCABULARY_CHECKS_H_

#include "engine/expr/issue.h"
#include "engine/pack/source_map.h"
#include "myokine/v1/rule_pack.pb.h"

namespace myokine {

// Checks, within each vocabulary, that the wider concepts that a concept names are there and that none is wider than
// itself, and that a code is `system:code`, with a lower-case system, and stands at one concept only. Codes:
// `unknown-concept`, `cycle`, `bad-code`, `duplicate-code`.
void CheckVocabularies(const v1::RulePack& pack, const SourceMap& sources, Issues& issues);

}  // namespace myokine

#endif  // MYOKINE_ENGINE_PACK_VOCABULARY_CHECKS_H_
