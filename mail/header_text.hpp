#pragma once
#include <string>
#include <string_view>
#include <vector>

// What stands in header values: encoded words, message ids, parameters. All input hostile, all output clean UTF-8.
namespace fifteen::mail {

// RFC 2047, and what is met in its place: blanks inside a word, words that touch text, characters cut in two between
// words. Raw 8-bit text is UTF-8 (RFC 6532) or unknown (U+FFFD): a few bytes are too few to guess by. One line.
std::string decode_header(std::string_view raw);

// The ids of Message-ID, In-Reply-To or References, without <>, in order, each once. Blanks inside an id go. A value
// without any <> counts where a word of it holds an @.
std::vector<std::string> message_ids(std::string_view value, std::size_t max_count);

// A file name as one may be saved and shown: decoded, no path, no control or direction-changing characters, at most 200
// bytes.
std::string safe_file_name(std::string_view decoded);

// "%XX" as in RFC 2231 values.
std::string percent_decode(std::string_view text);

}  // namespace fifteen::mail
