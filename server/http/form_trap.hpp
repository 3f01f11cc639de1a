#pragma once
#include <string>

#include "server/base/clock.hpp"
#include "server/base/random.hpp"
#include "server/http/form.hpp"

// What tells a person from a machine that fills in every form it finds, without a riddle: a field that people don't
// see, and how long the form was open. It is no proof, so whoever falls into it is only asked to press once more.
namespace fifteen::http {

// For the hidden field "begun": when the form was shown, signed.
std::string begun_at(const Key& key, Instant shown);
// The field "website" is empty, and the form was shown by us at least two seconds ago.
bool looks_typed(const Key& key, const Form& form, Instant now);
// A value of "begun" for the form that asks to press once more.
std::string begun_long_ago(const Key& key, Instant now);

}  // namespace fifteen::http
