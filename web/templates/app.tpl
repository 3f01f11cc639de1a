{{%AUTOESCAPE context="HTML"}}<!doctype html>
<html lang="{{LANG}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{{TITLE}}</title>
<link rel="icon" type="image/svg+xml" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Ccircle cx='16' cy='16' r='12' fill='none' stroke='%2398948a' stroke-width='6'/%3E%3Cpath d='M16 4a12 12 0 0 1 12 12' fill='none' stroke='%231f4fd8' stroke-width='6'/%3E%3C/svg%3E">
<link rel="stylesheet" href="{{CSS}}">
{{#PRELOAD}}<link rel="modulepreload" href="{{JS}}">
{{/PRELOAD}}<script type="application/json" id="boot">{{BOOT:none}}</script>
<script type="module" src="{{JS}}"></script>
</head>
<body>
<div id="app"></div>
<noscript>{{T_NEEDS_SCRIPT}}</noscript>
</body>
</html>
