package io.gatekeeper;

import com.fasterxml.jackson.databind.node.TextNode;
import io.gatekeeper.GatekeeperConfig.IdentityHeader;
import io.gatekeeper.access.GroupNames;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads what a session keeps of an identity. Every request is judged by what the session has, so
 * what the other settings go by has to be kept: what can never match is a mistake.
 */
final class KeptReader {
  private static final List<IdentityHeader> CLAIMS =
      List.of(
          IdentityHeader.EMAIL,
          IdentityHeader.NAME,
          IdentityHeader.GROUPS,
          IdentityHeader.PREFERRED_USERNAME,
          IdentityHeader.ROLES);

  private final SettingsReader settings;
  private final List<Rule> rules;
  private final GatekeeperConfig.Allow allow;
  private final boolean rolesAreGroups;
  private final Collection<IdentityHeader> headers;

  KeptReader(
      SettingsReader settings,
      List<Rule> rules,
      GatekeeperConfig.Allow allow,
      GatekeeperConfig.IdentityClaims identity,
      Map<String, IdentityHeader> headers) {
    this.settings = settings;
    this.rules = rules;
    this.allow = allow;
    this.rolesAreGroups = identity.roles().isEmpty();
    this.headers = headers.values();
  }

  KeptSettings read() {
    return new KeptSettings(claims(), groups());
  }

  private Set<IdentityHeader> claims() {
    Set<IdentityHeader> claims = EnumSet.noneOf(IdentityHeader.class);
    for (String name : settings.texts(Setting.SESSION_CLAIMS)) {
      settings
          .nodes()
          .choice(Setting.SESSION_CLAIMS.key(), TextNode.valueOf(name), CLAIMS)
          .ifPresent(claims::add);
    }
    if (!settings.has(Setting.SESSION_CLAIMS)) {
      claims.addAll(usual());
    } else if (!claims.isEmpty()) {
      checkClaims(claims);
    }
    return claims;
  }

  private Set<IdentityHeader> usual() {
    Set<IdentityHeader> usual =
        EnumSet.of(IdentityHeader.EMAIL, IdentityHeader.NAME, IdentityHeader.GROUPS);
    headers.stream().filter(CLAIMS::contains).forEach(usual::add);
    if (!rolesAreGroups) {
      usual.add(IdentityHeader.ROLES);
    }
    return usual;
  }

  private void checkClaims(Set<IdentityHeader> claims) {
    IdentityHeader roles = rolesAreGroups ? IdentityHeader.GROUPS : IdentityHeader.ROLES;
    need(claims, IdentityHeader.EMAIL, !allow.emailDomains().isEmpty(), "allow.email-domains");
    need(claims, IdentityHeader.GROUPS, !allow.groups().isEmpty(), "allow.groups");
    need(claims, IdentityHeader.GROUPS, anyRuleNames(Rule::groups), "rules");
    need(claims, roles, anyRuleNames(Rule::roles), "rules");
    for (IdentityHeader claim : CLAIMS) {
      boolean named = settings.has(Setting.IDENTITY_HEADERS) && headers.contains(claim);
      need(claims, claim == IdentityHeader.ROLES ? roles : claim, named, "identity-headers");
    }
  }

  private boolean anyRuleNames(Function<Rule, Set<String>> names) {
    return rules.stream().anyMatch(rule -> !names.apply(rule).isEmpty());
  }

  private void need(
      Set<IdentityHeader> claims, IdentityHeader claim, boolean needed, String whatFor) {
    if (needed && !claims.contains(claim)) {
      settings.problem(
          Setting.SESSION_CLAIMS, NodeReader.word(claim) + " among them, for " + whatFor);
    }
  }

  private List<String> groups() {
    List<String> names =
        settings.texts(
            Setting.GROUPS_ALLOW, GroupNames::isPattern, "a name, or how names begin and then *");
    if (!names.isEmpty()) {
      checkGroups(new GroupNames(names));
    }
    return names;
  }

  private void checkGroups(GroupNames kept) {
    check(kept, Setting.ALLOW_GROUPS.key(), allow.groups());
    for (int i = 0; i < rules.size(); i++) {
      String rule = NodeReader.at(Setting.RULES.key(), i);
      check(kept, rule + ".groups", rules.get(i).groups());
      if (rolesAreGroups) {
        check(kept, rule + ".roles", rules.get(i).roles());
      }
    }
  }

  private void check(GroupNames kept, String where, Set<String> named) {
    named.stream()
        .filter(group -> !kept.contains(group))
        .sorted()
        .forEach(
            group -> settings.nodes().problem(where, group, "a group that groups-allow keeps"));
  }
}
