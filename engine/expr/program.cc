#include "engine/expr/program.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "engine/expr/cost.h"

namespace myokine {
namespace {

// What takes longer than this is not worked out while a pack loads.
constexpr int64_t kMostFoldingCost = 10'000;

std::optional<Relation> RelationOf(const Checked& e) {
  if (e.op == Op::kEqual) return Relation::kEqual;
  if (e.op == Op::kNotEqual) return Relation::kNotEqual;
  if (e.op != Op::kCall) return std::nullopt;
  const std::string_view name = e.overload->name;
  if (name == "<") return Relation::kLess;
  if (name == "<=") return Relation::kLessEqual;
  if (name == ">") return Relation::kGreater;
  if (name == ">=") return Relation::kGreaterEqual;
  return std::nullopt;
}

// `65 <= x` is `x >= 65`.
Relation Turned(Relation relation) {
  switch (relation) {
    case Relation::kLess: return Relation::kGreater;
    case Relation::kLessEqual: return Relation::kGreaterEqual;
    case Relation::kGreater: return Relation::kLess;
    case Relation::kGreaterEqual: return Relation::kLessEqual;
    default: return relation;
  }
}

bool IsLoop(Op op) {
  return op == Op::kAll || op == Op::kExists || op == Op::kExistsOne || op == Op::kFilter || op == Op::kTransform;
}

}  // namespace

std::optional<Comparison> ComparisonOf(const Checked& checked) {
  std::optional<Relation> relation = RelationOf(checked);
  if (!relation || checked.args.size() != 2) return std::nullopt;
  const Checked* fact = checked.args[0].get();
  const Checked* number = checked.args[1].get();
  if (fact->op == Op::kLiteral) std::swap(fact, number), relation = Turned(*relation);
  if (fact->op != Op::kFact || number->op != Op::kLiteral || !number->type.IsNumber()) return std::nullopt;
  return Comparison{fact, number, *relation};
}

class ProgramBuilder {
 public:
  ProgramBuilder(Program& program, Arena& arena) : program_(program), arena_(arena) {}

  void Build(const Checked& checked) {
    Visit(checked);
    ThreadJumps();
  }

 private:
  size_t size() const { return program_.instructions_.size(); }
  int32_t here() const { return static_cast<int32_t>(size()); }

  // `change`: by how much the stack grows.
  Instruction& Emit(Code code, int change, int32_t a = 0, int32_t b = 0, uint8_t flag = 0) {
    depth_ += change;
    program_.most_values_ = std::max(program_.most_values_, static_cast<size_t>(std::max(depth_, 0)) + 1);
    program_.instructions_.push_back({code, flag, 0, a, b});
    return program_.instructions_.back();
  }
  int32_t Constant(Value value) {
    program_.constants_.push_back(value);
    return static_cast<int32_t>(program_.constants_.size()) - 1;
  }

  void Visit(const Checked& e) {
    if (e.op == Op::kLiteral) {
      Emit(Code::kPush, 1, Constant(e.literal));
      return;
    }
    if (IsConstant(e) && !IsLoop(e.op) && CostOf(e) <= kMostFoldingCost) return Folded(e);
    VisitAsIs(e);
  }

  // Works a constant part out.
  void Folded(const Checked& e) {
    Program part;
    ProgramBuilder(part, arena_).VisitAsIs(e);
    Activation nothing;
    nothing.arena = &arena_;
    Emit(Code::kPush, 1, Constant(part.Run(nothing)));
  }

