#include "search/language.hpp"

#include <gtest/gtest.h>

#include "search/text.hpp"

namespace fifteen::search {

TEST(Language, IsTheFirstPartOfALocale) {
  EXPECT_EQ(language_of("it-IT"), "it");
  EXPECT_EQ(language_of("PT_br.UTF-8"), "pt");
  EXPECT_EQ(language_of("no"), "nb");
  for (const char* odd : {"", "x", "english", "../en", "12"}) EXPECT_EQ(language_of(odd), "") << odd;
}

TEST(Language, IsGuessedByScriptAndCommonWords) {
  struct Case {
    const char* text;
    const char* language;
  };
  for (const Case c :
       {Case{"Where is my parcel? I have been waiting for a week", "en"},
        Case{"Wo finde ich die Rechnung für meine Bestellung?", "de"},
        Case{"Non ho ricevuto il rimborso del mio ordine", "it"},
        Case{"Je ne trouve pas ma facture dans mon compte", "fr"},
        Case{"No puedo entrar en mi cuenta con la contraseña", "es"}, Case{"Não consigo entrar na minha conta", "pt"},
        Case{"Ik kan mijn bestelling niet vinden", "nl"}, Case{"Nie mogę się zalogować do mojego konta", "pl"},
        Case{"Куда возвращают деньги, если отказался", "ru"}, Case{"Не бачу свого замовлення, допоможіть", "uk"},
        Case{"не бачу свого замовлення", "uk"}, Case{"где мой заказ", "ru"}, Case{"我的 iPhone 订单在哪里", "zh"},
        Case{"注文はどこですか", "ja"}, Case{"주문이 어디에 있나요", "ko"}})
    EXPECT_EQ(guess_language(c.text), c.language) << c.text;
}

TEST(Language, IsNotGuessedFromWordsThatSayNothing) {
  for (const char* text : {"", "iPhone 15 Pro", "4221", "PayPal"}) EXPECT_EQ(guess_language(text), "") << text;
}

TEST(Language, OfATextIsItsPagesWhereTheTextSpeaksForIt) {
  struct Case {
    const char* text;
    const char* page;
    const char* language;
  };
  for (const Case c :
       {Case{"Please let me export all of the invoices", "it", "en"},
        Case{"Wo finde ich die Rechnung für meine Bestellung?", "en", "de"}, Case{"Dark mode", "en", ""},
        Case{"Wrap a parcel as a gift", "en", "en"}, Case{"Dark mode", "ru", ""}, Case{"iPhone 15 Pro", "zh-Hans", ""},
        Case{"batteries die", "en", ""}, Case{"15 :) 👍", "uk", ""},
        Case{"Темна тема для мобільного застосунку", "ru", "uk"}, Case{"Тема", "uk", ""},
        Case{"Тёмная тема, пожалуйста, и тени вместо рамок: так привычнее, мы это видим", "uk", "ru"},
        Case{"Какъв е срокът", "bg", "bg"}, Case{"請求書発行", "ja", "ja"}, Case{"請求書発行", "en", "zh"},
        Case{"注文はどこですか", "zh", "ja"}, Case{"Where is my order", "", "en"}})
    EXPECT_EQ(language_written(normalise(c.text), c.page), c.language) << c.text << " on " << c.page;
  EXPECT_EQ(language_asked("batteries die", "en"), "en");
  EXPECT_EQ(language_asked("iPhone 15 Pro", "zh-Hans"), "zh");
}

}  // namespace fifteen::search
