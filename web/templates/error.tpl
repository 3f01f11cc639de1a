{{%AUTOESCAPE context="HTML"}}{{>HEAD}}
<div class="narrow">
  <h1>{{ERROR_TITLE}}</h1>
  <p class="lead">{{ERROR_TEXT}}</p>
  {{#SUPPORT}}<p class="lead">{{T_WRITE_TO}} <a href="mailto:{{ADDRESS}}">{{ADDRESS}}</a></p>{{/SUPPORT}}
  {{#KEPT}}<form class="box stack" action="/help/contact{{LQ}}" method="post" enctype="multipart/form-data">
{{>FIELDS}}
  </form>{{/KEPT}}
  <p><a class="button" href="/help{{LQ}}">{{T_BACK_TO_HELP}}</a></p>
</div>
{{>FOOT}}
