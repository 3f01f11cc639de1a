{{%AUTOESCAPE context="HTML"}}{{>HEAD}}
<div class="narrow stack">
  <div>
    <h1 lang="{{WORDS_LANG}}" dir="auto">{{SUBJECT}}</h1>
    <div id="status" data-part role="status">{{#CLOSED}}<p class="status closed">{{T_QUESTION_CLOSED}}</p>{{/CLOSED}}
    {{#STATUS}}<p class="status"><strong>{{TEXT}}</strong>{{#HAS_PROMISE}} {{PROMISE}}{{/HAS_PROMISE}}</p>{{/STATUS}}</div>
  </div>
  <ol class="talk" id="talk" data-live="{{LIVE_URL}}" data-page="{{ACTION}}">
    {{#MESSAGE}}<li class="said {{KIND}}" id="m{{ID}}">
      <p class="about"><strong lang="">{{NAME}}</strong> <time datetime="{{AT}}">{{AGO}}</time></p>
      <div class="prose" lang="{{WORDS_LANG}}" dir="auto">{{HTML:none}}</div>
      {{#FILE}}<p class="file"><a href="{{URL}}" download>{{NAME}}</a> <span class="small">{{SIZE}}</span></p>{{/FILE}}
    </li>{{/MESSAGE}}
  </ol>
  <div class="stack" id="last">
  <div id="rate" data-part>{{#RATE}}<form class="box stack" action="{{ACTION}}" method="post">
    <h2>{{T_RATE_TITLE}}</h2>
    <div class="rate">{{#CHOICE}}<button class="button" type="submit" name="choice" value="{{VALUE}}">{{TEXT}}</button>{{/CHOICE}}</div>
  </form>{{/RATE}}
  {{#RATED}}<p class="box">{{T_RATE_THANKS}}. {{T_RATE_THANKS_LEAD}} <strong lang="">{{AGENT}}</strong></p>{{/RATED}}</div>
  {{#TEAM}}<p class="box">{{T_TEAM_SEES}} <a href="/t/{{NUMBER}}">{{T_TEAM_OPEN}}</a></p>{{/TEAM}}
  {{#WRITE}}<form class="box stack" id="write" action="{{ACTION}}" method="post" enctype="multipart/form-data">
    <input type="hidden" name="once" value="{{ONCE}}">
    <div class="field">
      <label for="text">{{T_WRITE_ON}}</label>
      <textarea class="input" dir="auto" id="text" name="text" rows="4" maxlength="20000" required{{#ERROR}} aria-invalid="true" aria-describedby="text-error"{{/ERROR}}>
{{TEXT:pre_escape}}</textarea>
      {{#ERROR}}<p class="wrong" id="text-error">{{MESSAGE}}</p>{{/ERROR}}
    </div>
    <div class="field">
      <label for="files">{{T_FILES}} <span class="hint">{{T_FILES_LIMIT}}</span></label>
      <input class="input" id="files" name="files" type="file" multiple>
    </div>
    <button class="button primary wide" type="submit">{{T_SEND}}</button>
  </form>{{/WRITE}}
  <div id="solve" data-part>{{#CAN_SOLVE}}<form class="solved" action="{{ACTION}}" method="post">
    <span>{{T_SOLVED_LEAD}}</span>
    <button class="button" type="submit">{{T_SOLVED}}</button>
  </form>{{/CAN_SOLVE}}</div>
  </div>
</div>
{{>FOOT}}
