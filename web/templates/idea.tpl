{{%AUTOESCAPE context="HTML"}}{{>HEAD}}
<div class="narrow idea">
  <a class="back" href="/help/ideas{{LQ}}">← {{T_IDEAS_ALL}}</a>
  <div class="idea-head">
    <p class="count">{{VOTES}} <span class="small">{{T_IDEAS_VOTES}}</span></p>
    <h1 lang="{{LOCALE}}" dir="auto">{{IDEA_TITLE}}</h1>
  </div>
  {{#STATE}}<p><span class="tag {{KIND}}">{{NAME}}</span></p>{{/STATE}}
  {{#REASON}}<div class="prose" lang="">{{HTML:none}}</div>{{/REASON}}
  {{#BODY}}<p class="asked" lang="{{LOCALE}}" dir="auto">{{TEXT:pre_escape}}</p>{{/BODY}}
  {{#ANSWER}}<section class="official" aria-labelledby="answer">
    <h2 class="section" id="answer">{{T_IDEAS_ANSWER}}</h2>
    <div class="prose" lang="">{{HTML:none}}</div>
  </section>{{/ANSWER}}
  {{#CLOSED}}<p class="lead">{{T_IDEAS_CLOSED}}</p>{{/CLOSED}}
  {{#VOTE}}<form class="box stack" action="{{ACTION}}" method="post">
    <h2 class="section">{{T_IDEAS_WANT}}</h2>
    {{#ERROR}}<p class="wrong" role="alert">{{MESSAGE}}</p>{{/ERROR}}
    <div class="field">
      <label for="email">{{T_EMAIL}}</label>
      <input class="input" id="email" name="email" type="email" autocomplete="email" maxlength="254" required value="{{DRAFT_EMAIL}}"{{#EMAIL_ERROR}} aria-invalid="true" aria-describedby="email-error"{{/EMAIL_ERROR}}>
      {{#EMAIL_ERROR}}<p class="wrong" id="email-error">{{MESSAGE}}</p>{{/EMAIL_ERROR}}
    </div>
{{>TRAP}}
    <button class="button primary wide" type="submit">{{T_IDEAS_VOTE}}</button>
    <p class="small">{{T_IDEAS_HOW}}</p>
  </form>{{/VOTE}}
</div>
{{>FOOT}}
