#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include "server/desk/team/access.hpp"
#include "server/http/route.hpp"

// Every handler, by the file that holds it.
namespace fifteen::http::routes {

template <class T>
using awaitable = boost::asio::awaitable<T, boost::asio::any_io_executor>;

// As whom the caller acts at the desk: an agent, or, for a token without one, the program itself.
desk::Actor actor_of(const Call& call);
// The language that the address names by ?lang=, if it is one of ours; else empty.
std::string_view chosen_language(const Call& call);
// That one, or the language of ours that the caller's Accept-Language asks for.
std::string_view language_of(const Call& call);

// routes_session.cpp: who am I, signing in and out, passwords
Reply read_session(store::Session& sql, const Call& call);
awaitable<Reply> sign_in(Site& site, Call call);
Reply sign_out(store::Session& sql, const Call& call);
awaitable<Reply> change_password(Site& site, Call call);
Reply ask_for_reset(store::Session& sql, const Call& call);
Reply read_one_time_link(store::Session& sql, const Call& call);
awaitable<Reply> use_one_time_link(Site& site, Call call);

// routes_system.cpp: is it alive, what are its figures, its description, its files
Reply health(const Call& call);
Reply readiness(store::Session& sql, const Call& call);
awaitable<Reply> metrics(Site& site, Call call);
Reply openapi(const Call& call);
Reply asset(const Call& call);

// routes_tickets.cpp
Reply list_tickets(store::Session& sql, const Call& call);
Reply count_tickets(store::Session& sql, const Call& call);
Reply read_ticket(store::Session& sql, const Call& call);
Reply open_ticket(store::Session& sql, const Call& call);
Reply close_ticket(store::Session& sql, const Call& call);
Reply reopen_ticket(store::Session& sql, const Call& call);
Reply take_back_close(store::Session& sql, const Call& call);
Reply assign_ticket(store::Session& sql, const Call& call);
Reply tag_ticket(store::Session& sql, const Call& call);
Reply mark_spam(store::Session& sql, const Call& call);
Reply unmark_spam(store::Session& sql, const Call& call);
Reply mark_read(store::Session& sql, const Call& call);
Reply mark_unread(store::Session& sql, const Call& call);
Reply keep_draft(store::Session& sql, const Call& call);
Reply drop_draft(store::Session& sql, const Call& call);

// routes_suggestion_threshold.cpp
Reply read_suggestion_threshold(store::Session& sql, const Call& call);
Reply change_suggestion_threshold(store::Session& sql, const Call& call);

// routes_lessons.cpp: what suggestions were taught
Reply list_lessons(store::Session& sql, const Call& call);
Reply take_lesson_back(store::Session& sql, const Call& call);
Reply give_lesson_again(store::Session& sql, const Call& call);

// routes_joining.cpp
Reply merge_ticket(store::Session& sql, const Call& call);
Reply unmerge_ticket(store::Session& sql, const Call& call);
Reply split_ticket(store::Session& sql, const Call& call);

// routes_messages.cpp
Reply list_messages(store::Session& sql, const Call& call);
Reply list_actions(store::Session& sql, const Call& call);
Reply add_message(store::Session& sql, const Call& call);
Reply undo_message(store::Session& sql, const Call& call);

// routes_waits.cpp
Reply explain_waits(store::Session& sql, const Call& call);

// routes_files.cpp: attachments and the mails behind messages
Reply upload_attachment(store::Session& sql, const Call& call);
Reply download_attachment(store::Session& sql, const Call& call);
Reply read_raw_mail(store::Session& sql, const Call& call);
Reply read_mail_body(store::Session& sql, const Call& call);

// routes_team.cpp: agents, mailboxes, tokens
Reply list_agents(store::Session& sql, const Call& call);
Reply add_agent(store::Session& sql, const Call& call);
Reply change_agent(store::Session& sql, const Call& call);
Reply invite_agent(store::Session& sql, const Call& call);
Reply list_mailboxes(store::Session& sql, const Call& call);
Reply add_mailbox(store::Session& sql, const Call& call);
Reply change_mailbox(store::Session& sql, const Call& call);
Reply list_tokens(store::Session& sql, const Call& call);
Reply add_token(store::Session& sql, const Call& call);
Reply revoke_token(store::Session& sql, const Call& call);

// routes_articles.cpp: writing the knowledge base
Reply list_articles(store::Session& sql, const Call& call);
Reply add_article(store::Session& sql, const Call& call);
Reply read_article(store::Session& sql, const Call& call);
Reply change_article(store::Session& sql, const Call& call);
Reply delete_article(store::Session& sql, const Call& call);
Reply undelete_article(store::Session& sql, const Call& call);
Reply publish_article(store::Session& sql, const Call& call);
Reply unpublish_article(store::Session& sql, const Call& call);
Reply drop_article_redirect(store::Session& sql, const Call& call);
Reply keep_article_draft(store::Session& sql, const Call& call);
Reply drop_article_draft(store::Session& sql, const Call& call);
Reply list_article_versions(store::Session& sql, const Call& call);
Reply read_article_version(store::Session& sql, const Call& call);
Reply bring_back_version(store::Session& sql, const Call& call);
Reply preview_article(store::Session& sql, const Call& call);
Reply add_article_picture(store::Session& sql, const Call& call);

// routes_article_files.cpp
awaitable<Reply> import_articles(Site& site, Call call);
Reply export_articles(store::Session& sql, const Call& call);

// routes_categories.cpp
Reply list_categories(store::Session& sql, const Call& call);
Reply add_category(store::Session& sql, const Call& call);
Reply change_category(store::Session& sql, const Call& call);
Reply remove_category(store::Session& sql, const Call& call);
Reply order_categories(store::Session& sql, const Call& call);

// routes_library.cpp: saved replies, suggestions, search, customers
Reply list_saved_replies(store::Session& sql, const Call& call);
Reply add_saved_reply(store::Session& sql, const Call& call);
Reply change_saved_reply(store::Session& sql, const Call& call);
Reply remove_saved_reply(store::Session& sql, const Call& call);

// routes_search.cpp
Reply find_articles(store::Session& sql, const Call& call);
Reply suggest_answers(store::Session& sql, const Call& call);
Reply likely_answers(store::Session& sql, const Call& call);
Reply search_all(store::Session& sql, const Call& call);
Reply read_customer(store::Session& sql, const Call& call);

// routes_erasures.cpp: the right to erasure
Reply erase_customer(store::Session& sql, const Call& call);

// routes_deflection.cpp: drafts of questions and what becomes of them
Reply note_draft_events(store::Session& sql, const Call& call);
Reply report_deflection(store::Session& sql, const Call& call);
Reply change_deflection(store::Session& sql, const Call& call);

// routes_reports.cpp
Reply report_first_response(store::Session& sql, const Call& call);
Reply report_response_times(store::Session& sql, const Call& call);
Reply report_waits(store::Session& sql, const Call& call);
awaitable<Reply> export_waits_csv(Site& site, Call call);
awaitable<Reply> export_waits_json(Site& site, Call call);
Reply report_people_needed(store::Session& sql, const Call& call);

// routes_hours.cpp: business hours and targets
Reply list_schedules(store::Session& sql, const Call& call);
Reply read_schedule(store::Session& sql, const Call& call);
Reply add_schedule(store::Session& sql, const Call& call);
Reply change_schedule(store::Session& sql, const Call& call);
Reply remove_schedule(store::Session& sql, const Call& call);
Reply add_version(store::Session& sql, const Call& call);
Reply replace_version(store::Session& sql, const Call& call);
Reply remove_version(store::Session& sql, const Call& call);
Reply set_calendar(store::Session& sql, const Call& call);
Reply remove_calendar(store::Session& sql, const Call& call);
Reply read_calendar(store::Session& sql, const Call& call);
Reply preview_hours(store::Session& sql, const Call& call);
Reply list_targets(store::Session& sql, const Call& call);
Reply add_target(store::Session& sql, const Call& call);
Reply end_target(store::Session& sql, const Call& call);

// routes_mail.cpp: mail in and out
Reply list_outgoing(store::Session& sql, const Call& call);
Reply retry_outgoing(store::Session& sql, const Call& call);
Reply list_incoming(store::Session& sql, const Call& call);

// routes_brands.cpp: hosts, names and looks of the customers' pages
Reply list_brands(store::Session& sql, const Call& call);
Reply add_brand(store::Session& sql, const Call& call);
Reply change_brand(store::Session& sql, const Call& call);
Reply remove_brand(store::Session& sql, const Call& call);
Reply read_logo(store::Session& sql, const Call& call);
Reply set_logo(store::Session& sql, const Call& call);
Reply remove_logo(store::Session& sql, const Call& call);
Reply brand_style(store::Session& sql, const Call& call);

// routes_notifications.cpp
constexpr int most_unread = 100;  // it counts no further
Reply list_notifications(store::Session& sql, const Call& call);
Reply read_notifications(store::Session& sql, const Call& call);
Reply read_notice_choices(store::Session& sql, const Call& call);
Reply change_notice_choices(store::Session& sql, const Call& call);

// routes_webhooks.cpp
Reply list_webhooks(store::Session& sql, const Call& call);
Reply add_webhook(store::Session& sql, const Call& call);
Reply change_webhook(store::Session& sql, const Call& call);
Reply remove_webhook(store::Session& sql, const Call& call);
Reply test_webhook(store::Session& sql, const Call& call);
Reply list_deliveries(store::Session& sql, const Call& call);

// routes_widget_keys.cpp: which sites may show the widget
Reply list_widget_keys(store::Session& sql, const Call& call);
Reply add_widget_key(store::Session& sql, const Call& call);
Reply change_widget_key(store::Session& sql, const Call& call);
Reply remove_widget_key(store::Session& sql, const Call& call);
Reply rotate_widget_secret(store::Session& sql, const Call& call);

// routes_widget.cpp: what it asks for, on pages of any site
Reply widget_script(const Call& call);
Reply widget_panel(const Call& call);
Reply widget_example(store::Session& sql, const Call& call);
Reply start_widget(store::Session& sql, const Call& call);
Reply read_widget_article(store::Session& sql, const Call& call);
Reply ask_by_widget(store::Session& sql, const Call& call);

// routes_widget_talk.cpp: a question followed there
Reply list_own_questions(store::Session& sql, const Call& call);
Reply read_own_question(store::Session& sql, const Call& call);
Reply reply_to_own_question(store::Session& sql, const Call& call);
Reply solve_own_question(store::Session& sql, const Call& call);
Reply rate_own_question(store::Session& sql, const Call& call);

// routes_widget_people.cpp: what sites tell of their customers, and surveys
Reply track_events(store::Session& sql, const Call& call);
Reply take_survey(store::Session& sql, const Call& call);
Reply list_survey_answers(store::Session& sql, const Call& call);
Reply identify_customer(store::Session& sql, const Call& call);
Reply add_customer_event(store::Session& sql, const Call& call);
Reply read_asker(store::Session& sql, const Call& call);

// routes_pages.cpp: the agents' pages; routes_portal.cpp: the customers'
Reply app_page(store::Session& sql, const Call& call);
Reply app_page_of_stranger(store::Session& sql, const Call& call);
Reply help_page(store::Session& sql, const Call& call);
Reply usual_answer_time(store::Session& sql, const Call& call);

// routes_ask.cpp: a customer asks
Reply contact_page(store::Session& sql, const Call& call);
Reply ask_question(store::Session& sql, const Call& call);
Reply sent_page(store::Session& sql, const Call& call);

// routes_questions.cpp: what she asked, by the links in our mails
Reply question_page(store::Session& sql, const Call& call);
Reply reply_to_question(store::Session& sql, const Call& call);
Reply solve_question(store::Session& sql, const Call& call);
Reply rate_question(store::Session& sql, const Call& call);
Reply question_file(store::Session& sql, const Call& call);
Reply mail_question_link(store::Session& sql, const Call& call);
Reply mail_rating_link(store::Session& sql, const Call& call);
Reply my_questions_page(store::Session& sql, const Call& call);
Reply mail_my_questions(store::Session& sql, const Call& call);

// routes_articles_public.cpp: what everybody reads of the knowledge base
Reply article_page(store::Session& sql, const Call& call);
Reply give_feedback(store::Session& sql, const Call& call);
Reply category_page(store::Session& sql, const Call& call);
Reply article_picture(store::Session& sql, const Call& call);
Reply sitemap(store::Session& sql, const Call& call);
Reply robots(const Call& call);

// routes_ratings.cpp: what customers make of answers
Reply rating_page(store::Session& sql, const Call& call);
Reply give_rating(store::Session& sql, const Call& call);
Reply list_ratings(store::Session& sql, const Call& call);

// routes_answers.cpp: what agents make of what they are offered
Reply add_wrong_answer(store::Session& sql, const Call& call);
Reply save_answer_as_article(store::Session& sql, const Call& call);

// routes_solved.cpp: what customers make of suggestions
Reply solved_page(store::Session& sql, const Call& call);
Reply press_solved(store::Session& sql, const Call& call);

// routes_digest.cpp: the weekly mail to managers
Reply read_digest_choice(store::Session& sql, const Call& call);
Reply choose_digest(store::Session& sql, const Call& call);

// routes_ideas.cpp, routes_idea_votes.cpp: ideas, for agents and programs
Reply list_ideas(store::Session& sql, const Call& call);
Reply export_ideas(store::Session& sql, const Call& call);
Reply add_idea(store::Session& sql, const Call& call);
Reply read_idea(store::Session& sql, const Call& call);
Reply change_idea(store::Session& sql, const Call& call);
Reply move_idea(store::Session& sql, const Call& call);
Reply answer_idea(store::Session& sql, const Call& call);
Reply unanswer_idea(store::Session& sql, const Call& call);
Reply hide_idea(store::Session& sql, const Call& call);
Reply show_idea(store::Session& sql, const Call& call);
Reply merge_idea(store::Session& sql, const Call& call);
Reply unmerge_idea(store::Session& sql, const Call& call);
Reply list_voters(store::Session& sql, const Call& call);
Reply add_vote(store::Session& sql, const Call& call);
Reply remove_vote(store::Session& sql, const Call& call);
Reply link_ticket(store::Session& sql, const Call& call);
Reply unlink_ticket(store::Session& sql, const Call& call);
Reply list_ideas_of_ticket(store::Session& sql, const Call& call);
Reply list_ideas_of_customer(store::Session& sql, const Call& call);

// routes_ideas_public.cpp, routes_voter.cpp: ideas, for everybody
Reply ideas_page(store::Session& sql, const Call& call);
Reply post_idea(store::Session& sql, const Call& call);
Reply wish_sent_page(store::Session& sql, const Call& call);
Reply idea_page(store::Session& sql, const Call& call);
Reply vote_for_idea(store::Session& sql, const Call& call);
Reply voter_page(store::Session& sql, const Call& call);
Reply press_as_voter(store::Session& sql, const Call& call);
Reply idea_mails_page(store::Session& sql, const Call& call);
Reply leave_idea_mails(store::Session& sql, const Call& call);

// routes_ideas_widget.cpp
Reply ideas_for_widget(store::Session& sql, const Call& call);
Reply post_by_widget(store::Session& sql, const Call& call);
Reply vote_by_widget(store::Session& sql, const Call& call);

// routes_live.cpp
awaitable<Reply> live(Site& site, Call call);
awaitable<Reply> live_public(Site& site, Call call);

}  // namespace fifteen::http::routes
