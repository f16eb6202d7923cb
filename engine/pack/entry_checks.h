// What must hold within one entry of a pack, beyond the options of its fields.
#ifndef MYOKINE_ENGINE_PACK_ENTRY_CHECKS_H_
#define MYOKINE_ENGINE_PACK_ENTRY_CHECKS_H_

#include "engine/expr/issue.h"
#include "engine/pack/source_map.h"
#include "myokine/v1/rule_pack.pb.h"

namespace myokine {

// Checks
//
// - rules: a grade with a reference, or a claim; a rule with boost, prescribe, limit, block or caution needs a target,
// and a
//   rule with a target needs one of these, in its effects or in those of `on_unknown`; `on_unknown` says what to do
//   with an action or with effects, not with both; a rule with `safety: true` has it;
// - variables: the id is a name in expressions (letters, digits, `_`), and the range is not empty;
// - axes: the range is not empty;
// - meals: the fields that are derived when the pack is loaded are left out.
//
// Ranges of doses and shapes of curves are checked where they are used, in ruleset/ and response/.
// Codes: `missing-evidence`, `missing-target`, `idle-target`, `missing-on-unknown`, `on-unknown`, `bad-identifier`,
// `bad-range`, `derived-field`.
void CheckEntries(const v1::RulePack& pack, const SourceMap& sources, Issues& issues);

}  // namespace myokine

#endif  // MYOKINE_ENGINE_PACK_ENTRY_CHECKS_H_
