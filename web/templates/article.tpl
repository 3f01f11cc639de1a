{{%AUTOESCAPE context="HTML"}}{{>HEAD}}
<div class="article">
  <article lang="{{LOCALE}}">
    <a class="back" href="/help" lang="{{LANG}}">← {{T_ALL_ARTICLES}}</a>
    <h1>{{ARTICLE_TITLE}}</h1>
    <div class="about" lang="{{LANG}}">
      <span>{{T_UPDATED}} <time datetime="{{UPDATED_AT}}">{{UPDATED}}</time></span>
      {{#LANGUAGES}}<span>{{T_ALSO_IN}} {{#LANGUAGE}}<a href="{{URL}}" lang="{{LOCALE}}" hreflang="{{LOCALE}}">{{NAME}}</a>{{#LANGUAGE_separator}}, {{/LANGUAGE_separator}}{{/LANGUAGE}}</span>{{/LANGUAGES}}
    </div>
    <div class="prose">{{BODY:none}}</div>
    <div class="ask-on" lang="{{LANG}}">
      <p>{{T_NOT_ANSWERED}}</p>
      <a class="button" href="{{CONTACT_URL}}">{{T_ASK_US}}</a>
    </div>
  </article>
  {{#RELATED}}<aside aria-labelledby="related">
    <h2 id="related">{{T_RELATED}}</h2>
    <ul class="rows">{{#ARTICLE}}<li><a href="{{URL}}">{{TITLE}}</a></li>{{/ARTICLE}}</ul>
  </aside>{{/RELATED}}
</div>
{{>FOOT}}
