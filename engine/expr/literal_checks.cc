#include "engine/expr/literal_checks.h"

#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "engine/expr/pattern.h"
#include "engine/expr/time_zone.h"

namespace myokine {

bool CheckLiteralArguments(const Node& call, const std::vector<std::unique_ptr<Checked>>& args,
                           const Overload& overload, std::vector<ExprMistake>& mistakes) {
  if (args.empty() || args.back()->op != Op::kLiteral || args.back()->type.kind != TypeKind::kString) return true;
  const auto text = std::get<std::string_view>(args.back()->literal);
  auto fail = [&](std::string code, std::string message, std::string hint = "") {
    mistakes.push_back({call.args.back()->span, std::move(code), std::move(message), std::move(hint), true});
    return false;
  };
  if (overload.result == 'D' || overload.result == 'T') {
    if (overload.params != "s") return true;
    Arena arena;
    const Value value = overload.function({args.back()->literal}, arena);
    if (!IsError(value)) return true;
    const bool duration = overload.result == 'D';
    return fail(duration ? "bad-duration" : "bad-timestamp",
                absl::StrCat("`", std::string(text), "`: ", std::string(std::get<Error>(value).message)));
  }
  if (overload.name == "matches") {
    std::string why;
    if (Pattern::Compile(text, why) != nullptr) return true;
    return fail("bad-pattern", absl::StrCat("`", std::string(text), "`: ", why),
                "patterns are written as RE2 has them");
  }
  if (overload.params == "Ts") {
    absl::TimeZone zone;
    if (FindTimeZoneOrOffset(text, zone)) return true;
    return fail("bad-time-zone", absl::StrCat("unknown time zone `", std::string(text), "`"),
                "write it as `Asia/Tokyo` or `+09:00`");
  }
  return true;
}

}  // namespace myokine
