{{%AUTOESCAPE context="HTML"}}</main>
<footer class="foot">
  <nav aria-label="{{T_LANGUAGE}}">{{#LANGUAGE_CHOICE}}<a href="{{URL}}" lang="{{TAG}}" hreflang="{{TAG}}"{{#CHOSEN}} aria-current="true"{{/CHOSEN}}>{{NAME}}</a>{{/LANGUAGE_CHOICE}}</nav>
  <span>{{T_FOOT}}</span>
</footer>
</div>
</body>
</html>
