{{%AUTOESCAPE context="HTML"}}{{>HEAD}}
<div class="narrow">
  {{#GIVEN}}<h1>{{T_RATE_THANKS}}</h1>
  <p class="lead">{{T_RATE_THANKS_LEAD}} <strong lang="">{{AGENT}}</strong></p>{{/GIVEN}}{{#ASKED}}<h1>{{T_RATE_TITLE}}</h1>
  <p class="lead">{{T_RATE_BY}} <strong lang="">{{AGENT}}</strong></p>{{/ASKED}}
  <form class="box stack" action="{{ACTION}}" method="post">
    {{#ERROR}}<p class="wrong" role="alert">{{MESSAGE}}</p>{{/ERROR}}
    <fieldset class="choices">
      <legend class="{{#ASKED}}visually-hidden{{/ASKED}}{{#GIVEN}}small{{/GIVEN}}">{{T_RATE_TITLE}}</legend>
      {{#CHOICE}}<label><input type="radio" name="choice" value="{{VALUE}}" required{{#CHOSEN}} checked{{/CHOSEN}}> {{TEXT}}</label>
      {{/CHOICE}}
    </fieldset>
    <div class="field">
      <label for="words">{{T_RATE_WORDS}}</label>
      <textarea class="input" dir="auto" id="words" name="words" rows="3" maxlength="2000">
{{WORDS:pre_escape}}</textarea>
    </div>
    <button class="button primary wide" type="submit">{{#GIVEN}}{{T_RATE_CHANGE}}{{/GIVEN}}{{#ASKED}}{{T_RATE_SEND}}{{/ASKED}}</button>
  </form>
</div>
{{>FOOT}}
