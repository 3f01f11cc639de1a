{{%AUTOESCAPE context="HTML"}}</main>
<footer class="foot">{{T_FOOT}}</footer>
</div>
</body>
</html>
