// Appends mails to a spool until it is killed, and prints the number of each once the spool says that it is durable:
// spool_filler FILE durable|careless. Careless is the spool with synchronous=OFF: the control of the power cuts.
#include <iostream>

#include "server/store/spool.hpp"

int main(int argc, char** argv) try {
  using namespace fifteen;
  const std::string_view how = argc == 3 ? argv[2] : "";
  if (how != "durable" && how != "careless") {
    std::cerr << "usage: spool_filler FILE durable|careless\n";
    return 64;
  }
  store::Spool spool(argv[1], how == "durable");
  for (int number = 0;; ++number) {
    mail::IncomingMail mail;
    mail.envelope = {.sender = "customer@cut.example", .recipients = {"help@desk.example"}};
    mail.bytes = "Subject: mail " + std::to_string(number) + "\r\n\r\nPlease help.\r\n";
    spool.append_now("smtp", SystemClock().now(), mail);
    std::cout << number << std::endl;
  }
} catch (const std::exception& error) {
  std::cerr << "spool_filler: " << error.what() << '\n';  // the disk is gone
  return 74;
}
