{{%AUTOESCAPE context="HTML"}}{{>HEAD}}
<div class="narrow">
  <h1>{{ASK_TITLE}}</h1>
  <p class="lead">{{ASK_LEAD}}</p>
  <form class="box stack" action="{{ACTION}}" method="post">
{{>TRAP}}
    <div class="field">
      <label for="email">{{T_EMAIL}}</label>
      <input class="input" id="email" name="email" type="email" autocomplete="email" maxlength="254" required value="{{EMAIL}}"{{#ERROR}} aria-invalid="true" aria-describedby="email-error"{{/ERROR}}>
      {{#ERROR}}<p class="wrong" id="email-error">{{MESSAGE}}</p>{{/ERROR}}
    </div>
    <button class="button primary wide" type="submit">{{ASK_BUTTON}}</button>
  </form>
</div>
{{>FOOT}}
