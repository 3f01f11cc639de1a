#include "server/desk/portal/brands.hpp"

#include <map>

#include "server/desk/portal/site.hpp"
#include "server/desk/team/mailboxes.hpp"
#include "server/store/references.hpp"
#include "tests/desk/desk_fixture.hpp"

namespace fifteen::desk {
namespace {

// 2 by 1 pixels.
std::string png(int width = 2, int height = 1) {
  std::string bytes("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16);
  for (const int side : {width, height})
    for (const int shift : {24, 16, 8, 0}) bytes += static_cast<char>(side >> shift & 255);
  return bytes + std::string("\x08\x06\0\0\0rest of it", 15);
}

class Brands : public Desk {
 protected:
  result<Brand> add(const BrandChange& wish) {
    return write([&](store::Session& sql) { return add_brand(sql, bob, wish); });
  }
  result<Brand> change(BrandId id, const BrandChange& wish) {
    return write([&](store::Session& sql) { return change_brand(sql, bob, id, wish); });
  }
  Brand at(const std::string& host) {
    return db().read_now([&](store::Session& sql) { return brand_of_host(sql, host); });
  }
  std::vector<Brand> all() {
    return db().read_now([](store::Session& sql) { return store::brands(sql); });
  }
  MailboxId another_mailbox(const std::string& address = "help@pro.example") {
    return write([&](store::Session& sql) { return add_mailbox(sql, bob, {.address = address}, now)->mailbox.id; });
  }
  result<Brand> give_logo(BrandId id, const std::string& bytes) {
    return write([&](store::Session& sql) { return set_logo(sql, bob, id, bytes); });
  }
};

TEST_P(Brands, ADeskWithoutSettingsHasOne) {
  ASSERT_EQ(all().size(), 1u);
  EXPECT_EQ(all()[0].id, default_brand);
  EXPECT_EQ(at("anything.example:8015").id, default_brand);
  EXPECT_EQ(db().read_now([&](store::Session& sql) { return brand_of_mailbox(sql, mailbox).id; }), default_brand);
  EXPECT_EQ(db().read_now([&](store::Session& sql) { return mailbox_of(sql, at("x")); }), mailbox);
}

TEST_P(Brands, TheDefaultIsChangedWithoutHavingBeenAdded) {
  const auto changed =
      change(default_brand, {.name = "Acme Boards", .accent = "#0A7B5C", .back_url = "https://acme.example/"});
  ASSERT_TRUE(changed) << changed.error().message();
  EXPECT_EQ(at("wherever").name, "Acme Boards");
  EXPECT_EQ(at("wherever").accent, "#0a7b5c");
  EXPECT_EQ(change(default_brand, {.name = "Acme"})->version, changed->version + 1);
  EXPECT_EQ(at("wherever").back_url, "https://acme.example/");
  EXPECT_EQ(all().size(), 1u);
}

TEST_P(Brands, AreFoundByHostWithAndWithoutThePort) {
  const auto pro = add({.name = "Pro", .host = "Help.Pro.example"});
  const auto local = add({.name = "Local", .host = "local.example:8015"});
  ASSERT_TRUE(pro && local);
  EXPECT_EQ(at("help.pro.example").id, pro->id);
  EXPECT_EQ(at("HELP.PRO.EXAMPLE:443").id, pro->id);
  EXPECT_EQ(at("local.example:8015").id, local->id);
  EXPECT_EQ(at("local.example").id, default_brand);
  EXPECT_EQ(at("").id, default_brand);
  EXPECT_EQ(at("' OR 1=1 --").id, default_brand);
}

TEST_P(Brands, HaveMailboxesAndTheDefaultHasTheRest) {
  const MailboxId pro_mailbox = another_mailbox();
  const auto pro = add({.name = "Pro", .host = "pro.example", .mailboxes = {{mailbox}}});
  ASSERT_TRUE(pro);
  EXPECT_EQ(pro->mailboxes, std::vector{mailbox});
  db().read_now([&](store::Session& sql) {
    EXPECT_EQ(brand_of_mailbox(sql, mailbox).id, pro->id);
    EXPECT_EQ(brand_of_mailbox(sql, pro_mailbox).id, default_brand);
    EXPECT_EQ(mailbox_of(sql, *pro), mailbox);
    EXPECT_EQ(mailbox_of(sql, store::brand_of(sql, default_brand)), pro_mailbox);
    return 0;
  });
  // A mailbox goes from one brand to another.
  const auto max = add({.name = "Max", .host = "max.example", .mailboxes = {{mailbox, pro_mailbox, mailbox}}});
  EXPECT_EQ(max->mailboxes, (std::vector{mailbox, pro_mailbox}));
  EXPECT_TRUE(at("pro.example").mailboxes.empty());
}

TEST_P(Brands, RefuseWhatCanNotBe) {
  const auto error = [&](const BrandChange& wish) { return add(wish).error(); };
  ASSERT_TRUE(add({.name = "Pro", .host = "pro.example"}));
  EXPECT_EQ(error({.name = "Pro again", .host = "PRO.example"}), errc::conflict);
  EXPECT_EQ(error({.name = "No host"}), errc::invalid);
  for (const char* host : {"", "a b", "https://x.example", "x.example/help", ".x", "x.", "x..y", "-x", "x:", "x:123456",
                           "x:y", "пример.example", "x_y", "x@y"})
    EXPECT_EQ(error({.name = "X", .host = host}), errc::invalid) << host;
  for (const char* name : {"", "  ", "a\nb"}) EXPECT_EQ(error({.name = name, .host = "x"}), errc::invalid) << name;
  for (const char* accent : {"red", "#fff", "#ffffff", "#f4f4f0", "javascript:"})
    EXPECT_EQ(error({.name = "X", .host = "x", .accent = accent}), errc::invalid) << accent;
  for (const char* url : {"acme.example", "javascript:alert(1)", "https://", "https:///x", "ftp://x", "https://a b"})
    EXPECT_EQ(error({.name = "X", .host = "x", .back_url = url}), errc::invalid) << url;
  EXPECT_EQ(error({.name = "X", .host = "x", .mailboxes = {{MailboxId(99)}}}), errc::invalid);
  EXPECT_EQ(change(default_brand, {.host = "x.example"}).error(), errc::invalid);
  EXPECT_EQ(change(default_brand, {.mailboxes = {{mailbox}}}).error(), errc::invalid);
  EXPECT_EQ(change(BrandId(77), {.name = "X"}).error(), errc::not_found);
  EXPECT_EQ(write([&](store::Session& sql) { return add_brand(sql, ana, {.name = "X", .host = "x"}); }).error(),
            errc::forbidden);
  EXPECT_EQ(all().size(), 2u);
}

TEST_P(Brands, AHostBelongsToOneBrandAtATime) {
  const auto a = add({.name = "A", .host = "a.example"}), b = add({.name = "B", .host = "b.example"});
  EXPECT_EQ(change(b->id, {.host = "A.example"}).error(), errc::conflict);
  EXPECT_TRUE(change(a->id, {.host = "other.example"}));
  EXPECT_TRUE(change(b->id, {.host = "a.example"}));
}

TEST_P(Brands, RemovedOnesLeaveTheirMailboxesToTheDefault) {
  const auto pro = add({.name = "Pro", .host = "pro.example", .mailboxes = {{mailbox}}});
  EXPECT_TRUE(write([&](store::Session& sql) { return remove_brand(sql, bob, pro->id); }));
  EXPECT_EQ(at("pro.example").id, default_brand);
  EXPECT_EQ(db().read_now([&](store::Session& sql) { return brand_of_mailbox(sql, mailbox).id; }), default_brand);
  EXPECT_EQ(db().read_now([&](store::Session& sql) { return store::brand_of(sql, pro->id).id; }), default_brand);
  const auto remove = [&](BrandId id) {
    return write([&](store::Session& sql) { return remove_brand(sql, bob, id); }).error();
  };
  EXPECT_EQ(remove(pro->id), errc::not_found);
  EXPECT_EQ(remove(default_brand), errc::conflict);
  const auto later = add({.name = "Later", .host = "later.example"});
  EXPECT_NE(later->id, pro->id) << "what remembers the old one must not find another";
}

TEST_P(Brands, LogosArePicturesByTheirBytes) {
  const auto with_logo = give_logo(default_brand, png(120, 40));
  ASSERT_TRUE(with_logo);
  const auto logo = db().read_now([&](store::Session& sql) { return logo_of(sql, *with_logo); });
  ASSERT_TRUE(logo);
  EXPECT_EQ(logo->picture.content_type, "image/png");
  EXPECT_EQ(logo->picture.width, 120);
  EXPECT_EQ(logo->picture.height, 40);
  EXPECT_EQ(logo->bytes, png(120, 40));
  EXPECT_EQ(db().read_now([](store::Session& sql) { return store::dangling_references(sql).size(); }), 0u);

  for (const std::string& wrong : {std::string(), std::string("<svg xmlns='http://www.w3.org/2000/svg'/>"),
                                   std::string("GIF89a"), std::string("\x89PNG\r\n\x1a\n"), png(0, 5), png(5000, 5),
                                   png(70'000, 5), std::string("\xff\xd8\xff\xe0\0\x02", 6)})
    EXPECT_EQ(give_logo(default_brand, wrong).error(), errc::invalid) << wrong.substr(0, 20);
  EXPECT_EQ(give_logo(default_brand, png() + std::string(largest_logo, 'x')).error(), errc::too_large);
  EXPECT_TRUE(write([&](store::Session& sql) { return remove_logo(sql, bob, default_brand); })->logo_sha256.empty());
}

TEST(Picture, ReadsTheSidesOfEachFormat) {
  const std::string jpeg("\xff\xd8\xff\xe0\0\x04\x01\x02\xff\xc0\0\x11\x08\0\x28\0\x50\x03\x01", 19);
  EXPECT_EQ(read_picture(jpeg)->width, 80);
  EXPECT_EQ(read_picture(jpeg)->height, 40);
  const std::string lossy("RIFF\x1e\0\0\0WEBPVP8 \x12\0\0\0\x30\x01\0\x9d\x01\x2a\x50\0\x28\0", 30);
  EXPECT_EQ(read_picture(lossy)->width, 80);
  EXPECT_EQ(read_picture(lossy)->height, 40);
  const std::string extended("RIFF\x1e\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x4f\0\0\x27\0\0", 30);
  EXPECT_EQ(read_picture(extended)->width, 80);
  EXPECT_EQ(read_picture(extended)->height, 40);
  const std::string animated(
      "GIF89a\x50\0\x28\0\x80\0\0\0\0\0\xff\xff\xff!\xff\x0bNETSCAPE2.0\x3\x1\0\0\0,"
      "\0\0\0\0\x50\0\x28\0\0\x2\x2\x44\x1\0;",
      54);
  EXPECT_EQ(read_picture(animated)->content_type, "image/gif");
  EXPECT_EQ(read_picture(animated)->width, 80);
  EXPECT_EQ(read_picture(animated)->height, 40);
  std::string wide = animated;
  wide[44] = '\x40';  // its first frame goes past the canvas
  EXPECT_EQ(read_picture(wide)->width, 0x4050);
  EXPECT_FALSE(read_picture("GIF89a/*" + std::string(30, ' ') + "*/=1;alert(1)"));
  // Cut anywhere: no picture, or the same one, and nothing is read past the end.
  for (const std::string& whole : {jpeg, lossy, extended, animated, png()})
    for (std::size_t size = 0; size < whole.size(); ++size) read_picture(whole.substr(0, size));
}

TEST_P(Brands, LinksLeadToTheirOwnHosts) {
  const Brand pro{.id = BrandId(2), .host = "pro.example"};
  EXPECT_EQ(site_of(pro, "https://help.example"), "https://pro.example");
  EXPECT_EQ(site_of(pro, "http://127.0.0.1:8015"), "http://pro.example");
  EXPECT_EQ(site_of(Brand(), "https://help.example"), "https://help.example");
  EXPECT_EQ(site_of(pro, ""), "");
}

FIFTEEN_BOTH_DATABASES(Brands);

TEST_P(Brands, MailsAreInTheirName) {
  const MailboxId acme_mailbox = another_mailbox("help@acme.example");
  const auto acme = add({.name = "Acme Boards", .host = "help.acme.example", .mailboxes = {{acme_mailbox}}});
  ASSERT_TRUE(acme);
  write([&](store::Session& sql) { keep_public_url(sql, "https://desk.example"); });
  auto mail = mail_from("joe@client.example", "Where is it?");
  mail.to = {{"", "help@acme.example"}};
  const TicketId hers = receive(mail, "help@acme.example").ticket, other = asked_by("eve@client.example");
  minutes_pass(2);
  for (const TicketId ticket : {hers, other})
    ASSERT_TRUE(reply(ticket, {.text = "Here it is.", .site = "https://desk.example"}));

  std::map<TicketId, std::vector<store::QueuedMail>> sent;
  for (auto& claimed : write([&](store::Session& sql) { return store::claim_mails(sql, "t", now, now, 100); }))
    sent[claimed.mail.ticket].push_back(std::move(claimed.mail));
  ASSERT_EQ(sent[hers].size(), 2u);
  EXPECT_EQ(sent[hers][0].from.name, "Acme Boards");
  EXPECT_EQ(sent[hers][1].from.name, "Ana (Acme Boards)");
  for (const store::QueuedMail& one : sent[hers]) {
    EXPECT_EQ(one.from.address, "help@acme.example");
    EXPECT_EQ(one.reply_to.front().name, "Acme Boards");
    EXPECT_TRUE(one.text.contains("https://help.acme.example/q/")) << one.text;
    EXPECT_TRUE(one.text.contains("\nAcme Boards: https://help.acme.example/help\n")) << one.text;
    EXPECT_TRUE(one.html.contains("<a href=\"https://help.acme.example/help\">Acme Boards</a>")) << one.html;
    EXPECT_FALSE(one.text.contains("desk.example/")) << one.text;
  }
  ASSERT_EQ(sent[other].size(), 2u);
  EXPECT_EQ(sent[other][0].from.name, "Help");
  EXPECT_EQ(sent[other][1].from.name, "Ana") << "a desk that nobody has named speaks as before";
  EXPECT_FALSE((sent[other][0].text + sent[other][1].text).contains("Acme"));
}

}  // namespace
}  // namespace fifteen::desk
