{{%AUTOESCAPE context="HTML"}}{{>HEAD}}
<div class="narrow">
  <h1>{{T_IDEAS_TITLE}}</h1>
  <p class="lead">{{T_IDEAS_LEAD}}</p>
  <form class="search" action="/help/ideas" method="get" role="search">
    {{#CHOSEN_LANGUAGE}}<input type="hidden" name="lang" value="{{LANG}}">{{/CHOSEN_LANGUAGE}}
    <input class="input" type="search" name="q" value="{{QUERY}}" maxlength="200" aria-label="{{T_IDEAS_ASKED}}" placeholder="{{T_IDEAS_ASKED}}">
    <button class="button" type="submit">{{T_IDEAS_LOOK}}</button>
  </form>
  {{#TABS}}<nav class="tabs" aria-label="{{T_IDEAS_STATES}}">{{#TAB}}<a href="{{URL}}"{{#HERE}} aria-current="page"{{/HERE}}>{{NAME}}</a>
    {{/TAB}}</nav>{{/TABS}}
  {{#LIKE}}<h2 class="section">{{T_IDEAS_LIKE}}</h2>{{/LIKE}}
  {{#NO_LIKE}}<p class="lead">{{T_IDEAS_NO_LIKE}}</p>{{/NO_LIKE}}
  {{#EMPTY}}<p class="lead">{{T_IDEAS_EMPTY}}</p>{{/EMPTY}}
  {{#IDEAS}}<ul class="rows ideas">{{#IDEA}}<li><a href="{{URL}}"><span class="count"><span class="visually-hidden">{{T_IDEAS_VOTES}}: </span>{{VOTES}}</span><span class="what"><span class="title" lang="{{LOCALE}}" dir="auto">{{TITLE}}</span>{{#STATE}} <span class="tag {{KIND}}">{{NAME}}</span>{{/STATE}}{{#TEXT}}<span class="small" lang="{{LOCALE}}">{{LINE}}</span>{{/TEXT}}</span></a></li>
    {{/IDEA}}</ul>{{/IDEAS}}
  {{#MORE}}<p><a class="button" href="{{URL}}">{{T_IDEAS_MORE}}</a></p>{{/MORE}}
  {{#POST}}<form class="box stack" action="/help/ideas{{LQ}}" method="post">
    <h2 class="section">{{T_IDEAS_POST}}</h2>
    {{#ERROR}}<p class="wrong" role="alert">{{MESSAGE}}</p>{{/ERROR}}
    <div class="field">
      <label for="title">{{T_IDEAS_FIELD_TITLE}}</label>
      <input class="input" dir="auto" id="title" name="title" maxlength="200" required value="{{DRAFT_TITLE}}"{{#TITLE_ERROR}} aria-invalid="true" aria-describedby="title-error"{{/TITLE_ERROR}}>
      {{#TITLE_ERROR}}<p class="wrong" id="title-error">{{MESSAGE}}</p>{{/TITLE_ERROR}}
    </div>
    <div class="field">
      <label for="text">{{T_IDEAS_FIELD_TEXT}}</label>
      <textarea class="input" dir="auto" id="text" name="text" rows="4" maxlength="4000">
{{DRAFT_TEXT:pre_escape}}</textarea>
    </div>
    <div class="field">
      <label for="email">{{T_EMAIL}}</label>
      <input class="input" id="email" name="email" type="email" autocomplete="email" maxlength="254" required value="{{DRAFT_EMAIL}}"{{#EMAIL_ERROR}} aria-invalid="true" aria-describedby="email-error"{{/EMAIL_ERROR}}>
      {{#EMAIL_ERROR}}<p class="wrong" id="email-error">{{MESSAGE}}</p>{{/EMAIL_ERROR}}
    </div>
{{>TRAP}}
    <input type="hidden" name="looked" value="{{LOOKED}}">
    <button class="button primary wide" type="submit">{{BUTTON}}</button>
    <p class="small">{{T_IDEAS_HOW}}</p>
  </form>{{/POST}}
</div>
{{>FOOT}}
