{{%AUTOESCAPE context="HTML"}}{{>HEAD}}
<div class="article">
  <article lang="{{LOCALE}}">
    <nav class="crumbs" aria-label="{{T_CRUMBS}}" lang="{{LANG}}">{{#CRUMB}}<a href="{{URL}}">{{NAME}}</a>{{#CRUMB_separator}}<span aria-hidden="true">›</span>{{/CRUMB_separator}}{{/CRUMB}}</nav>
    <h1>{{ARTICLE_TITLE}}</h1>
    <div class="about" lang="{{LANG}}">
      <span>{{T_UPDATED}} <time datetime="{{UPDATED_AT}}">{{UPDATED}}</time></span>
      {{#LANGUAGES}}<span>{{T_ALSO_IN}} {{#LANGUAGE}}<a href="{{URL}}" lang="{{LOCALE}}" hreflang="{{LOCALE}}">{{NAME}}</a>{{#LANGUAGE_separator}}, {{/LANGUAGE_separator}}{{/LANGUAGE}}</span>{{/LANGUAGES}}
    </div>
    <div class="prose">{{BODY:none}}</div>
    {{#ASKED}}<form class="ask-on" method="post" action="{{ACTION}}" lang="{{LANG}}" aria-labelledby="answered">
      <h2 id="answered">{{T_DID_ANSWER}}</h2>
      {{#HIDDEN}}<input type="hidden" name="{{NAME}}" value="{{VALUE}}">{{/HIDDEN}}
      <div class="choices"><button class="button" name="answer" value="yes">{{T_YES}}</button><button class="button" name="answer" value="no">{{T_NO_ASK_US}}</button></div>
    </form>{{/ASKED}}
    {{#THANKED}}<p class="ask-on" role="status" lang="{{LANG}}">{{T_GLAD_ANSWERED}} <a href="{{CONTACT_URL}}">{{T_ASK_US}}</a></p>{{/THANKED}}
  </article>
  {{#RELATED}}<aside aria-labelledby="related">
    <h2 id="related">{{T_RELATED}}</h2>
    <ul class="rows">{{#ARTICLE}}<li><a href="{{URL}}">{{TITLE}}</a></li>{{/ARTICLE}}</ul>
  </aside>{{/RELATED}}
</div>
{{>FOOT}}
