{{%AUTOESCAPE context="HTML"}}{{>HEAD}}
<div class="narrow">
  <h1>{{T_SENT_TITLE}}</h1>
  <p class="lead">{{T_SENT_LEAD}}</p>
  {{#PROMISE}}<p class="promise">{{TEXT}}</p>{{/PROMISE}}
  <a class="button" href="/help">{{T_BACK_TO_HELP}}</a>
</div>
{{>FOOT}}
