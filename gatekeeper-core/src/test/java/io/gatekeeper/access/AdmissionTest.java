package io.gatekeeper.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.identity.Identity;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdmissionTest {
  private static final Set<String> NONE = Set.of();

  private static Identity user(String email, boolean verified, String... groups) {
    return new Identity(
        "alice",
        "https://issuer.invalid",
        "s1",
        null,
        email,
        verified,
        null,
        List.of(groups),
        List.of());
  }

  private static boolean isAtDomain(String domain, String email) {
    return new Admission(Set.of(domain), NONE, NONE).admits(user(email, true));
  }

  @Test
  void everyoneIsAdmittedWhereNothingIsNamed() {
    assertTrue(new Admission(NONE, NONE, NONE).admits(user(null, false)));
  }

  @ParameterizedTest
  @CsvSource({
    "good.com, a@good.com",
    "good.com, A.B+c@good.com",
    "good.com, a@GOOD.Com",
    "GOOD.COM, a@good.com",
    "sub.good.com, a@sub.good.com",
    "bücher.de, a@bücher.de",
    "bücher.de, a@xn--bcher-kva.de",
    "xn--bcher-kva.de, a@bücher.de",
    "BÜCHER.de, a@bücher.DE",
    "good.com, ü@good.com",
  })
  void verifiedAddressAtTheDomainIsAdmitted(String domain, String email) {
    assertTrue(isAtDomain(domain, email));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a@evil.com",
        "a@good.com.evil.com",
        "a@evilgood.com",
        "a@sub.good.com",
        "a@com",
        "a@ood.com",
        "a@evil.com\n@good.com",
        "a@evil@good.com",
        "a@good.com@evil.com",
        "\"a@good.com\"@evil.com",
        "\"a@evil.com\"@good.com",
        "a@good.com ",
        "a@ good.com",
        "a@good.com\n",
        "a\n@good.com",
        "a\u0000@good.com",
        "a@good.com\u0000.evil.com",
        "a@good.com.",
        "a@.good.com",
        "a@good..com",
        "a@good.com,evil.com",
        "a@good.com>",
        "<a@good.com>",
        "a@g\u043e\u043ed.com",
        "a@\uff47ood.com",
        "a@good\u3002com",
        "a@goo\u200dd.com",
        "a@goo\u00add.com",
        "a@[good.com]",
        "@good.com",
        "good.com",
        "a",
        "@",
        "a@",
        "",
        "a\uff20good.com",
        "a%40good.com",
        "a@good%2ecom",
      })
  void addressElsewhereIsNotAdmitted(String email) {
    assertFalse(isAtDomain("good.com", email), email);
  }

  @Test
  void longLabelIsNoMistakeOfOurs() {
    assertFalse(isAtDomain("good.com", "a@" + "x".repeat(300) + ".com"));
    assertFalse(isAtDomain("good.com", "a@\u00fc" + "x".repeat(100_000)));
  }

  @Test
  void domainOfAnotherOwnerUnderTodaysRulesIsAnother() {
    assertFalse(isAtDomain("strasse.de", "a@straße.de"));
    assertFalse(isAtDomain("xn--strae-oqa.de", "a@strasse.de"));
  }

  @Test
  void unverifiedOrMissingAddressIsNotAdmitted() {
    Admission admission = new Admission(Set.of("good.com"), NONE, NONE);
    assertFalse(admission.admits(user("a@good.com", false)));
    assertFalse(admission.admits(user(null, true)));
  }

  @Test
  void oneMatchIsEnough() {
    Admission admission = new Admission(Set.of("good.com"), Set.of("g"), Set.of("bob"));
    assertTrue(admission.admits(user("a@good.com", true)));
    assertTrue(admission.admits(user(null, false, "f", "g")));
    assertTrue(admission.admits(Identity.of("bob")));
    assertFalse(admission.admits(user("a@evil.com", true, "G", "g ", "gg")));
    assertFalse(admission.admits(Identity.of("Bob")));
  }

  @Test
  void eachSettingAloneClosesTheDoor() {
    Identity stranger = user("a@evil.com", true, "x");
    assertFalse(new Admission(Set.of("good.com"), NONE, NONE).admits(stranger));
    assertFalse(new Admission(NONE, Set.of("g"), NONE).admits(stranger));
    assertFalse(new Admission(NONE, NONE, Set.of("bob")).admits(stranger));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "@good.com",
        ".good.com",
        "*.good.com",
        "a@good.com",
        "good com",
        "good..com",
        "straße.de",
        "*",
        "http://good.com",
        "good.com:80"
      })
  void whatIsNoDomainIsAMistake(String domain) {
    Set<String> domains = Set.of(domain);
    IllegalArgumentException mistake =
        assertThrows(IllegalArgumentException.class, () -> new Admission(domains, NONE, NONE));
    assertTrue(mistake.getMessage().startsWith(domain + " (expected: a domain"));
  }

  @Test
  void domainsAreKeptInTheirAsciiForm() {
    assertEquals(
        Set.of("xn--bcher-kva.de"), new Admission(Set.of("Bücher.DE"), NONE, NONE).emailDomains());
  }
}
