{{%AUTOESCAPE context="HTML"}}{{>HEAD}}
<div class="narrow">
  <h1>{{T_CONTACT_TITLE}}</h1>
  <p class="lead">{{T_CONTACT_LEAD}}</p>
  {{#PROMISE}}<p class="promise">{{TEXT}}</p>{{/PROMISE}}
  {{#ARTICLE}}<p class="small">{{T_ABOUT_ARTICLE}} <a href="{{URL}}">{{TITLE}}</a></p>{{/ARTICLE}}
  <form class="box stack" action="/help/contact{{LQ}}" method="post" enctype="multipart/form-data">
{{>FIELDS}}
  </form>
</div>
{{>FOOT}}
