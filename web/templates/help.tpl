{{%AUTOESCAPE context="HTML"}}{{>HEAD}}
<div class="hero">
  <div class="hero-text">
    <h1>{{T_ASK_TITLE}}<br>{{T_ASK_TITLE_2}}</h1>
    <p class="lead">{{T_ASK_LEAD}}</p>
    {{#PROMISE}}<p class="promise">{{TEXT}}</p>{{/PROMISE}}
  </div>
  <div class="hero-more">
    {{#SEARCHED}}<form class="search" action="/help" method="get" role="search">
      {{#CHOSEN_LANGUAGE}}<input type="hidden" name="lang" value="{{LANG}}">{{/CHOSEN_LANGUAGE}}
      <input class="input" type="search" name="q" value="{{QUERY}}" maxlength="400" aria-label="{{T_SEARCH_LABEL}}" placeholder="{{T_SEARCH_LABEL}}">
      <button class="button" type="submit">{{T_SEARCH}}</button>
    </form>{{/SEARCHED}}
    {{#FOUND}}<h2 class="section">{{T_FOUND}}</h2>
    <ul class="rows">{{#ARTICLE}}<li><a href="{{URL}}"{{#OTHER_LANGUAGE}} lang="{{LOCALE}}"{{/OTHER_LANGUAGE}}>{{TITLE}}{{#OTHER_LANGUAGE}} <span class="tag">{{LANGUAGE}}</span>{{/OTHER_LANGUAGE}}</a></li>{{/ARTICLE}}</ul>{{/FOUND}}
    {{#FOUND_NONE}}<p class="lead">{{T_FOUND_NONE}}</p>{{/FOUND_NONE}}
    {{#READ_MOST}}<h2 class="section">{{T_READ_MOST}}</h2>
    <ul class="rows">{{#ARTICLE}}<li><a href="{{URL}}"{{#OTHER_LANGUAGE}} lang="{{LOCALE}}"{{/OTHER_LANGUAGE}}>{{TITLE}}{{#OTHER_LANGUAGE}} <span class="tag">{{LANGUAGE}}</span>{{/OTHER_LANGUAGE}}</a></li>{{/ARTICLE}}</ul>{{/READ_MOST}}
  </div>
  <form class="box stack" action="/help/contact{{LQ}}" method="post" enctype="multipart/form-data">
{{>FIELDS}}
  </form>
</div>
{{>FOOT}}
