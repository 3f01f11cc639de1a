{{%AUTOESCAPE context="HTML"}}{{#HIDDEN}}<input type="hidden" name="{{NAME}}" value="{{VALUE}}">
{{/HIDDEN}}{{>TRAP}}<div class="field">
  <label for="text">{{T_YOUR_QUESTION}}</label>
  <textarea class="input" dir="auto" id="text" name="text" rows="4" maxlength="20000" required placeholder="{{T_QUESTION_EXAMPLE}}" data-suggest="{{SUGGEST_URL}}" data-panel="likely"{{#TEXT_ERROR}} aria-invalid="true" aria-describedby="text-error"{{/TEXT_ERROR}}>
{{TEXT:pre_escape}}</textarea>
  {{#TEXT_ERROR}}<p class="wrong" id="text-error">{{MESSAGE}}</p>{{/TEXT_ERROR}}
</div>
<section class="likely" id="likely" aria-live="polite" hidden data-ask="{{T_ANSWERED_IT}}" data-yes="{{T_YES}}" data-no="{{T_NO}}" data-thanks="{{T_GLAD}}" data-en="{{T_IN_EN}}" data-it="{{T_IN_IT}}" data-ru="{{T_IN_RU}}" data-uk="{{T_IN_UK}}" data-zh="{{T_IN_ZH}}"><h2>{{T_MAY_ANSWER}}</h2><ul></ul></section>
<button class="button scriptless" type="submit" name="find" value="1" formnovalidate>{{T_FIND_FIRST}}</button>
<div class="pair">
  <div class="field">
    <label for="email">{{T_EMAIL}}</label>
    <input class="input" id="email" name="email" type="email" autocomplete="email" maxlength="254" required value="{{EMAIL}}"{{#EMAIL_ERROR}} aria-invalid="true" aria-describedby="email-error"{{/EMAIL_ERROR}}>
    {{#EMAIL_ERROR}}<p class="wrong" id="email-error">{{MESSAGE}}</p>{{/EMAIL_ERROR}}
  </div>
  <div class="field">
    <label for="name">{{T_YOUR_NAME}} <span class="hint">{{T_OPTIONAL}}</span></label>
    <input class="input" id="name" name="name" autocomplete="name" maxlength="100" value="{{YOUR_NAME}}">
  </div>
</div>
<div class="field">
  <label for="files">{{T_FILES}} <span class="hint">{{T_FILES_LIMIT}}</span></label>
  {{#KEPT_FILES}}<p class="small">{{NAMES}}</p>{{/KEPT_FILES}}
  <input class="input" id="files" name="files" type="file" multiple{{#FILE_ERROR}} aria-invalid="true" aria-describedby="file-error"{{/FILE_ERROR}}>
  {{#FILE_ERROR}}<p class="wrong" id="file-error">{{MESSAGE}}</p>{{/FILE_ERROR}}
</div>
<button class="button primary wide" type="submit">{{T_SEND_QUESTION}}</button>
<p class="small">{{T_WE_WRITE_BACK}}</p>
