package io.gatekeeper.access;

import static io.gatekeeper.access.Verdict.Kind.AMBIGUOUS;
import static io.gatekeeper.access.Verdict.Kind.DENY;
import static io.gatekeeper.access.Verdict.Kind.OUTSIDE;
import static io.gatekeeper.access.Verdict.Kind.PUBLIC;
import static io.gatekeeper.access.Verdict.Kind.SESSION;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.http.RequestPath;
import io.gatekeeper.identity.Identity;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessRulesTest {
  private static AccessRule rule(Verdict.Kind kind, String... patterns) {
    List<PathPattern> parsed = Arrays.stream(patterns).map(PathPattern::parse).toList();
    return new AccessRule(parsed, Set.of(), Set.of(), kind, Set.of(), Set.of(), Set.of(), false);
  }

  private static AccessRule forGroup(String group, String... patterns) {
    AccessRule rule = rule(SESSION, patterns);
    return new AccessRule(
        rule.patterns(), Set.of(), Set.of(), SESSION, Set.of(group), Set.of(), Set.of(), false);
  }

  private static AccessRule withMethods(AccessRule rule, String... methods) {
    return new AccessRule(
        rule.patterns(),
        rule.hosts(),
        Set.of(methods),
        rule.kind(),
        rule.groups(),
        rule.roles(),
        rule.users(),
        rule.programsOnly());
  }

  private static AccessRule onHosts(AccessRule rule, String... hosts) {
    return new AccessRule(
        rule.patterns(),
        Set.of(hosts),
        rule.methods(),
        rule.kind(),
        rule.groups(),
        rule.roles(),
        rule.users(),
        rule.programsOnly());
  }

  private static AccessRules rules(AccessRule... rules) {
    return new AccessRules(List.of(rules), SESSION, "");
  }

  private static Verdict judge(AccessRules rules, String path) {
    return judge(rules, path, "GET");
  }

  private static Verdict judge(AccessRules rules, String path, String method) {
    return rules.judge(RequestPath.parse(path).orElseThrow(), method, "app.example.com");
  }

  /** What the paths of the gateways' advisories are judged by. */
  private static final AccessRules PUBLIC_AND_ADMIN =
      rules(
          rule(PUBLIC, "/public/", "/public/**"),
          rule(PUBLIC, "/about"),
          forGroup("admins", "/admin/**"));

  /** Refused with 400, asking for the group, for any session, or ambiguous: never public. */
  @ParameterizedTest
  @CsvSource({
    "//admin, AMBIGUOUS",
    "/./admin, REFUSED",
    "/public/../admin, REFUSED",
    "/public/..;/admin, REFUSED",
    "/public/%2e%2e/admin, REFUSED",
    "/public/%2e%2e%2fadmin, REFUSED",
    "/public%2f..%2fadmin, REFUSED",
    "/public/..%5cadmin, REFUSED",
    "/public\\..\\admin, REFUSED",
    "/%61dmin, ADMINS",
    "/admin/., REFUSED",
    "/admin%2f, AMBIGUOUS",
    "/admin;x=1, AMBIGUOUS",
    "/admin/x;x=1, ADMINS",
    "/admin/x%2Fy, ADMINS",
    "/admin//x, ADMINS",
    "/admin/%2561, ADMINS",
    "/;/admin, AMBIGUOUS",
    "/public;/../admin, REFUSED",
    "/admin%00, REFUSED",
    "/admin%20, SESSION",
    "/admin., SESSION",
    "/ADMIN, SESSION",
    "/admin%c0%af, REFUSED",
    "/%u002fadmin, REFUSED",
    "/public/%252e%252e/admin, REFUSED",
    "http://h/admin, REFUSED",
    "*, REFUSED",
    "h:443, REFUSED",
    "/admin?x=/public, REFUSED",
    "/publicX, SESSION",
    "/Public/, SESSION",
    "/public;x, AMBIGUOUS",
    "/public/a;x, AMBIGUOUS",
    "/public//a, AMBIGUOUS",
    "/public/a%2Fb, AMBIGUOUS",
    "/public%2Fa, AMBIGUOUS",
    "/public/%2561, AMBIGUOUS",
    "/%2570ublic/a, AMBIGUOUS",
    "//public/a, AMBIGUOUS",
    "/x;/public/a, SESSION",
    "/about/, SESSION",
    "/about;x, AMBIGUOUS",
    "/about%2F, SESSION",
    "/x//y, SESSION",
    "/x;v=1, SESSION",
    "/x%2Fy, SESSION",
    "/, SESSION",
  })
  void pathIsNeverTakenForAPublicOne(String path, String expected) {
    String actual =
        RequestPath.parse(path)
            .map(parsed -> PUBLIC_AND_ADMIN.judge(parsed, "GET", "app.example.com"))
            .map(v -> v.groups().isEmpty() ? v.kind().name() : "ADMINS")
            .orElse("REFUSED");
    assertEquals(expected, actual);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/public/", "/public", "/public/a", "/public/a/b/", "/%70ublic/a", "/about"})
  void publicPathIsPublic(String path) {
    assertEquals(PUBLIC, judge(PUBLIC_AND_ADMIN, path).kind());
  }

  @Test
  void firstRuleThatMatchesDecides() {
    AccessRules rules =
        rules(forGroup("a", "/x/y"), forGroup("b", "/x/**"), rule(DENY, "/x/z"), rule(DENY, "/w"));
    assertEquals(Set.of("a"), judge(rules, "/x/y").groups());
    assertEquals(Set.of("b"), judge(rules, "/x/z").groups());
    assertEquals(DENY, judge(rules, "/w").kind());
    assertEquals(SESSION, judge(rules, "/v").kind());
  }

  @Test
  void whatNoRuleMatchesGetsTheDefault() {
    AccessRules closed = new AccessRules(List.of(rule(SESSION, "/a")), DENY, "");
    assertEquals(SESSION, judge(closed, "/a").kind());
    assertEquals(DENY, judge(closed, "/b").kind());
    assertEquals(SESSION, judge(rules(), "/b").kind());
  }

  @Test
  void anyOfARulesPatternsMatches() {
    AccessRules rules = rules(forGroup("a", "/x", "/y/**"));
    assertEquals(Set.of("a"), judge(rules, "/x").groups());
    assertEquals(Set.of("a"), judge(rules, "/y/z").groups());
  }

  @Test
  void trailingSlashLeadsNeitherOutOfAProtectedPathNorIntoAPublicOne() {
    AccessRules rules =
        rules(
            forGroup("a", "/admin"),
            forGroup("b", "/slash/"),
            rule(PUBLIC, "/open"),
            rule(PUBLIC, "/dir/"),
            forGroup("c", "/any/*"),
            rule(DENY, "/any"));
    assertEquals(Set.of("a"), judge(rules, "/admin").groups());
    assertEquals(Set.of("a"), judge(rules, "/admin/").groups());
    assertEquals(Set.of(), judge(rules, "/admin/x").groups());
    assertEquals(Set.of("b"), judge(rules, "/slash/").groups());
    assertEquals(Set.of("b"), judge(rules, "/slash").groups());
    assertEquals(PUBLIC, judge(rules, "/open").kind());
    assertEquals(SESSION, judge(rules, "/open/").kind());
    assertEquals(PUBLIC, judge(rules, "/dir/").kind());
    assertEquals(SESSION, judge(rules, "/dir").kind());
    assertEquals(Set.of("c"), judge(rules, "/any/x/").groups());
    assertEquals(DENY, judge(rules, "/any/").kind());
    assertEquals(AMBIGUOUS, judge(rules, "/admin//").kind());
  }

  @Test
  void methodThatNoRuleNamesIsDenied() {
    AccessRules rules = rules(withMethods(forGroup("a", "/x"), "GET", "POST"));
    assertEquals(Set.of("a"), judge(rules, "/x", "GET").groups());
    assertEquals(Set.of("a"), judge(rules, "/x", "HEAD").groups());
    assertEquals(Set.of("a"), judge(rules, "/x", "POST").groups());
    for (String other : List.of("PUT", "DELETE", "OPTIONS", "TRACE", "get", "FOO", "")) {
      assertEquals(DENY, judge(rules, "/x", other).kind(), other);
      assertEquals(SESSION, judge(rules, "/y", other).kind(), other);
    }
  }

  @Test
  void headAloneDoesNotMeanGet() {
    AccessRules rules = rules(withMethods(rule(PUBLIC, "/x"), "HEAD"));
    assertEquals(PUBLIC, judge(rules, "/x", "HEAD").kind());
    assertEquals(DENY, judge(rules, "/x", "GET").kind());
  }

  @Test
  void laterRuleThatNamesThePathDecidesAboutTheOtherMethods() {
    AccessRules rules =
        rules(
            withMethods(rule(PUBLIC, "/x"), "GET"),
            withMethods(forGroup("a", "/x"), "POST"),
            withMethods(forGroup("b", "/**"), "DELETE"));
    assertEquals(PUBLIC, judge(rules, "/x", "GET").kind());
    assertEquals(Set.of("a"), judge(rules, "/x", "POST").groups());
    assertEquals(Set.of("b"), judge(rules, "/x", "DELETE").groups());
    assertEquals(DENY, judge(rules, "/x", "PUT").kind());
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "null",
      value = {
        "a.example.com, PUBLIC",
        "A.Example.COM, PUBLIC",
        "a.example.com:8443, PUBLIC",
        "b.example.com, SESSION",
        "a.example.com.evil.com, SESSION",
        "xa.example.com, SESSION",
        "a.example.com., SESSION",
        "a.example.comx, SESSION",
        "a.example, SESSION",
        "'', SESSION",
        "null, SESSION",
      })
  void ruleIsAboutItsHostsAlone(String host, String expected) {
    AccessRules rules = rules(onHosts(rule(PUBLIC, "/x"), "a.example.com", "c.example.com"));
    Verdict verdict = rules.judge(RequestPath.parse("/x").orElseThrow(), "GET", host);
    assertEquals(expected, verdict.kind().name());
  }

  @Test
  void methodOfARuleForAnotherHostDeniesNothing() {
    AccessRules rules = rules(onHosts(withMethods(rule(PUBLIC, "/x"), "GET"), "other.example.com"));
    assertEquals(SESSION, judge(rules, "/x", "POST").kind());
  }

  @ParameterizedTest
  @CsvSource({
    "/app, PUBLIC",
    "/app/, PUBLIC",
    "/app/open, PUBLIC",
    "/app/x, SESSION",
    "/%61pp/open, PUBLIC",
    "/, OUTSIDE",
    "/open, OUTSIDE",
    "/apps/open, OUTSIDE",
    "/App/open, OUTSIDE",
    "/x/app/open, OUTSIDE",
    "//app/open, OUTSIDE",
    "/app;x/open, OUTSIDE",
    "/;/app/x, OUTSIDE",
    "/app%2Fopen, OUTSIDE",
    "/app%2Fx, OUTSIDE",
    "/app//open, AMBIGUOUS",
    "/app//x, SESSION",
    "/app/app/open, SESSION",
  })
  void rulesAreRelativeToTheContextPath(String path, String expected) {
    AccessRules rules = new AccessRules(List.of(rule(PUBLIC, "/", "/open")), SESSION, "/app");
    assertEquals(expected, judge(rules, path).kind().name());
  }

  @Test
  void contextPathMayHaveSeveralSegments() {
    AccessRules rules = new AccessRules(List.of(rule(DENY, "/x/**")), SESSION, "/a/b%20c");
    assertEquals(DENY, judge(rules, "/a/b%20c/x/y").kind());
    assertEquals(SESSION, judge(rules, "/a/b%20c").kind());
    assertEquals(OUTSIDE, judge(rules, "/a").kind());
  }

  @Test
  void pathThatLeavesTheContextPathInOneReadingIsOutside() {
    AccessRules rules = new AccessRules(List.of(), SESSION, "/a;b");
    assertEquals(OUTSIDE, judge(rules, "/a;b/x").kind());
  }

  @Test
  void readingsThatComeToTheSameGetThatVerdict() {
    AccessRules rules = rules(forGroup("a", "/x/y"), forGroup("a", "/x%2Fy"), rule(DENY, "/z/**"));
    assertEquals(Set.of("a"), judge(rules, "/x%2Fy").groups());
    assertEquals(DENY, judge(rules, "/z/a;b//c%2Fd").kind());
  }

  @Test
  void methodsAreJudgedInEveryReading() {
    AccessRules rules = rules(withMethods(rule(SESSION, "/x/**"), "GET"));
    assertEquals(SESSION, judge(rules, "/x/a;b", "GET").kind());
    assertEquals(DENY, judge(rules, "/x/a;b", "POST").kind());
    assertEquals(AMBIGUOUS, judge(rules, "/x;b", "POST").kind());
  }

  @Test
  void challengeIsPartOfTheVerdict() {
    AccessRule api = rule(SESSION, "/api/**");
    AccessRules rules =
        rules(
            new AccessRule(
                api.patterns(), Set.of(), Set.of(), SESSION, Set.of(), Set.of(), Set.of(), true));
    assertTrue(judge(rules, "/api/x").programsOnly());
    assertFalse(judge(rules, "/x").programsOnly());
    assertEquals(AMBIGUOUS, judge(rules, "/api;x").kind());
  }

  private static final Identity ALICE =
      new Identity(
          "alice",
          "https://issuer.invalid",
          "s1",
          "Alice",
          "alice@example.com",
          true,
          "ali",
          List.of("devs", "ops"),
          List.of("editor"));

  private static Verdict verdict(Set<String> groups, Set<String> roles, Set<String> users) {
    return new Verdict(SESSION, groups, roles, users, false);
  }

  @Test
  void anyOfTheGroupsRolesOrUsersIsAdmitted() {
    Set<String> none = Set.of();
    assertTrue(verdict(none, none, none).admits(ALICE));
    assertTrue(verdict(Set.of("x", "ops"), none, none).admits(ALICE));
    assertTrue(verdict(none, Set.of("editor"), none).admits(ALICE));
    assertTrue(verdict(none, none, Set.of("alice")).admits(ALICE));
    assertTrue(verdict(Set.of("x"), Set.of("x"), Set.of("alice")).admits(ALICE));
    assertTrue(verdict(Set.of("x"), Set.of("editor"), Set.of("x")).admits(ALICE));
  }

  @Test
  void nobodyElseIsAdmitted() {
    Set<String> none = Set.of();
    Set<String> near = Set.of("Ops", "ops ", "op", "opss", "devs,ops", "s1", "ali", "Alice", "");
    assertFalse(verdict(near, near, near).admits(ALICE));
    assertFalse(verdict(Set.of("editor", "alice"), none, none).admits(ALICE));
    assertFalse(verdict(none, Set.of("ops"), none).admits(ALICE));
    assertFalse(verdict(none, none, Set.of("editor", "alice@example.com")).admits(ALICE));
    assertFalse(verdict(Set.of("x"), none, none).admits(Identity.of("x")));
  }

  @Test
  void onlySessionsAndPublicPathsAdmitAnybody() {
    for (Verdict.Kind kind : Verdict.Kind.values()) {
      Verdict verdict = Verdict.of(kind);
      assertEquals(kind == PUBLIC || kind == SESSION, verdict.admits(ALICE), kind.name());
    }
  }

  @Test
  void verdictsAreComparedByValue() {
    assertEquals(Verdict.of(forGroup("a", "/x")), Verdict.of(forGroup("a", "/y")));
    assertNotEquals(Verdict.of(forGroup("a", "/x")), Verdict.of(forGroup("b", "/x")));
    assertNotEquals(Verdict.of(rule(SESSION, "/x")), Verdict.of(rule(DENY, "/x")));
  }

  @Test
  void ruleCannotSayWhatOnlyPathsBringAbout() {
    assertThrows(IllegalArgumentException.class, () -> rule(AMBIGUOUS, "/x"));
    assertThrows(IllegalArgumentException.class, () -> rule(OUTSIDE, "/x"));
  }

  @Test
  void noPathIsMorePublicThanEachOfItsReadings() {
    List<String> parts = List.of("public", "admin", "/", "//", ";x", "%2F", "%252F", "%61", "a");
    for (String a : parts) {
      for (String b : parts) {
        for (String c : parts) {
          for (String d : parts) {
            Optional<RequestPath> path = RequestPath.parse("/" + a + b + c + d);
            boolean open =
                path.map(p -> PUBLIC_AND_ADMIN.judge(p, "GET", null).kind() == PUBLIC)
                    .orElse(false);
            assertTrue(!open || !path.orElseThrow().ambiguous());
            assertTrue(!open || path.orElseThrow().raw().startsWith("/public"));
          }
        }
      }
    }
  }
}
