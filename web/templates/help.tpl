{{%AUTOESCAPE context="HTML"}}{{>HEAD}}
<div class="hero">
  <div class="hero-text">
    <h1>{{T_ASK_TITLE}}<br>{{T_ASK_TITLE_2}}</h1>
    <p class="lead">{{T_ASK_LEAD}}</p>
    {{#PROMISE}}<p class="promise">{{TEXT}}</p>{{/PROMISE}}
  </div>
  <div class="hero-side">
    <form class="box stack" action="/help/contact{{LQ}}" method="post" enctype="multipart/form-data">
{{>FIELDS}}
    </form>
    {{#IDEAS}}<section aria-labelledby="ideas">
      <h2 class="section" id="ideas">{{T_IDEAS_FROM}}</h2>
      <ul class="rows ideas">{{#IDEA}}<li><a href="{{URL}}"><span class="count"><span class="visually-hidden">{{T_IDEAS_VOTES}}: </span>{{VOTES}}</span><span class="what"><span class="title" lang="{{LOCALE}}">{{TITLE}}</span>{{#STATE}} <span class="tag {{KIND}}">{{NAME}}</span>{{/STATE}}{{#TEXT}}<span class="small" lang="{{LOCALE}}">{{LINE}}</span>{{/TEXT}}</span></a></li>{{/IDEA}}</ul>
      <a class="button" href="/help/ideas{{LQ}}">{{T_IDEAS_ALL}}</a>
    </section>{{/IDEAS}}
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
    {{#TOPICS}}<h2 class="section">{{T_TOPICS}}</h2>
    <ul class="rows topics">{{#TOPIC}}<li><a href="{{URL}}"><span>{{TITLE}}{{#OTHER_LANGUAGE}} <span class="tag" lang="{{LANG}}">{{LANGUAGE}}</span>{{/OTHER_LANGUAGE}}</span> <span class="small">{{ARTICLES}}</span></a></li>{{/TOPIC}}</ul>{{/TOPICS}}
  </div>
</div>
{{>FOOT}}
