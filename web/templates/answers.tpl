{{%AUTOESCAPE context="HTML"}}{{>HEAD}}
<div class="narrow stack">
  <div>
    <h1>{{T_THESE_MAY_ANSWER}}</h1>
    <p class="lead">{{T_THESE_LEAD}}</p>
  </div>
  <section class="likely" aria-label="{{T_MAY_ANSWER}}">
    <ul>{{#ARTICLE}}<li><a href="{{URL}}" target="_blank" rel="noopener">{{TITLE}}</a></li>{{/ARTICLE}}</ul>
  </section>
  <form class="box stack" action="/help/contact" method="post">
    {{#HIDDEN}}<input type="hidden" name="{{NAME}}" value="{{VALUE}}">
    {{/HIDDEN}}<p class="asked">{{TEXT}}</p>
    <button class="button primary wide" type="submit">{{T_STILL_SEND}}</button>
    <p class="small">{{T_ANSWER_GOES_TO}} <strong>{{EMAIL}}</strong></p>
  </form>
</div>
{{>FOOT}}
