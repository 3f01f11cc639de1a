#include "server/http/routes.hpp"

#include <span>

#include "server/desk/portal/public_ticket.hpp"
#include "server/http/site.hpp"

namespace fifteen::http {
namespace {

using enum Method;
using enum Access;
using namespace routes;

constexpr bool any_page = true;
// Its files, its words and what stands between them.
constexpr std::size_t form_with_files = desk::largest_public_files + 512 * KiB;

constexpr Route table[] = {
    // Who am I; signing in and out
    {get, "/api/v1/session", person, Read{read_session}},
    {post, "/api/v1/session", anyone, Steps{sign_in}, 8 * KiB},
    {del, "/api/v1/session", person, Write{sign_out}},
    {put, "/api/v1/session/password", person, Steps{change_password}, 8 * KiB},
    {get, "/api/v1/session/digest", person, Read{read_digest_choice}},
    {put, "/api/v1/session/digest", person, Write{choose_digest}, 8 * KiB},
    {post, "/api/v1/password-resets", anyone, Write{ask_for_reset}, 8 * KiB},
    {get, "/api/v1/password-resets/{token}", anyone, Read{read_one_time_link}},
    {put, "/api/v1/password-resets/{token}", anyone, Steps{use_one_time_link}, 8 * KiB},

    // Tickets
    {get, "/api/v1/tickets", team, Read{list_tickets}},
    {post, "/api/v1/tickets", team, Write{open_ticket}, 1 * MiB},
    {get, "/api/v1/tickets/counts", team, Read{count_tickets}},
    {get, "/api/v1/tickets/{id}", team, Read{read_ticket}},
    {put, "/api/v1/tickets/{id}/closure", team, Write{close_ticket}},
    {del, "/api/v1/tickets/{id}/closure", team, Write{reopen_ticket}},
    {del, "/api/v1/tickets/{id}/last-close", team, Write{take_back_close}},
    {put, "/api/v1/tickets/{id}/assignee", team, Write{assign_ticket}},
    {put, "/api/v1/tickets/{id}/tags", team, Write{tag_ticket}},
    {put, "/api/v1/tickets/{id}/spam", team, Write{mark_spam}},
    {del, "/api/v1/tickets/{id}/spam", team, Write{unmark_spam}},
    {put, "/api/v1/tickets/{id}/merge", team, Write{merge_ticket}},
    {del, "/api/v1/tickets/{id}/merge", team, Write{unmerge_ticket}},
    {post, "/api/v1/tickets/{id}/parts", team, Write{split_ticket}},
    {put, "/api/v1/tickets/{id}/read", person, Write{mark_read}},
    {del, "/api/v1/tickets/{id}/read", person, Write{mark_unread}},
    {put, "/api/v1/tickets/{id}/draft", person, Write{keep_draft}, 1 * MiB},
    {del, "/api/v1/tickets/{id}/draft", person, Write{drop_draft}},
    {get, "/api/v1/tickets/{id}/suggestions", team, Read{likely_answers}},
    {post, "/api/v1/tickets/{id}/wrong-answers", team, Write{add_wrong_answer}, 8 * KiB},
    {get, "/api/v1/tickets/{id}/actions", team, Read{list_actions}},
    {get, "/api/v1/tickets/{id}/waits", team, Read{explain_waits}},
    {get, "/api/v1/tickets/{id}/asker", team, Read{read_asker}},

    // Messages and the mails behind them
    {get, "/api/v1/tickets/{id}/messages", team, Read{list_messages}},
    {post, "/api/v1/tickets/{id}/messages", team, Write{add_message}, 1 * MiB},
    {del, "/api/v1/messages/{id}", team, Write{undo_message}},
    {post, "/api/v1/messages/{id}/article", team, Write{save_answer_as_article}, 8 * KiB},
    {get, "/api/v1/messages/{id}/body", team, Read{read_mail_body}},
    {get, "/api/v1/messages/{id}/raw", team, Read{read_raw_mail}},
    {post, "/api/v1/attachments", team, Write{upload_attachment}, 25 * MiB},
    {get, "/api/v1/attachments/{id}", team, Read{download_attachment}},

    // Finding
    {get, "/api/v1/search", team, Read{search_all}},
    {get, "/api/v1/customers/{id}", team, Read{read_customer}},
    {del, "/api/v1/customers/{id}", admin, Write{erase_customer}},
    {put, "/api/v1/customers/{customer}", team, Write{identify_customer}},
    {post, "/api/v1/customers/{customer}/events", team, Write{add_customer_event}, 8 * KiB},
    {get, "/api/v1/surveys/{survey}/answers", team, Read{list_survey_answers}},
    {get, "/api/v1/suggestions", anyone, Read{suggest_answers}, 0, any_page},

    // Drafts of questions
    {post, "/api/v1/deflection-events", anyone, Write{note_draft_events}, 16 * KiB, any_page},

    // Articles
    {get, "/api/v1/articles", team, Read{list_articles}},
    {post, "/api/v1/articles", team, Write{add_article}, 2 * MiB},
    {get, "/api/v1/articles/{id}", team, Read{read_article}},
    {patch, "/api/v1/articles/{id}", team, Write{change_article}, 2 * MiB},
    {del, "/api/v1/articles/{id}", team, Write{delete_article}},
    {del, "/api/v1/articles/{id}/deletion", team, Write{undelete_article}},
    {put, "/api/v1/articles/{id}/publication", manager, Write{publish_article}},
    {del, "/api/v1/articles/{id}/publication", manager, Write{unpublish_article}},
    {del, "/api/v1/articles/{id}/redirects/{slug}", team, Write{drop_article_redirect}},
    {put, "/api/v1/articles/{id}/draft", person, Write{keep_article_draft}, 2 * MiB},
    {del, "/api/v1/articles/{id}/draft", person, Write{drop_article_draft}},
    {get, "/api/v1/articles/{id}/versions", team, Read{list_article_versions}},
    {post, "/api/v1/articles/{id}/versions", team, Write{bring_back_version}},
    {get, "/api/v1/articles/{id}/versions/{version}", team, Read{read_article_version}},
    {get, "/api/v1/articles/{id}/lessons", team, Read{list_lessons}},
    {put, "/api/v1/lessons/{id}/withdrawal", team, Write{take_lesson_back}},
    {del, "/api/v1/lessons/{id}/withdrawal", team, Write{give_lesson_again}},
    {post, "/api/v1/article-previews", team, Read{preview_article}, 2 * MiB},
    {get, "/api/v1/article-export", team, Read{export_articles}},
    {post, "/api/v1/article-imports", manager, Steps{import_articles}, 32 * MiB},
    {post, "/api/v1/article-pictures", team, Write{add_article_picture}, 5 * MiB},
    {get, "/api/v1/article-categories", team, Read{list_categories}},
    {post, "/api/v1/article-categories", manager, Write{add_category}},
    {put, "/api/v1/article-categories/order", manager, Write{order_categories}},
    {patch, "/api/v1/article-categories/{id}", manager, Write{change_category}},
    {del, "/api/v1/article-categories/{id}", manager, Write{remove_category}},

    // Reports
    {get, "/api/v1/reports/first-response", team, Read{report_first_response}},
    {get, "/api/v1/reports/response-times", team, Read{report_response_times}},
    {get, "/api/v1/reports/waits", team, Read{report_waits}},
    {get, "/api/v1/reports/waits.csv", team, Steps{export_waits_csv}},
    {get, "/api/v1/reports/waits.jsonl", team, Steps{export_waits_json}},
    {get, "/api/v1/reports/deflection", manager, Read{report_deflection}},
    {get, "/api/v1/reports/people-needed", manager, Read{report_people_needed}},

    {get, "/api/v1/ratings", team, Read{list_ratings}},

    // Ideas
    {get, "/api/v1/ideas", team, Read{list_ideas}},
    {post, "/api/v1/ideas", team, Write{add_idea}},
    {get, "/api/v1/ideas.csv", team, Read{export_ideas}},
    {get, "/api/v1/ideas/{id}", team, Read{read_idea}},
    {patch, "/api/v1/ideas/{id}", team, Write{change_idea}},
    {put, "/api/v1/ideas/{id}/state", team, Write{move_idea}},
    {put, "/api/v1/ideas/{id}/answer", team, Write{answer_idea}},
    {del, "/api/v1/ideas/{id}/answer", team, Write{unanswer_idea}},
    {put, "/api/v1/ideas/{id}/spam", team, Write{hide_idea}},
    {del, "/api/v1/ideas/{id}/spam", team, Write{show_idea}},
    {put, "/api/v1/ideas/{id}/merge", team, Write{merge_idea}},
    {del, "/api/v1/ideas/{id}/merge", team, Write{unmerge_idea}},
    {get, "/api/v1/ideas/{id}/votes", team, Read{list_voters}},
    {post, "/api/v1/ideas/{id}/votes", team, Write{add_vote}},
    {del, "/api/v1/ideas/{id}/votes/{voter}", team, Write{remove_vote}},
    {put, "/api/v1/ideas/{id}/tickets/{ticket}", team, Write{link_ticket}},
    {del, "/api/v1/ideas/{id}/tickets/{ticket}", team, Write{unlink_ticket}},
    {get, "/api/v1/tickets/{id}/ideas", team, Read{list_ideas_of_ticket}},
    {get, "/api/v1/customers/{id}/ideas", team, Read{list_ideas_of_customer}},

    // Saved replies
    {get, "/api/v1/saved-replies", team, Read{list_saved_replies}},
    {post, "/api/v1/saved-replies", manager, Write{add_saved_reply}},
    {patch, "/api/v1/saved-replies/{id}", manager, Write{change_saved_reply}},
    {del, "/api/v1/saved-replies/{id}", manager, Write{remove_saved_reply}},

    // What one is told
    {get, "/api/v1/notifications", person, Read{list_notifications}},
    {put, "/api/v1/notifications/read", person, Write{read_notifications}},
    {get, "/api/v1/notice-choices", person, Read{read_notice_choices}},
    {put, "/api/v1/notice-choices", person, Write{change_notice_choices}},

    // Settings
    {get, "/api/v1/agents", team, Read{list_agents}},
    {post, "/api/v1/agents", admin, Write{add_agent}},
    {patch, "/api/v1/agents/{id}", admin, Write{change_agent}},
    {put, "/api/v1/agents/{id}/invitation", admin, Write{invite_agent}},
    {get, "/api/v1/mailboxes", team, Read{list_mailboxes}},
    {post, "/api/v1/mailboxes", admin, Write{add_mailbox}},
    {patch, "/api/v1/mailboxes/{id}", admin, Write{change_mailbox}},
    {get, "/api/v1/schedules", admin, Read{list_schedules}},
    {post, "/api/v1/schedules", admin, Write{add_schedule}},
    {post, "/api/v1/schedules/calendar", admin, Read{read_calendar}, 1 * MiB},
    {post, "/api/v1/schedules/preview", admin, Read{preview_hours}},
    {get, "/api/v1/schedules/{id}", admin, Read{read_schedule}},
    {patch, "/api/v1/schedules/{id}", admin, Write{change_schedule}},
    {del, "/api/v1/schedules/{id}", admin, Write{remove_schedule}},
    {post, "/api/v1/schedules/{id}/versions", admin, Write{add_version}},
    {put, "/api/v1/schedules/{id}/versions/{from}", admin, Write{replace_version}},
    {del, "/api/v1/schedules/{id}/versions/{from}", admin, Write{remove_version}},
    {put, "/api/v1/schedules/{id}/calendar", admin, Write{set_calendar}},
    {del, "/api/v1/schedules/{id}/calendar", admin, Write{remove_calendar}},
    {get, "/api/v1/targets", admin, Read{list_targets}},
    {post, "/api/v1/targets", admin, Write{add_target}},
    {del, "/api/v1/targets/{id}", admin, Write{end_target}},
    {get, "/api/v1/suggestion-threshold", admin, Read{read_suggestion_threshold}},
    {put, "/api/v1/suggestion-threshold", admin, Write{change_suggestion_threshold}},
    {patch, "/api/v1/deflection", manager, Write{change_deflection}, 8 * KiB},
    {get, "/api/v1/tokens", admin, Read{list_tokens}},
    {post, "/api/v1/tokens", admin, Write{add_token}},
    {del, "/api/v1/tokens/{id}", admin, Write{revoke_token}},
    {get, "/api/v1/outgoing", admin, Read{list_outgoing}},
    {put, "/api/v1/outgoing/{id}/retry", admin, Write{retry_outgoing}},
    {get, "/api/v1/incoming", admin, Read{list_incoming}},
    {get, "/api/v1/brands", admin, Read{list_brands}},
    {post, "/api/v1/brands", admin, Write{add_brand}},
    {patch, "/api/v1/brands/{id}", admin, Write{change_brand}},
    {del, "/api/v1/brands/{id}", admin, Write{remove_brand}},
    {get, "/api/v1/brands/{id}/logo", admin, Read{read_logo}},
    {put, "/api/v1/brands/{id}/logo", admin, Write{set_logo}},
    {del, "/api/v1/brands/{id}/logo", admin, Write{remove_logo}},
    {get, "/api/v1/webhooks", admin, Read{list_webhooks}},
    {post, "/api/v1/webhooks", admin, Write{add_webhook}},
    {patch, "/api/v1/webhooks/{id}", admin, Write{change_webhook}},
    {del, "/api/v1/webhooks/{id}", admin, Write{remove_webhook}},
    {post, "/api/v1/webhooks/{id}/tests", admin, Write{test_webhook}},
    {get, "/api/v1/webhooks/{id}/deliveries", admin, Read{list_deliveries}},
    {get, "/api/v1/widget-keys", admin, Read{list_widget_keys}},
    {post, "/api/v1/widget-keys", admin, Write{add_widget_key}},
    {patch, "/api/v1/widget-keys/{id}", admin, Write{change_widget_key}},
    {del, "/api/v1/widget-keys/{id}", admin, Write{remove_widget_key}},
    {post, "/api/v1/widget-keys/{id}/secret", admin, Write{rotate_widget_secret}},

    // The widget, on pages of any site
    {get, "/widget.js", anyone, Direct{widget_script}},
    {get, "/widget-panel.js", anyone, Direct{widget_panel}},
    {get, "/api/v1/widget/start", anyone, Read{start_widget}, 0, any_page},
    {get, "/api/v1/widget/articles/{article}", anyone, Read{read_widget_article}, 0, any_page},
    {post, "/api/v1/widget/answers", anyone, Read{list_own_questions}, 16 * KiB, any_page},
    {post, "/api/v1/widget/questions", anyone, Write{ask_by_widget}, 8 * MiB, any_page},
    {get, "/api/v1/widget/questions/{token}", anyone, Read{read_own_question}, 0, any_page},
    {post, "/api/v1/widget/questions/{token}/messages", anyone, Write{reply_to_own_question}, 8 * MiB, any_page},
    {post, "/api/v1/widget/questions/{token}/solution", anyone, Write{solve_own_question}, 8 * KiB, any_page},
    {post, "/api/v1/widget/questions/{token}/rating", anyone, Write{rate_own_question}, 16 * KiB, any_page},
    {post, "/api/v1/widget/events", anyone, Write{track_events}, 64 * KiB, any_page},
    {post, "/api/v1/widget/surveys", anyone, Write{take_survey}, 16 * KiB, any_page},
    {get, "/api/v1/widget/ideas", anyone, Read{ideas_for_widget}, 256 * KiB, any_page},
    {post, "/api/v1/widget/ideas", anyone, Write{post_by_widget}, 32 * KiB, any_page},
    {post, "/api/v1/widget/ideas/{number}/votes", anyone, Write{vote_by_widget}, 16 * KiB, any_page},

    // Live updates
    {get, "/api/v1/live", person, Steps{live}},
    {get, "/api/v1/live/public", anyone, Steps{live_public}, 0, any_page},

    // The program itself
    {get, "/healthz", anyone, Direct{health}},
    {get, "/readyz", anyone, Read{readiness}},
    {get, "/metrics", anyone, Steps{metrics}},
    {get, "/api/v1/openapi.json", anyone, Direct{openapi}},
    {get, "/assets/{file}", anyone, Direct{asset}},

    // Agents' pages: each sends who is not signed in to /signin
    {get, "/", anyone, Read{app_page}},
    {get, "/inbox/{view}", anyone, Read{app_page}},
    {get, "/t/{number}", anyone, Read{app_page}},
    {get, "/ideas", anyone, Read{app_page}},
    {get, "/ideas/{number}", anyone, Read{app_page}},
    {get, "/reports", anyone, Read{app_page}},
    {get, "/reports/deflection", anyone, Read{app_page}},
    {get, "/articles", anyone, Read{app_page}},
    {get, "/articles/{page...}", anyone, Read{app_page}},
    {get, "/settings", anyone, Read{app_page}},
    {get, "/settings/{page...}", anyone, Read{app_page}},
    {get, "/signin", anyone, Read{app_page_of_stranger}},
    {get, "/welcome/{token}", anyone, Read{app_page_of_stranger}},
    {get, "/reset", anyone, Read{app_page_of_stranger}},
    {get, "/reset/{token}", anyone, Read{app_page_of_stranger}},

    // Customers' pages
    {get, "/help", anyone, Read{help_page}},
    {get, "/help/contact", anyone, Read{contact_page}},
    {post, "/help/contact", anyone, Write{ask_question}, form_with_files},
    {get, "/help/questions", anyone, Read{my_questions_page}},
    {post, "/help/questions", anyone, Write{mail_my_questions}, 8 * KiB},
    {get, "/help/sent", anyone, Read{sent_page}},
    {get, "/help/widget-example", anyone, Read{widget_example}},
    {get, "/help/sitemap.xml", anyone, Read{sitemap}},
    {get, "/help/categories/{category...}", anyone, Read{category_page}},
    {get, "/help/pictures/{name}", anyone, Read{article_picture}, 0, any_page},
    {get, "/help/ideas", anyone, Read{ideas_page}},
    {post, "/help/ideas", anyone, Write{post_idea}, 32 * KiB},
    {get, "/help/ideas/sent", anyone, Read{wish_sent_page}},
    {get, "/help/ideas/confirm/{token}", anyone, Read{voter_page}},
    {post, "/help/ideas/confirm/{token}", anyone, Write{press_as_voter}, 16 * KiB},
    {get, "/help/ideas/mails/{token}", anyone, Read{idea_mails_page}},
    {post, "/help/ideas/mails/{token}", anyone, Write{leave_idea_mails}, 16 * KiB},
    {get, "/help/ideas/{number}", anyone, Read{idea_page}},
    {post, "/help/ideas/{number}/votes", anyone, Write{vote_for_idea}, 16 * KiB},
    {get, "/help/{slug}", anyone, Read{article_page}},
    {post, "/help/{slug}/feedback", anyone, Write{give_feedback}, 8 * KiB},
    {get, "/robots.txt", anyone, Direct{robots}},
    {get, "/api/v1/usual-answer-time", anyone, Read{usual_answer_time}},
    {get, "/rate/{token}", anyone, Read{rating_page}},
    {get, "/rate/{token}/{choice}", anyone, Read{rating_page}},
    {post, "/rate/{token}", anyone, Write{give_rating}, 32 * KiB},
    {get, "/solved/{token}", anyone, Read{solved_page}},
    {post, "/solved/{token}", anyone, Write{press_solved}, 8 * KiB},
    {post, "/rate/{token}/link", anyone, Write{mail_rating_link}, 8 * KiB},
    {get, "/q/{token}", anyone, Read{question_page}},
    {post, "/q/{token}", anyone, Write{reply_to_question}, form_with_files},
    {post, "/q/{token}/solution", anyone, Write{solve_question}, 8 * KiB},
    {post, "/q/{token}/rating", anyone, Write{rate_question}, 8 * KiB},
    {post, "/q/{token}/link", anyone, Write{mail_question_link}, 8 * KiB},
    {get, "/q/{token}/files/{id}", anyone, Read{question_file}},
    {get, "/brand/{id}/{version}", anyone, Read{brand_style}},
};

}  // namespace

std::span<const Route> all_routes() {
  return table;
}

}  // namespace fifteen::http
