{{%AUTOESCAPE context="HTML"}}{{>HEAD}}
<div class="narrow stack">
  <div>
    <h1>{{T_IDEAS_MAILS_TITLE}}</h1>
    <p class="lead"><a href="{{URL}}" lang="{{LOCALE}}">{{IDEA_TITLE}}</a></p>
  </div>
  {{#SAID}}<p class="lead" role="status">{{TEXT}}</p>{{/SAID}}
  <form class="box stack" action="{{ACTION}}" method="post">
    {{#TOLD}}<button class="button wide" name="do" value="idea">{{T_IDEAS_MAILS_IDEA}}</button>{{/TOLD}}
    {{#ANY}}<button class="button wide" name="do" value="all">{{T_IDEAS_MAILS_ALL}}</button>{{/ANY}}
    {{#VOTED}}<button class="button wide" name="do" value="vote">{{T_IDEAS_UNVOTE}}</button>{{/VOTED}}
  </form>
</div>
{{>FOOT}}
