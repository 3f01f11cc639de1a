{{%AUTOESCAPE context="HTML"}}{{#HIDDEN}}<input type="hidden" name="{{NAME}}" value="{{VALUE}}">
{{/HIDDEN}}<div class="field">
  <label for="text">{{T_YOUR_QUESTION}}</label>
  <textarea class="input" id="text" name="text" rows="4" maxlength="20000" required placeholder="{{T_QUESTION_EXAMPLE}}" data-suggest="{{SUGGEST_URL}}" data-panel="likely"{{#TEXT_ERROR}} aria-invalid="true" aria-describedby="text-error"{{/TEXT_ERROR}}>
{{TEXT}}</textarea>
  {{#TEXT_ERROR}}<p class="wrong" id="text-error">{{MESSAGE}}</p>{{/TEXT_ERROR}}
</div>
<section class="likely" id="likely" aria-live="polite" hidden><h2>{{T_MAY_ANSWER}}</h2><ul></ul></section>
<div class="field">
  <label for="email">{{T_EMAIL}}</label>
  <input class="input" id="email" name="email" type="email" autocomplete="email" maxlength="254" required value="{{EMAIL}}"{{#EMAIL_ERROR}} aria-invalid="true" aria-describedby="email-error"{{/EMAIL_ERROR}}>
  {{#EMAIL_ERROR}}<p class="wrong" id="email-error">{{MESSAGE}}</p>{{/EMAIL_ERROR}}
</div>
<button class="button primary wide" type="submit">{{T_SEND_QUESTION}}</button>
<p class="small">{{T_WE_WRITE_BACK}}</p>
