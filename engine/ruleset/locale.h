// Languages of texts.
#ifndef MYOKINE_ENGINE_RULESET_LOCALE_H_
#define MYOKINE_ENGINE_RULESET_LOCALE_H_

#include <string>
#include <string_view>

#include "myokine/v1/text.pb.h"

namespace myokine {

// The language of the pack, `en` or `ja`, for a BCP 47 tag: by its first part, whatever its case; English where the
// pack lacks it.
std::string_view ResolveLocale(std::string_view tag);

// The text in a language that ResolveLocale gave.
const std::string& Pick(const v1::Text& text, std::string_view locale);

}  // namespace myokine

#endif  // MYOKINE_ENGINE_RULESET_LOCALE_H_
