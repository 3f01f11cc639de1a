{{%AUTOESCAPE context="HTML"}}{{>HEAD}}
<div class="narrow stack">
  <div>
    <h1>{{T_THESE_MAY_ANSWER}}</h1>
    <p class="lead">{{T_THESE_LEAD}}</p>
  </div>
  <section class="likely" aria-label="{{T_MAY_ANSWER}}">
    <ul>{{#ARTICLE}}<li><a href="{{URL}}" target="_blank" rel="noopener"{{#OTHER_LANGUAGE}} lang="{{LOCALE}}"{{/OTHER_LANGUAGE}}>{{TITLE}}</a>{{#OTHER_LANGUAGE}} <span class="tag">{{LANGUAGE}}</span>{{/OTHER_LANGUAGE}}{{#MAY_SOLVE}}<p class="asks"><button class="button" type="submit" form="ask" formnovalidate name="solved" value="{{ID}}">{{T_ANSWERED}}</button></p>{{/MAY_SOLVE}}</li>{{/ARTICLE}}</ul>
  </section>
  <form class="box stack" id="ask" action="/help/contact{{LQ}}" method="post">
    {{#HIDDEN}}<input type="hidden" name="{{NAME}}" value="{{VALUE:pre_escape}}">
    {{/HIDDEN}}{{>TRAP}}<p class="asked" dir="auto">{{TEXT:pre_escape}}</p>
    {{#KEPT_FILES}}<p class="small">{{T_FILES}}: {{NAMES}}</p>{{/KEPT_FILES}}
    {{#NEEDS_ADDRESS}}<div class="field">
      <label for="email">{{T_EMAIL}}</label>
      <input class="input" id="email" name="email" type="email" autocomplete="email" maxlength="254" required value="{{EMAIL}}">
    </div>{{/NEEDS_ADDRESS}}
    <button class="button primary wide" type="submit">{{T_STILL_SEND}}</button>
    {{#HAS_ADDRESS}}<input type="hidden" name="email" value="{{EMAIL}}"><p class="small">{{T_ANSWER_GOES_TO}} <strong>{{EMAIL}}</strong></p>{{/HAS_ADDRESS}}
  </form>
</div>
{{>FOOT}}
