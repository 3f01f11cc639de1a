#include "server/store/widget_questions.hpp"

#include "server/store/columns.hpp"

namespace fifteen::store {
namespace {

std::vector<WidgetQuestion> select(Session& sql, const char* where, std::initializer_list<Bind> binds) {
  std::vector<WidgetQuestion> found;
  for (auto& [ticket, external_id, identity, page, created_at] :
       sql.all<TicketId, std::optional<std::string>, std::string, std::string, Instant>(
           std::string("SELECT ticket_id, external_id, identity, page, created_at FROM widget_questions ") + where,
           binds))
    found.push_back({ticket, std::move(external_id).value_or(""), std::move(identity), std::move(page), created_at});
  return found;
}

}  // namespace

void keep_widget_question(Session& sql, const WidgetQuestion& question) {
  sql.add_row("widget_questions",
              {{"ticket_id", question.ticket},
               {"external_id", question.external_id.empty() ? std::nullopt : std::optional(question.external_id)},
               {"identity", question.identity},
               {"page", clip(question.page, 1000)},
               {"created_at", question.created_at}});
}

std::optional<WidgetQuestion> find_widget_question(Session& sql, TicketId ticket) {
  auto found = select(sql, "WHERE ticket_id = :ticket", {{"ticket", ticket}});
  if (found.empty()) return {};
  return std::move(found.front());
}

std::vector<WidgetQuestion> widget_questions_of(Session& sql, std::string_view external_id, int limit) {
  // Index widget_questions_customer.
  return select(sql, "WHERE external_id = :customer ORDER BY ticket_id DESC LIMIT :limit",
                {{"customer", external_id}, {"limit", limit}});
}

}  // namespace fifteen::store
