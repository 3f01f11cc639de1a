{{%AUTOESCAPE context="HTML"}}<!doctype html>
<html lang="{{LANG}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{{TITLE}}</title>
<link rel="icon" type="image/svg+xml" href="{{ICON}}">
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
