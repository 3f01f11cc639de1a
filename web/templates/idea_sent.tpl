{{%AUTOESCAPE context="HTML"}}{{>HEAD}}
<div class="narrow">
  <h1>{{T_IDEAS_SENT_TITLE}}</h1>
  <p class="lead">{{T_IDEAS_SENT}}</p>
  <a class="button" href="/help/ideas{{LQ}}">{{T_IDEAS_ALL}}</a>
</div>
{{>FOOT}}
