// UTF-8: what may stand in a file, and how to shorten it.
#ifndef MYOKINE_ENGINE_PACK_UTF8_H_
#define MYOKINE_ENGINE_PACK_UTF8_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace myokine {

// The first byte that is not part of a well-formed UTF-8 character (RFC 3629: no surrogates, nothing over-long), or
// that is a control character other than tab, line feed and carriage return; npos when there is none.
size_t FindBadByte(std::string_view text);

// `text` on one line, cut with `...` to at most `most` bytes between characters: for messages.
std::string Shorten(std::string_view text, size_t most = 40);

}  // namespace myokine

#endif  // MYOKINE_ENGINE_PACK_UTF8_H_