  void VisitAsIs(const Checked& e) {
    switch (e.op) {
      case Op::kLiteral: Emit(Code::kPush, 1, Constant(e.literal)); return;
      case Op::kFact: EmitFact(Code::kFact, e); return;
      case Op::kHasFact: EmitFact(Code::kHasFact, e); return;
      case Op::kLocal: Emit(Code::kLocal, 1, e.index); return;
      case Op::kField: Operands(e), Emit(Code::kField, 0, e.index); return;
      case Op::kHasField: Operands(e), Emit(Code::kHasField, 0, e.index); return;
      case Op::kAnd: Logic(e, false); return;
      case Op::kOr: Logic(e, true); return;
      case Op::kNot: Operands(e), Emit(Code::kNot, 0); return;
      case Op::kTernary: Ternary(e); return;
      case Op::kEqual:
      case Op::kNotEqual:
        if (FactComparison(e)) return;
        Operands(e);
        Emit(e.op == Op::kEqual ? Code::kEqual : Code::kNotEqual, -1);
        return;
      case Op::kIn:
        if (WordInFact(e)) return;
        Operands(e);
        Emit(Code::kIn, -1);
        return;
      case Op::kIndex: Operands(e), Emit(Code::kIndex, -1); return;
      case Op::kHasKey: Operands(e), Emit(Code::kHasKey, -1); return;
      case Op::kList:
      case Op::kMap: {
        Operands(e);
        const int count = static_cast<int>(e.args.size());
        Emit(e.op == Op::kList ? Code::kList : Code::kMap, 1 - count, count);
        return;
      }
      case Op::kCall: Call(e); return;
      case Op::kAll:
      case Op::kExists:
      case Op::kExistsOne:
      case Op::kFilter:
      case Op::kTransform: Loop(e); return;
    }
  }

  void Operands(const Checked& e) {
    for (const auto& arg : e.args) Visit(*arg);
  }

  void EmitFact(Code code, const Checked& e) { Emit(code, 1, e.index).frame = static_cast<uint8_t>(e.frame); }

  void Logic(const Checked& e, bool decides) {
    Visit(*e.args[0]);
    const size_t decide = size();
    Emit(Code::kDecide, 0, 0, 0, decides);
    Visit(*e.args[1]);
    Emit(Code::kFold, -1, 0, 0, decides);
    program_.instructions_[decide].a = here();
  }

  void Ternary(const Checked& e) {
    Visit(*e.args[0]);
    const size_t branch = size();
    Emit(Code::kBranch, -1);
    Visit(*e.args[1]);
    const size_t jump = size();
    Emit(Code::kJump, -1);
    program_.instructions_[branch].a = here();
    Visit(*e.args[2]);
    program_.instructions_[branch].b = here();
    program_.instructions_[jump].a = here();
  }

  // A fact beside a number.
  bool FactComparison(const Checked& e) {
    const std::optional<Comparison> comparison = ComparisonOf(e);
    if (!comparison) return false;
    Instruction& instruction = Emit(Code::kCompareFact, 1, comparison->fact->index,
                                    Constant(comparison->number->literal), static_cast<uint8_t>(comparison->relation));
    instruction.frame = static_cast<uint8_t>(comparison->fact->frame);
    return true;
  }

  bool WordInFact(const Checked& e) {
    const Checked &word = *e.args[0], &list = *e.args[1];
    const bool fits = word.op == Op::kLiteral && word.type.kind == TypeKind::kString && list.op == Op::kFact &&
                      list.type.kind == TypeKind::kList;
    if (!fits) return false;
    Emit(Code::kFactIn, 1, list.index, Constant(word.literal)).frame = static_cast<uint8_t>(list.frame);
    return true;
  }

  void Call(const Checked& e) {
    if (FactComparison(e)) return;
    if (e.overload->name == "matches" && e.args[1]->op == Op::kLiteral) {
      std::string why;
      std::shared_ptr<const Pattern> pattern = Pattern::Compile(std::get<std::string_view>(e.args[1]->literal), why);
      if (pattern != nullptr) {
        Visit(*e.args[0]);
        Emit(Code::kMatches, 0, static_cast<int32_t>(program_.patterns_.size()));
        program_.patterns_.push_back(std::move(pattern));
        return;
      }
    }
    Operands(e);
    const bool lists =
        !TakesPartialLists(*e.overload) &&
        std::any_of(e.args.begin(), e.args.end(), [](const auto& arg) { return arg->type.kind == TypeKind::kList; });
    const int count = static_cast<int>(e.args.size());
    Emit(Code::kCall, 1 - count, static_cast<int32_t>(program_.overloads_.size()), count, lists ? kWholeLists : 0);
    program_.overloads_.push_back(e.overload);
  }

