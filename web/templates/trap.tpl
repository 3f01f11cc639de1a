{{%AUTOESCAPE context="HTML"}}<div class="unseen" aria-hidden="true"><label>{{T_LEAVE_EMPTY}} <input name="website" tabindex="-1" autocomplete="off"></label></div>
<input type="hidden" name="begun" value="{{BEGUN}}">
