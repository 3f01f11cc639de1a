#include "server/desk/deflection/list_notebook.hpp"

namespace fifteen::desk {

void ListNotebook::note(ListNoted noted, Instant now) {
  const std::lock_guard lock(mutex_);
  auto page = pages_.find(noted.session);
  if (page == pages_.end()) {
    if (pages_.size() >= most_) std::erase_if(pages_, [](const auto& entry) { return entry.second.revision == 0; });
    if (pages_.size() >= most_) {
      ++dropped_;
      return;
    }
    page = pages_.try_emplace(noted.session).first;
  }
  ListsNoted& lists = page->second.noted;
  if (page->second.revision == 0) lists = {.newest = {}, .held_answers = false, .first_at = now, .last_at = now};
  lists.held_answers |= !noted.list.empty();
  lists.last_at = std::max(lists.last_at, now);
  lists.newest = std::move(noted);
  page->second.revision = ++revision_;
}

void ListNotebook::write(store::Session& sql, std::string_view session, Instant now) const {
  std::optional<ListsNoted> noted;
  {
    const std::lock_guard lock(mutex_);
    const auto page = pages_.find(session);
    if (page != pages_.end() && page->second.revision != 0) noted = page->second.noted;
  }
  if (noted) note_lists(sql, *noted, now);
}

std::vector<ListNotebook::Entry> ListNotebook::unwritten(std::size_t limit) const {
  const std::lock_guard lock(mutex_);
  std::vector<Entry> entries;
  for (const auto& [session, page] : pages_)
    if (page.revision != 0 && entries.size() < limit) entries.push_back({page.noted, page.revision});
  return entries;
}

void ListNotebook::set_written(const std::vector<Entry>& entries) {
  const std::lock_guard lock(mutex_);
  for (const Entry& entry : entries) {
    const auto page = pages_.find(entry.noted.newest.session);
    if (page != pages_.end() && page->second.revision == entry.revision) page->second.revision = 0;
  }
}

std::int64_t ListNotebook::dropped() const {
  const std::lock_guard lock(mutex_);
  return dropped_;
}

}  // namespace fifteen::desk
