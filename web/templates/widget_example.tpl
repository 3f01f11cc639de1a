{{%AUTOESCAPE context="HTML"}}<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{TITLE}}</title>
<link rel="icon" type="image/svg+xml" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Ccircle cx='16' cy='16' r='12' fill='none' stroke='%2398948a' stroke-width='6'/%3E%3Cpath d='M16 4a12 12 0 0 1 12 12' fill='none' stroke='%231f4fd8' stroke-width='6'/%3E%3C/svg%3E">
<link rel="stylesheet" href="{{CSS}}">
<script type="module" src="{{EXAMPLE}}"></script>
<script async src="{{ORIGIN}}/widget.js" data-key="{{KEY}}"></script>
</head>
<body>
<div class="page">
<header class="top"><a class="brand" href="/help">Help</a></header>
<main id="main" class="narrow">
  <h1>The widget, live</h1>
  <p class="lead">This page is sent with the strictest policy that a site can have: no inline scripts or styles, nothing from elsewhere, Trusted Types. The button below on the right is the widget.</p>
  <h2 class="section">All that a page needs</h2>
  <pre class="sample" tabindex="0" role="group" aria-label="Snippet">&lt;script async src="{{ORIGIN}}/widget.js" data-key="{{KEY}}"&gt;&lt;/script&gt;</pre>
  <p>And, where the site sends a Content-Security-Policy:</p>
  <pre class="sample" tabindex="0" role="group" aria-label="Content-Security-Policy">script-src {{ORIGIN}}; connect-src {{ORIGIN}}</pre>
  <h2 class="section">Its calls</h2>
  <ul class="calls">
    <li><button class="button" type="button" data-call='["open"]'>Fifteen('open')</button></li>
    <li><button class="button" type="button" data-call='["open", {"text": "How do I export an invoice?"}]'>Fifteen('open', {text: 'How do I export an invoice?'})</button></li>
    <li><button class="button" type="button" data-call='["close"]'>Fifteen('close')</button></li>
    <li><button class="button" type="button" data-call='["hide"]'>Fifteen('hide')</button></li>
    <li><button class="button" type="button" data-call='["show"]'>Fifteen('show')</button></li>
    <li><button class="button" type="button" data-call='["identify", {"id": "42", "email": "joe@example.com", "name": "Joe", "plan": "pro", "company": {"id": "7", "name": "Acme"}}]'>Fifteen('identify', {id: '42', email: 'joe@example.com', …})</button></li>
    <li><button class="button" type="button" data-call='["track", "report.exported", {"rows": 40}]'>Fifteen('track', 'report.exported', {rows: 40})</button></li>
    <li><button class="button" type="button" data-call='["suggest", "export an invoice"]'>Fifteen('suggest', 'export an invoice', show)</button></li>
    <li><button class="button" type="button" data-call='["survey", {"id": "example", "question": "How likely are you to recommend us?", "kind": "nps"}]'>Fifteen('survey', {id: 'example', kind: 'nps', …})</button></li>
    <li><button class="button" type="button" data-call='["idea", {"text": "Dark mode"}]'>Fifteen('idea', {text: 'Dark mode'})</button></li>
    <li><button class="button" type="button" data-call='["locale", "uk"]'>Fifteen('locale', 'uk')</button></li>
    <li><button class="button" type="button" data-call='["theme", {"accent": "#00aa77", "side": "left"}]'>Fifteen('theme', {accent: '#0a7', side: 'left'})</button></li>
    <li><button class="button" type="button" data-call='["shutdown"]'>Fifteen('shutdown')</button></li>
  </ul>
  <h2 class="section">What it says</h2>
  <pre class="sample" id="log" tabindex="0" role="log" aria-label="Events"></pre>
</main>
</div>
</body>
</html>
