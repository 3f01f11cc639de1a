{{%AUTOESCAPE context="HTML"}}{{>HEAD}}
<div class="narrow">
  {{#SENT}}<h1>{{T_SENT_TITLE}}</h1>
  <p class="lead">{{T_SENT_LEAD}}</p>
  {{#PROMISE}}<p class="promise">{{TEXT}}</p>{{/PROMISE}}{{/SENT}}{{#SOLVED}}<h1>{{T_RATE_THANKS}}</h1>
  <p class="lead">{{T_GLAD}}</p>{{/SOLVED}}{{#LINK_SENT}}<h1>{{T_LINK_SENT_TITLE}}</h1>
  <p class="lead">{{T_LINK_SENT_LEAD}}</p>{{/LINK_SENT}}
  <a class="button" href="/help{{LQ}}">{{T_BACK_TO_HELP}}</a>
</div>
{{>FOOT}}
