#include "server/domain/mention.hpp"

#include <algorithm>

namespace fifteen {
namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

// Letters of every script: all bytes beyond ASCII.
bool is_of_a_word(char c) {
  return static_cast<unsigned char>(c) >= 0x80 || (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9') ||
         c == '_';
}

bool begins_with(std::string_view text, std::string_view name) {
  if (name.empty() || text.size() < name.size()) return false;
  if (!std::ranges::equal(text.substr(0, name.size()), name, {}, lower, lower)) return false;
  return text.size() == name.size() || !is_of_a_word(text[name.size()]);
}

std::string_view first_word(std::string_view name) {
  return name.substr(0, name.find(' '));
}

bool same(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, lower, lower);
}

bool is_only_one_so_called(std::string_view word, std::span<const Mentionable> people) {
  return std::ranges::count_if(people, [&](const Mentionable& p) { return same(first_word(p.name), word); }) == 1;
}

// The one that the longest name stands for; 0: nobody, or more than one.
AgentId named_at(std::string_view text, std::span<const Mentionable> people) {
  AgentId found;
  std::size_t length = 0;
  const auto offer = [&](AgentId agent, std::string_view name) {
    if (!begins_with(text, name) || name.size() < length) return;
    found = name.size() == length && found != agent ? AgentId() : agent;
    length = name.size();
  };
  for (const Mentionable& person : people) {
    offer(person.agent, person.email);
    offer(person.agent, person.name);
    const std::string_view before_at = std::string_view(person.email).substr(0, person.email.find('@'));
    if (!same(before_at, person.name)) offer(person.agent, before_at);
    const std::string_view first = first_word(person.name);
    if (!same(first, before_at) && !same(first, person.name) && is_only_one_so_called(first, people))
      offer(person.agent, first);
  }
  return found;
}

}  // namespace

std::vector<AgentId> mentioned(std::string_view text, std::span<const Mentionable> people) {
  std::vector<AgentId> found;
  for (std::size_t at = 0; (at = text.find('@', at)) != std::string_view::npos; ++at) {
    if (at > 0 && is_of_a_word(text[at - 1])) continue;
    const AgentId agent = named_at(text.substr(at + 1), people);
    if (agent && std::ranges::find(found, agent) == found.end()) found.push_back(agent);
  }
  return found;
}

}  // namespace fifteen
