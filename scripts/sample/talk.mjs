// What the sample customers ask and what they are answered: [subject, question, answer, tag, article that says so if one does], by language.
export const talk = {
  en: [
    ['Charged twice for March', 'Hello,\n\nmy card statement shows two charges for March, both on the 3rd. Could you check what happened?\n\nThanks', 'Hello,\n\nsorry about that. The second line is an authorisation that your bank drops by itself within five days; only one charge was made. If it is still there on Monday, write to me and I refund it the same hour.\n\nBest wishes', 'billing', 'two-charges'],
    ['Export page stays blank', 'The export page stays blank since this morning. I tried two browsers.', 'Thank you for telling us. A release this morning broke the export for projects with more than 50 pages; it is mended now. Please reload the page once.', 'export', 'export'],
    ['How do I invite a colleague?', 'I can\'t find where to add a second person to our team.', 'Under **Settings → People**, the button *Invite* asks for an address. She gets a link that works for a week.', 'team', 'invite'],
    ['Change the invoice address', 'We moved offices. Where can I change the address on our invoices?', 'Under **Settings → Billing → Address**; it applies from the next invoice on. I have sent you the last one again with the new address.', 'billing', 'invoice-address'],
    ['Two-step sign-in lost', 'I have a new phone and can no longer sign in, it asks for a code.', 'I have switched the second step off for your account after checking it with you by phone. Please set it up again under **Settings → Security**.', 'access', 'two-step-sign-in'],
    ['Can I get a refund?', 'I forgot to cancel before the renewal. Is a refund possible?', 'Of course: within 14 days of a renewal we give the money back, no questions asked. It will be on your card in three days.', 'billing', 'refunds'],
    ['Slow uploads', 'Uploads take minutes today, they used to take seconds.', 'We see it too: one of our storage regions is slow. New uploads go elsewhere since 10 minutes; could you try once more?', 'upload', 'slow-uploads'],
    ['Delete my account', 'How do I delete my account and all my data?', 'I have deleted both; the copies in our backups go within 30 days.', 'account'],
    ['Closing my account', 'I want to close my account for good, please delete everything.', 'It is closed, and its data is deleted. Thank you for the time with us.', 'account'],
    ['Single sign-on', 'Can our whole company use single sign-on with Okta?', 'Yes, on the team plan. I have switched SAML on for you; the metadata address is in my next mail.', 'access'],
    ['SSO for our team', 'Is there single sign-on by SAML for a whole company?', 'There is, on the team plan: tell me your domain and I switch it on.', 'access'],
  ],
  it: [
    ['Addebito doppio a marzo', 'Buongiorno,\n\nsull\'estratto conto vedo due addebiti per marzo. Potete controllare?\n\nGrazie', 'Buongiorno,\n\nil secondo è una pre-autorizzazione che la banca annulla da sola entro cinque giorni: abbiamo incassato una volta sola.\n\nA presto', 'billing', 'doppio-addebito'],
    ['Come esporto in PDF?', 'Non trovo più il pulsante per esportare in PDF.', 'Ora si trova in alto a destra, sotto **Condividi → PDF**.', 'export', 'esportare'],
  ],
  ru: [
    ['Не приходит письмо для сброса пароля', 'Здравствуйте! Третий раз прошу сбросить пароль, письма нет и в спаме.', 'Здравствуйте! В адресе была опечатка, мы её исправили и отправили письмо ещё раз.', 'access', 'sbros-parolya'],
    ['Счёт на компанию', 'Можно ли получить счёт на юридическое лицо?', 'Да: **Настройки → Оплата → Реквизиты**. Закрытые месяцы мы выставим заново сами.', 'billing', 'schet-na-kompaniyu'],
  ],
  uk: [
    ['Не відкривається експорт', 'Добрий день! Сторінка експорту порожня з самого ранку.', 'Добрий день! Це була наша помилка, її вже виправлено. Оновіть, будь ласка, сторінку.', 'export', 'eksport'],
    ['Запросити колегу', 'Як додати ще одну людину до команди?', 'У розділі **Налаштування → Люди** натисніть *Запросити*.', 'team', 'zaprosyty'],
  ],
  zh: [
    ['导出页面空白', '您好,从今天早上开始导出页面一直是空白的。', '您好,这是我们今早更新造成的问题,现在已经修复,请刷新页面。', 'export', 'dao-chu'],
    ['如何更改发票地址', '我们公司搬家了,发票上的地址在哪里修改?', '请在 **设置 → 账单 → 地址** 中修改,下一张发票起生效。', 'billing', 'fa-piao-di-zhi'],
  ],
};

export const thanks = ['Perfect, thank you!', 'That was quick, thanks.', 'It works now, thank you.', 'And one more thing: does this also hold for yearly plans?'];
