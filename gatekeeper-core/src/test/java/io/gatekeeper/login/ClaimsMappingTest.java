package io.gatekeeper.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatekeeper.identity.Identity;
import io.gatekeeper.identity.Rejection;
import io.gatekeeper.provider.ProviderException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimsMappingTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ClaimsMapping PLAIN = new ClaimsMapping("sub", "groups", null, false);

  @ParameterizedTest
  @ValueSource(strings = {"false", "'true'", "1", "null", "[true]", "{'x':true}"})
  void addressThatNobodyVouchesForNamesNobody(String verified) {
    ObjectNode claims =
        json("{'sub':'1','email':'root@example.com','email_verified':%s}".formatted(verified));

    assertRefused("email", claims);
    assertRefused("/email", claims);
    claims.remove("email_verified");
    assertRefused("email", claims);
    assertRefused("/email", claims);
  }

  @ParameterizedTest
  @ValueSource(strings = {"email", "/email"})
  void addressNamesItsUserWhereItIsVerifiedOrTheSettingsTrustIt(String user) throws Exception {
    ObjectNode claims = json("{'sub':'1','email':'a@example.com','email_verified':true}");
    assertEquals("a@example.com", identity(user, false, claims).user());

    claims.put("email_verified", false);
    assertEquals("a@example.com", identity(user, true, claims).user());
  }

  @ParameterizedTest
  @ValueSource(strings = {"''", "'  '", "null", "[]", "['a']", "{}", "{'name':'a'}"})
  void userIsAValueThatIsThere(String value) {
    assertRefused("user", json("{'sub':'1','user':%s}".formatted(value)));
    assertRefused("user", json("{'sub':'1'}"));
  }

  @Test
  void verifiedMeansThatThereIsAnAddress() throws Exception {
    Identity nobody = PLAIN.identity("issuer", "1", json("{'sub':'1','email_verified':true}"));
    Identity empty =
        PLAIN.identity("issuer", "1", json("{'sub':'1','email':'','email_verified':true}"));

    assertNull(nobody.email());
    assertFalse(nobody.emailVerified());
    assertNull(empty.email());
    assertFalse(empty.emailVerified());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"iss", "sub", "aud", "exp", "iat", "nbf", "nonce", "azp", "auth_time", "sid"})
  void userinfoDoesNotReplaceWhatTheTokenSaysOfItself(String claim) {
    ObjectNode idToken = json("{'name':'Alice'}").put(claim, "right");

    ObjectNode merged =
        ClaimsMapping.merge(idToken, json("{'name':'Al'}").put(claim, "wrong").put("more", "x"));

    assertEquals("right", merged.get(claim).asText());
    assertEquals("Al", merged.get("name").asText());
    assertEquals("x", merged.get("more").asText());
    assertFalse(
        ClaimsMapping.merge(json("{}"), json("{}").put(claim, "wrong")).has(claim),
        "nor adds to it");
  }

  @Test
  void mergingLeavesItsSourcesAlone() {
    ObjectNode idToken = json("{'email':'a@example.com','email_verified':true}");

    ClaimsMapping.merge(idToken, json("{'email':'b@example.com','name':'B'}"));

    assertEquals(json("{'email':'a@example.com','email_verified':true}"), idToken);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {'email':'a@x','email_verified':true}  | {'email':'b@x'}                        | b@x | false
          {'email':'a@x','email_verified':true}  | {'email':'b@x','email_verified':false} | b@x | false
          {'email':'a@x','email_verified':false} | {'email':'b@x','email_verified':true}  | b@x | true
          {'email':'a@x','email_verified':true}  | {'name':'A'}                           | a@x | true
          {'email':'a@x'}                        | {'name':'A'}                           | a@x | false
          {'email_verified':true}                | {'email':'b@x'}                        | b@x | false
          """)
  void addressAndWhetherItIsVerifiedComeFromOneSource(
      String idToken, String userinfo, String email, boolean verified) throws Exception {
    Identity identity =
        PLAIN.identity(
            "issuer", "1", ClaimsMapping.merge(json(idToken).put("sub", "1"), json(userinfo)));

    assertEquals(email, identity.email());
    assertEquals(verified, identity.emailVerified());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          ['a','b']               | a,b
          'a b,c'                 | a b,c
          ['a',7,true,null,'b']   | a,b
          ['a',['b'],{'n':'c'},'']| a
          {'a':'b'}               | ""
          7                       | ""
          null                    | ""
          ''                      | ""
          []                      | ""
          """)
  void groupsAreTextsAndNothingElse(String value, String expected) throws Exception {
    ObjectNode claims = json("{'sub':'1','groups':%s}".formatted(value));

    Identity identity = PLAIN.identity("issuer", "1", claims);

    assertEquals(expected, String.join(",", identity.groups()));
    assertEquals(identity.groups(), identity.roles(), "no roles are mapped");
  }

  @Test
  void claimsAreFoundByPointer() throws Exception {
    ObjectNode claims =
        json(
            "{'realm_access':{'roles':['r1','r2']},'https://x/groups':['g'],'/odd':'no',"
                + "'who':[{'n~me/x':'anna'}]}");
    ClaimsMapping mapping =
        new ClaimsMapping("/who/0/n~0me~1x", "https://x/groups", "/realm_access/roles", false);

    Identity identity = mapping.identity("issuer", "1", claims);

    assertEquals("anna", identity.user());
    assertEquals(List.of("g"), identity.groups());
    assertEquals(List.of("r1", "r2"), identity.roles());
    assertEquals("1", identity.subject());
    assertTrue(
        new ClaimsMapping("/who/0/n~0me~1x", "/realm_access/none", "/odd", false)
            .identity("issuer", "1", claims)
            .roles()
            .isEmpty());
  }

  private static Identity identity(String user, boolean trust, ObjectNode claims)
      throws ProviderException {
    return new ClaimsMapping(user, "groups", null, trust).identity("issuer", "1", claims);
  }

  private static void assertRefused(String user, ObjectNode claims) {
    ProviderException refusal =
        assertThrows(ProviderException.class, () -> identity(user, false, claims));
    assertEquals(Rejection.CLAIM_MISSING, refusal.rejection());
    assertFalse(refusal.detail().contains("root@"), refusal.detail());
  }

  private static ObjectNode json(String text) {
    try {
      return (ObjectNode) JSON.readTree(text.replace('\'', '"'));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
