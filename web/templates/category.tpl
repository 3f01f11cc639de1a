{{%AUTOESCAPE context="HTML"}}{{>HEAD}}
<div class="narrow">
  <nav class="crumbs" aria-label="{{T_CRUMBS}}">{{#CRUMB}}<a href="{{URL}}">{{NAME}}</a>{{#CRUMB_separator}}<span aria-hidden="true">›</span>{{/CRUMB_separator}}{{/CRUMB}}</nav>
  <h1>{{CATEGORY}}</h1>
  <ul class="rows">{{#BELOW}}<li><a href="{{URL}}"><strong>{{NAME}}</strong></a></li>{{/BELOW}}{{#ARTICLE}}<li><a href="{{URL}}"{{#OTHER_LANGUAGE}} lang="{{LOCALE}}"{{/OTHER_LANGUAGE}}>{{TITLE}}{{#OTHER_LANGUAGE}} <span class="tag">{{LANGUAGE}}</span>{{/OTHER_LANGUAGE}}</a></li>{{/ARTICLE}}</ul>
</div>
{{>FOOT}}
