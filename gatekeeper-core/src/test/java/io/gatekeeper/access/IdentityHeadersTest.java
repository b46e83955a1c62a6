package io.gatekeeper.access;

import static io.gatekeeper.access.IdentityHeaders.Source.EMAIL;
import static io.gatekeeper.access.IdentityHeaders.Source.GROUPS;
import static io.gatekeeper.access.IdentityHeaders.Source.NAME;
import static io.gatekeeper.access.IdentityHeaders.Source.PREFERRED_USERNAME;
import static io.gatekeeper.access.IdentityHeaders.Source.ROLES;
import static io.gatekeeper.access.IdentityHeaders.Source.SUBJECT;
import static io.gatekeeper.access.IdentityHeaders.Source.USER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.identity.Identity;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityHeadersTest {
  private static final Map<String, IdentityHeaders.Source> ALL = all();
  private static final IdentityHeaders HEADERS = new IdentityHeaders(ALL);

  private static Map<String, IdentityHeaders.Source> all() {
    Map<String, IdentityHeaders.Source> all = new LinkedHashMap<>();
    all.put("X-Auth-Request-User", USER);
    all.put("X-Sub", SUBJECT);
    all.put("kubeflow-userid", EMAIL);
    all.put("X-Name", NAME);
    all.put("X-Preferred", PREFERRED_USERNAME);
    all.put("kubeflow-groups", GROUPS);
    all.put("X-Roles", ROLES);
    return all;
  }

  private static Identity named(String user) {
    return Identity.of(user);
  }

  private static Identity inGroups(String... groups) {
    return new Identity(
        "u",
        "https://issuer.invalid",
        "s",
        null,
        null,
        false,
        null,
        Arrays.asList(groups),
        List.of());
  }

  private static Identity withEmail(boolean verified) {
    return new Identity(
        "u", "https://issuer.invalid", "s", null, "a@b.c", verified, null, List.of(), List.of());
  }

  @Test
  void everyHeaderIsThereInItsOrder() {
    Identity alice =
        new Identity(
            "alice",
            "https://issuer.invalid",
            "s-1",
            "Alice A",
            "alice@example.com",
            true,
            "ali",
            List.of("devs", "ops"),
            List.of("editor"));
    assertEquals(
        "{X-Auth-Request-User=alice, X-Sub=s-1, kubeflow-userid=alice@example.com, X-Name=Alice A,"
            + " X-Preferred=ali, kubeflow-groups=devs,ops, X-Roles=editor}",
        HEADERS.of(alice).toString());
    assertEquals(List.copyOf(ALL.keySet()), HEADERS.names());
  }

  @Test
  void headerWithoutAValueIsEmpty() {
    assertEquals(
        "{X-Auth-Request-User=u, X-Sub=u, kubeflow-userid=, X-Name=, X-Preferred=,"
            + " kubeflow-groups=, X-Roles=}",
        HEADERS.of(named("u")).toString());
  }

  @Test
  void nobodyHasEveryHeaderEmpty() {
    Map<String, String> nobody = HEADERS.of(null);
    assertEquals(List.copyOf(ALL.keySet()), List.copyOf(nobody.keySet()));
    assertTrue(nobody.values().stream().allMatch(String::isEmpty));
    assertSame(nobody, HEADERS.of(null));
    assertThrows(UnsupportedOperationException.class, () -> nobody.put("x", "y"));
  }

  @Test
  void unverifiedAddressIsNotSent() {
    assertEquals("", HEADERS.of(withEmail(false)).get("kubeflow-userid"));
    assertEquals("a@b.c", HEADERS.of(withEmail(true)).get("kubeflow-userid"));
  }

  @ParameterizedTest
  @CsvSource({
    "alice, alice",
    "'cn=admin,dc=example,dc=org', 'cn=admin,dc=example,dc=org'",
    "a b, a b",
    "' a ', '%20a%20'",
    "' ', %20",
    "100%, 100%25",
    "%41, %2541",
    "é, %C3%A9",
    "€😀, %E2%82%AC%F0%9F%98%80",
    "'a\r\nSet-Cookie: x', 'a%0D%0ASet-Cookie: x'",
    "'a\rb', a%0Db",
    "'a\nb', a%0Ab",
    "'a\tb', a%09b",
    "'a\u0000b', a%00b",
    "'a\u007fb', a%7Fb",
    "'a\u0085b', a%C2%85b",
    "\u010aX, %C4%8AX",
    "\u560aX, %E5%98%8AX",
    "'\"<>;=\\', '\"<>;=\\'",
  })
  void valueIsWrittenSoThatItCanBeReadBack(String user, String expected) {
    assertEquals(expected, HEADERS.of(named(user)).get("X-Auth-Request-User"));
  }

  @Test
  void commaInAGroupIsNoSeparator() {
    assertEquals("x%2Cadmins", HEADERS.of(inGroups("x,admins")).get("kubeflow-groups"));
    assertEquals("x,admins", HEADERS.of(inGroups("x", "admins")).get("kubeflow-groups"));
    assertEquals(
        "a%2520b,%20c%20,%C3%A9", HEADERS.of(inGroups("a%20b", " c ", "é")).get("kubeflow-groups"));
  }

  @Test
  void anyGroupsAreReadBackAndBreakNoHeader() {
    Random random = new Random(11);
    String alphabet = "a,% \r\n\t\u0000\u007fé€%2C";
    for (int i = 0; i < 5_000; i++) {
      String[] groups = new String[1 + random.nextInt(4)];
      for (int g = 0; g < groups.length; g++) {
        StringBuilder group = new StringBuilder("g");
        for (int j = random.nextInt(6); j > 0; j--) {
          group.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        groups[g] = group.toString();
      }
      String value = HEADERS.of(inGroups(groups)).get("kubeflow-groups");
      assertTrue(value.chars().allMatch(c -> c >= ' ' && c < 0x7f), value);
      assertEquals(value, value.strip());
      List<String> back =
          Arrays.stream(value.split(",", -1))
              .map(one -> URLDecoder.decode(one, StandardCharsets.UTF_8))
              .toList();
      assertEquals(List.of(groups), back);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X_Auth_Request_User",
        "x_auth_request_user",
        "X.Auth.Request.User",
        "X-Auth_Request.User",
        "X-Auth-Request_User",
        "X-AUTH-REQUEST.USER",
        "kubeflow_userid",
        "kubeflow.userid",
        "KUBEFLOW_USERID",
        "Kubeflow_Groups",
        "kubeflow~groups",
        "kubeflow!groups",
        "kubeflow groups",
      })
  void otherSpellingIsAnAlias(String name) {
    assertTrue(HEADERS.isAlias(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Auth-Request-User",
        "x-auth-request-user",
        "KUBEFLOW-USERID",
        "kubeflow-groups",
        "X-Auth-Request-Users",
        "XAuthRequestUser",
        "kubeflowuserid",
        "kubeflow--userid",
        "X-Auth-Request-Email",
        "Host",
        "Cookie",
        "kubeflowXuserid",
        "\u212aubeflow_userid",
        "",
      })
  void ownAndUnrelatedNamesAreNoAliases(String name) {
    assertFalse(HEADERS.isAlias(name));
  }

  @Test
  void dashIsTheAliasWhereOursHasAnUnderscore() {
    IdentityHeaders headers = new IdentityHeaders(Map.of("X_User", USER));
    assertTrue(headers.isAlias("X-User"));
    assertFalse(headers.isAlias("x_user"));
  }

  @Test
  void twoOfOursThatLookAlikeAreNoAliases() {
    Map<String, IdentityHeaders.Source> both = new LinkedHashMap<>();
    both.put("X_User", USER);
    both.put("X-User", USER);
    IdentityHeaders headers = new IdentityHeaders(both);
    assertFalse(headers.isAlias("X-User"));
    assertFalse(headers.isAlias("X_USER"));
    assertTrue(headers.isAlias("X.User"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "X User", "X:User", "X-Üser", "X\n", "X-User ", "(x)", "x/y", "\u0000"})
  void whatIsNoHeaderNameIsAMistake(String name) {
    Map<String, IdentityHeaders.Source> sources = Map.of(name, USER);
    IllegalArgumentException mistake =
        assertThrows(IllegalArgumentException.class, () -> new IdentityHeaders(sources));
    assertTrue(mistake.getMessage().startsWith(name + " (expected: a header name"));
  }

  @Test
  void oneNameTwiceIsAMistake() {
    Map<String, IdentityHeaders.Source> twice = new LinkedHashMap<>();
    twice.put("X-User", USER);
    twice.put("x-user", EMAIL);
    assertThrows(IllegalArgumentException.class, () -> new IdentityHeaders(twice));
  }
}
