package io.gatekeeper;

import io.gatekeeper.access.Admission;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What concerns who may go where, and what the application learns of them. */
record AccessSettings(
    List<Rule> rules,
    Rule.Access defaultAccess,
    GatekeeperConfig.Allow allow,
    GatekeeperConfig.IdentityClaims identity,
    Map<String, GatekeeperConfig.IdentityHeader> identityHeaders,
    KeptSettings kept,
    GatekeeperConfig.Preflight preflight) {

  static AccessSettings read(SettingsReader settings, URI issuer) {
    List<Rule> rules = RulesReader.read(settings);
    Rule.Access defaultAccess =
        settings.choice(Setting.DEFAULT, List.of(Rule.Access.SESSION, Rule.Access.DENY));
    GatekeeperConfig.Allow allow = allow(settings, issuer);
    GatekeeperConfig.IdentityClaims identity = IdentityReader.claims(settings);
    Map<String, GatekeeperConfig.IdentityHeader> headers = IdentityReader.headers(settings);
    return new AccessSettings(
        rules,
        defaultAccess,
        allow,
        identity,
        headers,
        new KeptReader(settings, rules, allow, identity, headers).read(),
        settings.choice(Setting.PREFLIGHT, List.of(GatekeeperConfig.Preflight.values())));
  }

  private static GatekeeperConfig.Allow allow(SettingsReader settings, URI issuer) {
    boolean any =
        settings.has(Setting.ALLOW_EMAIL_DOMAINS)
            || settings.has(Setting.ALLOW_GROUPS)
            || settings.has(Setting.ALLOW_USERS);
    if (!any && OpenIssuers.isOpen(issuer)) {
      settings
          .nodes()
          .problem(
              "allow",
              "missing",
              "email-domains, groups or users, because anybody gets an account at " + issuer);
    }
    Set<String> domains =
        Set.copyOf(
            settings.texts(
                Setting.ALLOW_EMAIL_DOMAINS, Admission::isDomain, "domains such as example.com"));
    return new GatekeeperConfig.Allow(
        domains,
        Set.copyOf(settings.texts(Setting.ALLOW_GROUPS)),
        Set.copyOf(settings.texts(Setting.ALLOW_USERS)));
  }
}
