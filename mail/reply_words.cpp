#include "mail/reply_words.hpp"

#include <algorithm>
#include <string>

#include "mail/ascii.hpp"

namespace fifteen::mail {
namespace {

using Words = std::span<const std::string_view>;

bool contains_any(std::string_view line, Words words) {
  return std::ranges::any_of(words, [&](auto word) { return line.find(word) != std::string_view::npos; });
}

bool is_any(std::string_view line, Words words) {
  return std::ranges::find(words, line) != words.end();
}

constexpr std::string_view verbs[] = {"wrote",        "writes",
                                      "schrieb",      "hat geschrieben",
                                      "a écrit",      "escribió",
                                      "escribio",     "escreveu",
                                      "scritto",      "schreef",
                                      "geschreven",   "skrev",
                                      "napisał",      "napisal",
                                      "napsal",       "napísal",
                                      "написал",      "написав",
                                      "пишет",        "пише",
                                      "писал",        "kirjoitti",
                                      "írta",         "ezt írta",
                                      "yazdı",        "şunu yazdı",
                                      "写道",         "寫道",
                                      "书写",         "さんは書きました",
                                      "のメッセージ", "書きました",
                                      "님이 작성",    "작성:",
                                      "έγραψε",       "כתב",
                                      "كتب",          "đã viết",
                                      "menulis",      "a scris",
                                      "je napisao",   "napisao",
                                      "napisala",     "je napisal",
                                      "rašė",         "rakstīja",
                                      "kirjutas",     "skrifaði",
                                      "va escriure",  "idatzi",
                                      "написа",       "напісаў",
                                      "ผู้เขียน",        "เขียนว่า",
                                      " said:"};

constexpr std::string_view originals[] = {"original message",
                                          "original-nachricht",
                                          "originalnachricht",
                                          "ursprüngliche nachricht",
                                          "message d'origine",
                                          "message d’origine",
                                          "message original",
                                          "mensaje original",
                                          "mensagem original",
                                          "messaggio originale",
                                          "oorspronkelijk bericht",
                                          "origineel bericht",
                                          "oprindelig meddelelse",
                                          "oprindelig besked",
                                          "opprinnelig melding",
                                          "ursprungligt meddelande",
                                          "originalmeddelande",
                                          "alkuperäinen viesti",
                                          "wiadomość oryginalna",
                                          "oryginalna wiadomość",
                                          "původní zpráva",
                                          "pôvodná správa",
                                          "eredeti üzenet",
                                          "mesaj original",
                                          "orijinal mesaj",
                                          "исходное сообщение",
                                          "пересылаемое сообщение",
                                          "оригинальное сообщение",
                                          "вихідне повідомлення",
                                          "原始邮件",
                                          "原始郵件",
                                          "元のメッセージ",
                                          "元のメール",
                                          "원본 메시지",
                                          "αρχικό μήνυμα",
                                          "הודעה מקורית",
                                          "الرسالة الأصلية",
                                          "forwarded message",
                                          "weitergeleitete nachricht",
                                          "message transféré",
                                          "mensaje reenviado",
                                          "mensagem encaminhada",
                                          "messaggio inoltrato",
                                          "doorgestuurd bericht",
                                          "videresendt",
                                          "vidarebefordrat",
                                          "reply message",
                                          "antwort nachricht",
                                          "begin forwarded message",
                                          "転送メッセージ",
                                          "转发的邮件",
                                          "转发邮件",
                                          "izvorna poruka",
                                          "tin nhắn gốc"};

constexpr std::string_view from_words[] = {
    "from",       "von",         "de",          "da",       "van",      "fra",       "från",
    "od",         "kimden",      "от",          "від",      "от кого",  "lähettäjä", "feladó",
    "expéditeur", "expediteur",  "remitente",   "mittente", "avsender", "afsender",  "avsändare",
    "nadawca",    "expeditor",   "发件人",      "發件人",   "寄件者",   "差出人",    "送信者",
    "보낸 사람",  "보낸사람",    "από",         "מאת",      "من",       "gönderen",  "remetente",
    "odesílatel", "отправитель", "pošiljatelj", "dari",     "từ",       "desde"};
constexpr std::string_view date_words[] = {
    "sent",       "date",       "gesendet",   "datum",    "envoyé",     "envoyé le",       "envoye",     "enviado",
    "enviada em", "enviado el", "enviado em", "fecha",    "data",       "inviato",         "verzonden",  "verzonden op",
    "sendt",      "dato",       "skickat",    "wysłano",  "wysłane",    "data wysłania",   "odesláno",   "lähetetty",
    "päiväys",    "elküldve",   "dátum",      "tarih",    "gönderildi", "gönderme tarihi", "отправлено", "дата",
    "надіслано",  "发送时间",   "發送時間",   "寄件日期", "日期",       "送信日時",        "日時",       "보낸 날짜",
    "날짜",       "στάλθηκε",   "ημερομηνία", "נשלח",     "תאריך",      "تاريخ",           "trimis",     "poslano",
    "sendt",      "quando",     "отправлен",  "dikirim"};
constexpr std::string_view to_words[] = {"to",
                                         "an",
                                         "à",
                                         "a",
                                         "para",
                                         "aan",
                                         "til",
                                         "till",
                                         "do",
                                         "komu",
                                         "kime",
                                         "кому",
                                         "vastaanottaja",
                                         "címzett",
                                         "destinataire",
                                         "destinatario",
                                         "destinatário",
                                         "收件人",
                                         "收件者",
                                         "宛先",
                                         "받는 사람",
                                         "받는사람",
                                         "προς",
                                         "אל",
                                         "إلى",
                                         "către",
                                         "za",
                                         "cc",
                                         "kopie",
                                         "kopia",
                                         "копия",
                                         "копія",
                                         "抄送",
                                         "副本",
                                         "참조",
                                         "adresat",
                                         "mottaker",
                                         "mottagare",
                                         "modtager",
                                         "alıcı",
                                         "reply-to",
                                         "répondre à",
                                         "kepada",
                                         "đến",
                                         "ke"};
constexpr std::string_view subject_words[] = {
    "subject", "betreff", "objet", "asunto", "assunto", "oggetto", "onderwerp", "emne",    "ämne",  "temat",
    "předmět", "predmet", "konu",  "тема",   "aihe",    "otsikko", "tárgy",     "subiect", "主题",  "主題",
    "主旨",    "件名",    "제목",  "θέμα",   "נושא",    "الموضوع", "perihal",   "chủ đề",  "zadeva"};

}  // namespace

bool has_attribution_verb(std::string_view line) {
  return contains_any(line, verbs);
}

bool has_date(std::string_view s) {
  const auto digit = [&](std::size_t i) { return i < s.size() && is_digit(s[i]); };
  for (std::size_t i = 0; i < s.size(); ++i) {
    if (!digit(i)) continue;
    if (i > 0 && digit(i - 1)) continue;
    std::size_t end = i;
    while (digit(end)) ++end;
    if (end - i == 4 && (s.substr(i, 2) == "19" || s.substr(i, 2) == "20")) return true;
    const char next = end < s.size() ? s[end] : ' ';
    if (end - i <= 2 && digit(end + 1) && (next == ':' || next == '/' || next == '.' || next == '-')) return true;
  }
  return false;
}

bool is_original_message_title(std::string_view words) {
  return words.size() < 100 && contains_any(words, originals);
}

bool is_reply_above_line(std::string_view line) {
  static constexpr std::string_view words[] = {
      "reply above this line", "above this line to reply", "antworten sie oberhalb dieser",
      "oberhalb dieser zeile", "au-dessus de cette ligne", "por encima de esta línea",
      "sopra questa riga",     "acima desta linha",        "boven deze regel",
      "выше этой строки",      "вище цього рядка"};
  return line.size() < 120 && contains_any(line, words);
}

HeaderField header_field(std::string_view line) {
  while (!line.empty() && (line.front() == '*' || line.front() == ' ' || line.front() == '|')) line.remove_prefix(1);
  auto colon = line.find(':');
  if (const auto wide = line.find("："); wide < colon) colon = wide;
  if (colon == std::string_view::npos || colon > 40) return HeaderField::none;
  auto label = line.substr(0, colon);
  // French and some clients put a blank, often a non-breaking one, before the colon.
  while (!label.empty() &&
         (label.back() == ' ' || label.back() == '*' || label.back() == '\t' || label.ends_with("\u00A0"))) {
    label.remove_suffix(label.ends_with("\u00A0") ? 2 : 1);
  }
  if (is_any(label, from_words)) return HeaderField::from;
  if (is_any(label, date_words)) return HeaderField::date;
  if (is_any(label, to_words)) return HeaderField::to;
  if (is_any(label, subject_words)) return HeaderField::subject;
  return HeaderField::none;
}

}  // namespace fifteen::mail
