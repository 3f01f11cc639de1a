#pragma once
#include <string>
#include <string_view>

#include "server/desk/portal/brands.hpp"

// Where links of ours lead.
namespace fifteen::desk {

// What `serve --public-url` last said, "https://help.example.org"; empty: nothing.
void keep_public_url(store::Session& sql, const std::string& url);
std::string public_url(store::Session& sql);

// A brand's own address, of the same scheme as the desk's; empty where the desk has none.
std::string site_of(const Brand& brand, const std::string& public_url);

}  // namespace fifteen::desk
