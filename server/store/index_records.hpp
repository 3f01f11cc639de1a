#pragma once
#include <vector>

#include "search/documents.hpp"
#include "server/store/session.hpp"

namespace fifteen::store {

// Records as the search index takes them. A reply that was taken back and a merged ticket's shell are not found again.

// The tickets of these ids that are to be found; one that is missing here is to be removed.
std::vector<search::Ticket> tickets_to_index(Session& sql, const std::vector<TicketId>& ids);
// By id, behind `after`: to build an index. Every ticket there is counts towards `limit`, so that fewer may come back;
// `last` is set to the last id looked at and stays 0 at the end.
std::vector<search::Ticket> tickets_to_index(Session& sql, TicketId after, int limit, TicketId& last);

std::vector<search::Article> articles_to_index(Session& sql, ArticleId after, int limit);
// No row: the article is gone.
std::vector<search::Article> article_to_index(Session& sql, ArticleId id);

}  // namespace fifteen::store
