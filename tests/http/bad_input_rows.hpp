#pragma once

namespace fifteen::test {

// A route that changes something, with a body that it takes.
struct GoodRequest {
  const char* route;
  const char* body;  // a good one; "" where none is read
};
// {ticket}, {file}, … stand for ids of what there is.
inline constexpr GoodRequest good_requests[] = {
    {"POST /api/v1/session", R"({"email":"ana@desk.example","password":"correct horse"})"},
    {"PUT /api/v1/session/password", R"({"current":"correct horse","new":"battery staple"})"},
    {"PUT /api/v1/session/digest", R"({"wanted":true,"zone":"Europe/Rome","language":"it"})"},
    {"POST /api/v1/password-resets", R"({"email":"ana@desk.example"})"},
    {"PUT /api/v1/password-resets/{token}", R"({"password":"battery staple"})"},
    {"POST /api/v1/tickets",
     R"({"email":"joe@x.example","name":"Joe","subject":"S","text":"T","mailbox":"help@desk.example","channel":"api",
         "kind":"mail","started_by":"customer","attachments":[]})"},
    {"PUT /api/v1/tickets/{id}/closure", ""},
    {"PUT /api/v1/tickets/{id}/assignee", R"({"agent":"{agent}"})"},
    {"PUT /api/v1/tickets/{id}/tags", R"({"tags":["billing"]})"},
    {"PUT /api/v1/tickets/{id}/spam", ""},
    {"PUT /api/v1/tickets/{id}/merge", R"({"into":"{other_ticket}"})"},
    {"POST /api/v1/tickets/{id}/parts", R"({"messages":["{message}"]})"},
    {"PUT /api/v1/tickets/{id}/read", ""},
    {"PUT /api/v1/tickets/{id}/draft", R"({"text":"Dear","kind":"reply"})"},
    {"POST /api/v1/tickets/{id}/messages",
     R"({"kind":"note","text":"T","close":false,"if_version":{version},"undo_seconds":0,"attachments":[]})"},
    {"POST /api/v1/tickets/{id}/wrong-answers", R"({"kind":"article","id":"1"})"},
    {"POST /api/v1/messages/{id}/article", ""},
    {"POST /api/v1/attachments", ""},
    {"PUT /api/v1/lessons/{id}/withdrawal", ""},
    {"POST /api/v1/ideas", R"({"title":"Dark mode","text":"At night","locale":"en"})"},
    {"PATCH /api/v1/ideas/{id}", R"({"title":"Dark mode","text":"At night"})"},
    {"PUT /api/v1/ideas/{id}/state", R"({"state":"planned","reason":"In March.","tell":true})"},
    {"PUT /api/v1/ideas/{id}/answer", R"({"text":"Yes.","tell":true})"},
    {"PUT /api/v1/ideas/{id}/spam", ""},
    {"PUT /api/v1/ideas/{id}/merge", R"({"into":"{other_idea}"})"},
    {"POST /api/v1/ideas/{id}/votes", R"({"email":"joe@x.example","tell":false})"},
    {"PUT /api/v1/ideas/{id}/tickets/{ticket}", R"({"tell":false})"},
    {"POST /api/v1/widget/ideas", ""},                 // text, not JSON: ideas_test
    {"POST /api/v1/widget/ideas/{number}/votes", ""},  // the same
    {"POST /help/ideas", ""},                          // forms that show themselves again: ideas_test
    {"POST /help/ideas/{number}/votes", ""},
    {"POST /help/ideas/confirm/{token}", ""},
    {"POST /help/ideas/mails/{token}", ""},
    {"POST /api/v1/saved-replies", R"({"title":"Hello","text":"Hello."})"},
    {"PATCH /api/v1/saved-replies/{id}", R"({"title":"Hello","text":"Hello."})"},
    {"POST /api/v1/articles",
     R"({"title":"Export","body":"# Steps","locale":"en","category":"guides","slug":"export-it","note":"new"})"},
    {"PATCH /api/v1/articles/{id}",
     R"({"title":"Export","body":"Press it.","if_version":1,"note":"n","category":"guides","slug":"export-all"})"},
    {"PUT /api/v1/articles/{id}/publication", R"({"for":"everyone","if_version":1})"},
    {"PUT /api/v1/articles/{id}/draft", R"({"title":"E","body":"B","version":1})"},
    {"POST /api/v1/articles/{id}/versions", R"({"from":1,"if_version":1,"note":"back"})"},
    {"POST /api/v1/article-imports", R"({"files":[{"path":"new.md","base64":"IyBOZXcKClRleHQ="}]})"},
    {"POST /api/v1/article-previews", R"({"body":"# Steps"})"},
    {"POST /api/v1/article-categories", R"({"slug":"guides/new","names":{"en":"New"}})"},
    {"PUT /api/v1/article-categories/order", R"({"categories":["{article-categories}"]})"},
    {"PATCH /api/v1/article-categories/{id}", R"({"names":{"en":"Newer"}})"},
    {"POST /api/v1/agents", R"({"email":"new@desk.example","name":"New","role":"agent"})"},
    {"PATCH /api/v1/agents/{id}", R"({"name":"Bob","role":"agent","active":true})"},
    {"PUT /api/v1/agents/{id}/invitation", ""},
    {"POST /api/v1/mailboxes",
     R"({"address":"new@desk.example","name":"New","target_seconds":60,"ask_rating":false,"suggest_articles":false,"schedule":null})"},
    {"PATCH /api/v1/mailboxes/{id}",
     R"({"name":"New","target_seconds":60,"ask_rating":true,"suggest_articles":true,"schedule":null})"},
    {"POST /api/v1/schedules",
     R"({"name":"Office","zone":"Europe/Rome","weekly":[{"day":"mon","start":"09:00","end":"13:00"}],
         "holidays":[{"date":"2026-12-25","name":"Christmas"}],"mailboxes":["{mailboxes}"]})"},
    {"POST /api/v1/schedules/calendar", ""},  // a calendar: hours_test
    {"POST /api/v1/schedules/preview",
     R"({"mailboxes":["{mailboxes}"],"hours":{"zone":"UTC","weekly":[]},"target":{"target_seconds":60}})"},
    {"PATCH /api/v1/schedules/{id}", R"({"name":"Office","mailboxes":["{mailboxes}"]})"},
    {"POST /api/v1/schedules/{id}/versions",
     R"({"from":"2027-02-01T00:00","zone":"UTC","weekly":[],"holidays":[{"date":"2027-12-25"}]})"},
    {"PUT /api/v1/schedules/{id}/versions/{from}",
     R"({"from":"2027-02-01T00:00","zone":"UTC","weekly":[],"holidays":[{"date":"2027-12-25"}]})"},
    {"PUT /api/v1/schedules/{id}/calendar", R"({"url":"https://calendar.example/holidays.ics"})"},
    {"POST /api/v1/targets", R"({"mailbox":"{mailboxes}","target_seconds":60,"from":"2027-01-01T00:00:00Z"})"},
    {"PUT /api/v1/suggestion-threshold", R"({"own":0.2})"},
    {"POST /api/v1/tokens", R"({"name":"T","scope":"read","agent":"{agent}"})"},
    {"PUT /api/v1/outgoing/{id}/retry", ""},
    {"PUT /api/v1/notifications/read", R"({"up_to":"1"})"},
    {"PUT /api/v1/notice-choices",
     R"({"screen":["mention"],"browser":[],"mail":["alert_100"],"quiet_from":"20:00","quiet_until":"08:00",
         "quiet_days":["sun"],"zone":"Europe/Rome"})"},
    {"POST /api/v1/brands",
     R"({"name":"Pro","host":"pro.example","accent":"#1f4fd8","back_url":"https://pro.example","mailboxes":["{mailboxes}"]})"},
    {"PATCH /api/v1/brands/{id}",
     R"({"name":"Pro","host":"best.example","accent":"","back_url":"","mailboxes":["{mailboxes}"]})"},
    {"PUT /api/v1/brands/{id}/logo", ""},  // a picture: portal_test
    {"POST /api/v1/webhooks", R"({"url":"https://hooks.example/a","events":["ticket.opened"],"active":true})"},
    {"PATCH /api/v1/webhooks/{id}", R"({"url":"https://hooks.example/b","events":["reply.sent"],"active":false})"},
    {"POST /api/v1/webhooks/{id}/tests", ""},
    {"POST /api/v1/article-pictures", ""},  // a picture: articles_public_test
    {"POST /help/{slug}/feedback", ""},     // two buttons: articles_public_test
    {"POST /help/contact", ""},             // a form that shows itself again: tickets_test
    {"POST /help/questions", ""},           // the same: portal_test
    {"POST /rate/{token}", ""},             // the same: ratings_test
    {"POST /rate/{token}/link", ""},        // the same: portal_test
    {"POST /q/{token}", ""},
    {"POST /q/{token}/solution", ""},
    {"POST /q/{token}/rating", ""},
    {"POST /q/{token}/link", ""},
    {"PATCH /api/v1/deflection", R"({"control_percent":20,"kept_days":365})"},
    {"POST /solved/{token}", ""},            // the same: solved_test
    {"POST /api/v1/deflection-events", ""},  // text, not JSON: drafts_test
    {"POST /api/v1/widget-keys", R"({"name":"Site","origins":["https://site.example"],"brand":null})"},
    {"PATCH /api/v1/widget-keys/{id}", R"({"name":"Site","origins":["https://site.example"],"brand":null})"},
    {"POST /api/v1/widget-keys/{id}/secret", ""},
    {"PUT /api/v1/customers/{customer}", R"({"email":"una@x.example","name":"Una"})"},  // traits: widget_test
    {"POST /api/v1/customers/{customer}/events", R"({"name":"report.exported","at":"2026-03-01T09:30:00Z"})"},
    // Text, not JSON: widget_test
    {"POST /api/v1/widget/answers", ""},
    {"POST /api/v1/widget/questions", ""},
    {"POST /api/v1/widget/questions/{token}/messages", ""},
    {"POST /api/v1/widget/questions/{token}/solution", ""},
    {"POST /api/v1/widget/questions/{token}/rating", ""},
    {"POST /api/v1/widget/events", ""},
    {"POST /api/v1/widget/surveys", ""},
};

}  // namespace fifteen::test