  void Loop(const Checked& e) {
    Visit(*e.args[0]);
    const size_t loop = size();
    Emit(Code::kLoop, -1, 0, e.index, static_cast<uint8_t>(e.op));
    const int32_t body = here();
    Visit(*e.args[1]);
    Emit(Code::kNext, 0, body);
    program_.instructions_[loop].a = here();
  }

  // `a && b && c` ends at once when `a` decides: a jump to a test that the same value passes goes on from there.
  void ThreadJumps() {
    for (size_t i = size(); i-- > 0;) {
      Instruction& from = program_.instructions_[i];
      if (from.code != Code::kDecide || static_cast<size_t>(from.a) >= size()) continue;
      const Instruction& to = program_.instructions_[static_cast<size_t>(from.a)];
      if (to.code == Code::kDecide && to.flag == from.flag) from.a = to.a;
    }
  }

  Program& program_;
  Arena& arena_;
  int depth_ = 0;
};

Program Program::Compile(const Checked& checked, Arena& arena) {
  Program program;
  ProgramBuilder(program, arena).Build(checked);
  return program;
}

std::string Program::ToString() const {
  static constexpr const char* kRelations[] = {"<", "<=", ">", ">=", "==", "!="};
  static constexpr const char* kFrameNames[] = {"user", "candidate", "dose", "part"};
  std::string text;
  for (size_t i = 0; i < instructions_.size(); ++i) {
    const Instruction& in = instructions_[i];
    const std::string fact = absl::StrCat(kFrameNames[in.frame], "#", in.a);
    auto constant = [this](int32_t index) { return myokine::ToString(constants_[static_cast<size_t>(index)]); };
    const char* logic = in.flag != 0 ? "||" : "&&";
    std::string line;
    switch (in.code) {
      case Code::kPush: line = absl::StrCat("push ", constant(in.a)); break;
      case Code::kFact: line = absl::StrCat("fact ", fact); break;
      case Code::kHasFact: line = absl::StrCat("has-fact ", fact); break;
      case Code::kLocal: line = absl::StrCat("local ", in.a); break;
      case Code::kField: line = absl::StrCat("field ", in.a); break;
      case Code::kHasField: line = absl::StrCat("has-field ", in.a); break;
      case Code::kNot: line = "not"; break;
      case Code::kDecide: line = absl::StrCat("decide ", logic, " -> ", in.a); break;
      case Code::kFold: line = absl::StrCat("fold ", logic); break;
      case Code::kBranch: line = absl::StrCat("branch -> ", in.a, ", unknown -> ", in.b); break;
      case Code::kJump: line = absl::StrCat("jump -> ", in.a); break;
      case Code::kEqual: line = "equal"; break;
      case Code::kNotEqual: line = "not-equal"; break;
      case Code::kIn: line = "in"; break;
      case Code::kIndex: line = "index"; break;
      case Code::kHasKey: line = "has-key"; break;
      case Code::kList: line = absl::StrCat("list ", in.a); break;
      case Code::kMap: line = absl::StrCat("map ", in.a); break;
      case Code::kCall:
        line = absl::StrCat("call ", myokine::ToString(*overloads_[static_cast<size_t>(in.a)]), " of ", in.b);
        break;
      case Code::kMatches: line = absl::StrCat("matches ", in.a); break;
      case Code::kCompareFact:
        line = absl::StrCat("compare ", fact, " ", kRelations[in.flag], " ", constant(in.b));
        break;
      case Code::kFactIn: line = absl::StrCat("contains ", fact, " ", constant(in.b)); break;
      case Code::kLoop: line = absl::StrCat("loop local ", in.b, ", end -> ", in.a); break;
      case Code::kNext: line = absl::StrCat("next -> ", in.a); break;
    }
    absl::StrAppend(&text, i, " ", line, "\n");
  }
  return text;
}

}  // namespace myokine
