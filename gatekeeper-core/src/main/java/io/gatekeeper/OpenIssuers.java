package io.gatekeeper;

import java.net.URI;
import java.util.List;
import java.util.Set;

/** Issuers at which anybody can get an account, so that signing in alone says nothing. */
final class OpenIssuers {
  private static final Set<String> HOSTS =
      Set.of(
          "accounts.google.com",
          "appleid.apple.com",
          "account.apple.com",
          "login.yahoo.com",
          "api.login.yahoo.com",
          "login.live.com",
          "www.facebook.com",
          "limited.facebook.com",
          "www.linkedin.com",
          "access.line.me",
          "id.twitch.tv",
          "www.paypal.com",
          "slack.com",
          "discord.com",
          "gitlab.com");

  /** Microsoft's hosts are open under these tenants; the last holds the personal accounts. */
  private static final Set<String> MICROSOFT =
      Set.of("login.microsoftonline.com", "login.windows.net", "sts.windows.net");

  private static final List<String> OPEN_TENANTS =
      List.of("common", "organizations", "consumers", "9188040d-6c67-4c5b-b112-36a304b66dad");

  private OpenIssuers() {}

  static boolean isOpen(URI issuer) {
    String host = Urls.host(issuer);
    String[] path = issuer.getPath().split("/", -1);
    return HOSTS.contains(host)
        || (MICROSOFT.contains(host) && path.length > 1 && OPEN_TENANTS.contains(path[1]));
  }
}
