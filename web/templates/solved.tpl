{{%AUTOESCAPE context="HTML"}}{{>HEAD}}
<div class="narrow">
  {{#ASKED}}<h1>{{T_SOLVED_TITLE}}</h1>
  <p class="lead"><a href="{{URL}}" lang="{{LOCALE}}">{{TITLE}}</a>{{#OTHER_LANGUAGE}} <span class="tag">{{LANGUAGE}}</span>{{/OTHER_LANGUAGE}}</p>
  <form class="box stack" action="{{ACTION}}" method="post">
    <p class="small">{{T_SOLVED_ASKED}}</p>
    <p class="asked" lang="">{{QUESTION}}</p>
    <input type="hidden" name="solved" value="yes">
    <button class="button primary wide" type="submit">{{T_SOLVED_PRESS}}</button>
    <p class="small">{{T_SOLVED_WHAT}}</p>
  </form>
  <p>{{T_SOLVED_KEEP}}</p>{{/ASKED}}{{#TOLD}}<h1>{{HEADING}}</h1>
  <p class="lead">{{WORDS}}</p>
  {{#TAKE_BACK}}<form action="{{ACTION}}" method="post">
    <input type="hidden" name="solved" value="no">
    <button class="button" type="submit">{{T_SOLVED_NOT}}</button>
  </form>{{/TAKE_BACK}}{{/TOLD}}
</div>
{{>FOOT}}
