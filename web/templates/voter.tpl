{{%AUTOESCAPE context="HTML"}}{{>HEAD}}
<div class="narrow stack">
  <div>
    <h1>{{HEADING}}</h1>
    <p class="lead">{{T_IDEAS_AS}} <strong>{{ADDRESS}}</strong></p>
  </div>
  {{#WAITING}}<form class="box stack" action="{{ACTION}}" method="post">
    <input type="hidden" name="do" value="confirm">
    <fieldset class="choices">
      <legend class="visually-hidden">{{T_IDEAS_CONFIRM_TITLE}}</legend>
      {{#WISH}}<label><input type="checkbox" name="wish" value="{{ID}}" checked> <span>{{#NEW}}{{T_IDEAS_NEW}}: {{/NEW}}{{TITLE}}</span></label>
      {{/WISH}}
    </fieldset>
    <button class="button primary wide" type="submit">{{T_IDEAS_CONFIRM}}</button>
    <p class="small">{{T_IDEAS_CONFIRM_HOW}}</p>
  </form>{{/WAITING}}
  {{#VOTED}}<section aria-labelledby="voted">
    <h2 class="section" id="voted">{{T_IDEAS_VOTED}}</h2>
    {{#LIST}}<ul class="rows ideas">{{#IDEA}}<li><a href="{{URL}}"><span class="count"><span class="visually-hidden">{{T_IDEAS_VOTES}}: </span>{{VOTES}}</span><span class="what"><span class="title" lang="{{LOCALE}}">{{TITLE}}</span>{{#STATE}} <span class="tag {{KIND}}">{{NAME}}</span>{{/STATE}}</span></a>
      <form action="{{ACTION}}" method="post"><input type="hidden" name="idea" value="{{ID}}"><button class="button" name="do" value="unvote" aria-label="{{T_IDEAS_UNVOTE}}: {{TITLE}}">{{T_IDEAS_UNVOTE}}</button></form></li>
      {{/IDEA}}</ul>{{/LIST}}
  </section>{{/VOTED}}
  {{#OTHERS}}<section aria-labelledby="others">
    <h2 class="section" id="others">{{T_IDEAS_OTHERS}}</h2>
    <form class="search" action="{{ACTION}}" method="get" role="search">
      {{#CHOSEN_LANGUAGE}}<input type="hidden" name="lang" value="{{LANG}}">{{/CHOSEN_LANGUAGE}}
      <input class="input" type="search" name="q" value="{{QUERY}}" maxlength="200" aria-label="{{T_IDEAS_ASKED}}" placeholder="{{T_IDEAS_ASKED}}">
      <button class="button" type="submit">{{T_IDEAS_LOOK}}</button>
    </form>
    {{#LIST}}<ul class="rows ideas">{{#IDEA}}<li><a href="{{URL}}"><span class="count"><span class="visually-hidden">{{T_IDEAS_VOTES}}: </span>{{VOTES}}</span><span class="what"><span class="title" lang="{{LOCALE}}">{{TITLE}}</span>{{#STATE}} <span class="tag {{KIND}}">{{NAME}}</span>{{/STATE}}</span></a>
      <form action="{{ACTION}}" method="post"><input type="hidden" name="idea" value="{{ID}}"><button class="button" name="do" value="vote" aria-label="{{T_IDEAS_VOTE}}: {{TITLE}}">{{T_IDEAS_VOTE}}</button></form></li>
      {{/IDEA}}</ul>{{/LIST}}
  </section>{{/OTHERS}}
  {{#MAILS}}<form action="{{ACTION}}" method="post">
    <button class="button" name="do" value="{{DO}}">{{TEXT}}</button>
  </form>{{/MAILS}}
  <p><a href="/help/ideas{{LQ}}">{{T_IDEAS_ALL}}</a></p>
</div>
{{>FOOT}}
