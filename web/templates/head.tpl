{{%AUTOESCAPE context="HTML"}}<!doctype html>
<html lang="{{LANG}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{TITLE}}</title>
{{#ABOUT}}<meta name="description" content="{{DESCRIPTION}}">
<link rel="canonical" href="{{CANONICAL}}">
<meta property="og:type" content="{{TYPE}}">
<meta property="og:title" content="{{HEADING}}">
<meta property="og:description" content="{{DESCRIPTION}}">
<meta property="og:url" content="{{CANONICAL}}">
<meta property="og:site_name" content="{{DESK_NAME}}">
<meta property="og:locale" content="{{TERRITORY}}">
{{#PICTURE}}<meta property="og:image" content="{{URL}}">
{{/PICTURE}}{{#ALTERNATE}}<link rel="alternate" hreflang="{{LOCALE}}" href="{{URL}}">
{{#OTHER}}<meta property="og:locale:alternate" content="{{TERRITORY}}">
{{/OTHER}}{{/ALTERNATE}}<script type="application/ld+json">{{DATA:none}}</script>
{{/ABOUT}}<link rel="icon" type="image/svg+xml" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Ccircle cx='16' cy='16' r='12' fill='none' stroke='%2398948a' stroke-width='6'/%3E%3Cpath d='M16 4a12 12 0 0 1 12 12' fill='none' stroke='%231f4fd8' stroke-width='6'/%3E%3C/svg%3E">
<link rel="stylesheet" href="{{CSS}}">
{{#BRAND_STYLE}}<link rel="stylesheet" href="{{URL}}">
{{/BRAND_STYLE}}{{#MORE_STYLE}}<link rel="stylesheet" href="{{URL}}">
{{/MORE_STYLE}}<script type="module" src="{{JS}}"></script>
</head>
<body>
<div class="page">
<header class="top">
  <a class="brand" href="/help{{LQ}}">{{#MARK}}<svg width="24" height="24" viewBox="0 0 32 32" aria-hidden="true"><circle cx="16" cy="16" r="12" fill="none" stroke="var(--line-2)" stroke-width="6"/><path d="M16 4a12 12 0 0 1 12 12" fill="none" stroke="var(--accent)" stroke-width="6"/></svg>{{DESK_NAME}}{{/MARK}}{{#LOGO}}<span class="logo" role="img" aria-label="{{DESK_NAME}}"></span>{{/LOGO}}</a>
  <nav aria-label="{{T_NAV}}">
    <a href="/help{{LQ}}"{{#AT_HELP}} aria-current="page"{{/AT_HELP}}>{{T_HELP}}</a>
    <a href="/help/ideas{{LQ}}"{{#AT_IDEAS}} aria-current="page"{{/AT_IDEAS}}>{{T_IDEAS}}</a>
    <a href="/help/contact{{LQ}}"{{#AT_CONTACT}} aria-current="page"{{/AT_CONTACT}}>{{T_ASK_US}}</a>
    <a href="/help/questions{{LQ}}"{{#AT_QUESTIONS}} aria-current="page"{{/AT_QUESTIONS}}>{{T_MY_QUESTIONS}}</a>
    {{#BACK}}<a class="away-to" href="{{URL}}">{{HOST}} ↗</a>{{/BACK}}
  </nav>
</header>
<main id="main">
