package io.gatekeeper.examples.kubeflow.dex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConnectorsTest {
  private static final String SEARCH = "{baseDN: dc=x, username: cn, idAttr: DN, emailAttr: DN}";

  @TempDir private Path directory;

  @Test
  void theDocumentedConnectorLoadsAsItStands() {
    Connector connector = Connectors.read(CharmedConnector.YAML).get(0);

    assertEquals(
        "ldap OpenLDAP ldap", connector.id() + " " + connector.name() + " " + connector.type());
    ObjectNode config = connector.config();
    assertEquals("ldap-service.auth.svc.cluster.local:389", config.path("host").textValue());
    assertEquals(true, config.path("insecureNoSSL").booleanValue());
    assertEquals("", config.path("userSearch").path("filter").textValue());
    assertEquals("cn=admin,dc=example,dc=org", config.at("/groupSearch/baseDN").textValue());
  }

  @Test
  void aListIsReadFromAFileOrAsItIs() throws IOException {
    Path file = Files.writeString(directory.resolve("connectors.yaml"), CharmedConnector.YAML);

    List<Connector> connectors = Connectors.read(file.toString());

    assertEquals(Connectors.read(CharmedConnector.YAML), connectors);
    assertEquals(
        List.of(), Connectors.read("[]"), "one in brackets may be on one line, and may be empty");
  }

  @Test
  void theLdapTypeMayHaveEveryKey() {
    String all =
        """
        - id: all
          name: All
          type: ldap
          config:
            host: ldap
            insecureNoSSL: false
            insecureSkipVerify: no
            startTLS: true
            rootCA: /ca.pem
            rootCAData: TUlJQg==
            clientCert: /cert.pem
            clientKey: /key.pem
            bindDN: cn=a
            bindPW: "12345"
            usernamePrompt: ~
            kerberos: {enabled: true}
            userSearch: {baseDN: dc=x, filter: (a=b), username: uid, scope: sub, idAttr: uid, nameAttr: cn, \
        preferredUsernameAttr: uid, emailSuffix: example.com}
            groupSearch: {baseDN: dc=x, filter: (a=b), scope: one, nameAttr: cn, \
        userMatchers: [{userAttr: DN, groupAttr: member, recursionGroupAttr: member}]}
        """;

    assertEquals("all", Connectors.read(all).get(0).id());
  }

  @Test
  void theConfigOfAnotherTypeIsPassedOnUnjudged() {
    ObjectNode config =
        Connectors.read(
                "[{id: a, name: A, type: oidc, config: {anything: [1, {b: 1.10}], clientSecret: s}}]")
            .get(0)
            .config();

    assertEquals("{\"anything\":[1,{\"b\":1.10}],\"clientSecret\":\"s\"}", config.toString());
  }

  /** The YAML, and all that is said of it. */
  static Stream<Arguments> mistakes() {
    return Stream.of(
        arguments(
            "",
            "line 1: connectors: no list (expected: a list of connectors, each beginning with \"- \")"),
        arguments(
            "id: a\n",
            "line 1: connectors: no list (expected: a list of connectors, each beginning with \"- \")"),
        arguments("- a\n", "line 1: connectors[0]: text (expected: keys and values)"),
        arguments(
            "- id: a\n  name: 'A\n",
            "line 2: not YAML (a quote, a bracket, a character or an indentation is wrong here or before)"),
        arguments("[]\n---\n[]\n", "line 3: a second document (expected: one)"),
        arguments(
            entry("id: a\n  id: b"), "line 2: connectors[0].id: given twice (expected: once)"),
        arguments(
            "- &a {id: a, name: A, type: mockCallback}\n- *a\n",
            "line 2: connectors[1]: an alias (expected: the value itself)"),
        arguments(entry("name: A"), "line 1: connectors[0].id: missing (expected: text)"),
        arguments(entry("id: a\n  name:"), "line 2: connectors[0].name: missing (expected: text)"),
        arguments(entry("id: ''"), "line 1: connectors[0].id: empty (expected: text)"),
        arguments(
            entry("id: 7"),
            "line 1: connectors[0].id: a number (expected: text; put it in quotes)"),
        arguments(
            entry("id: true"),
            "line 1: connectors[0].id: a truth value (expected: text; put it in quotes)"),
        arguments(
            entry("id: y"),
            "line 1: connectors[0].id: a word that may mean a truth value (expected: true or false, or quotes)"),
        arguments(
            entry("id: 007"),
            "line 1: connectors[0].id: a number in a rare notation (expected: plain digits, or quotes)"),
        arguments(entry("id: !!binary aGk="), "line 1: connectors[0].id: binary (expected: text)"),
        arguments(
            entry("id: local"),
            "line 1: connectors[0].id: local (expected: another; Dex gives this to static users)"),
        arguments(
            "- {id: a, name: A, type: mockCallback}\n- {id: a, name: B, type: mockCallback}\n",
            "line 2: connectors[1].id: a (expected: an id of its own)"),
        arguments(
            entry("id: a\n  nmae: A"),
            "line 2: connectors[0].nmae: an unknown key (expected: name)"),
        arguments(
            entry("id: a\n  colour: red"),
            "line 2: connectors[0].colour: an unknown key (expected: one of id, name, type, config)"),
        arguments(
            "- {id: a, name: A, type: ldpa}\n",
            "line 1: connectors[0].type: ldpa (expected: one of ldap, github, saml, gitlab, oidc, oauth, google, linkedin, microsoft, authproxy, bitbucket-cloud, openshift, atlassian-crowd, gitea, keystone, mockCallback, mockPassword)"),
        arguments(
            "- {id: a, name: A, type: oidc, config: []}\n",
            "line 1: connectors[0].config: a list (expected: keys and values)"),
        arguments(
            "- {id: a, name: A, type: ldap}\n",
            "line 1: connectors[0].config: missing (expected: keys and values)"),
        arguments(
            ldap("userSearch: " + SEARCH, ""),
            "line 4: connectors[0].config.host: missing (expected: text)"),
        arguments(
            ldap("host: ''", search()),
            "line 5: connectors[0].config.host: empty (expected: text)"),
        arguments(
            ldap("host: 389", search()),
            "line 5: connectors[0].config.host: a number (expected: text; put it in quotes)"),
        arguments(
            ldap("host: h", ""),
            "line 4: connectors[0].config.userSearch: missing (expected: keys and values)"),
        arguments(
            ldap("host: h", "userSearch: x"),
            "line 6: connectors[0].config.userSearch: text (expected: keys and values)"),
        arguments(
            ldap("host: h\n    hots: h", search()),
            "line 6: connectors[0].config.hots: an unknown key (expected: host)"),
        arguments(
            ldap("hots: h", search()),
            "line 5: connectors[0].config.hots: an unknown key (expected: host)"),
        arguments(
            ldap("host: h\n    insecureNoSsl: true", search()),
            "line 6: connectors[0].config.insecureNoSsl: an unknown key (expected: insecureNoSSL)"),
        arguments(
            ldap("host: h", "userSearch: {baseDN: b, username: cn, idAttr: DN, emialAttr: DN}"),
            "line 6: connectors[0].config.userSearch.emialAttr: an unknown key (expected:"
                + " emailAttr)"),
        arguments(
            ldap("host: h\n    bindPW: 31337", search()),
            "line 6: connectors[0].config.bindPW: a number (expected: text; put it in quotes)"),
        arguments(
            ldap("host: h\n    bindPW: [31337]", search()),
            "line 6: connectors[0].config.bindPW: a list (expected: text)"),
        arguments(
            ldap("host: h\n    startTLS: 'true'", search()),
            "line 6: connectors[0].config.startTLS: text (expected: true or false)"),
        arguments(
            ldap("host: h\n    insecureNoSSL: n", search()),
            "line 6: connectors[0].config.insecureNoSSL: a word that may mean a truth value (expected: true or false, or quotes)"),
        arguments(
            ldap("host: h\n    rootCAData: '***'", search()),
            "line 6: connectors[0].config.rootCAData: text (expected: text in Base64)"),
        arguments(
            ldap("host: h", "userSearch: {username: cn, idAttr: DN, emailAttr: DN}"),
            "line 6: connectors[0].config.userSearch.baseDN: missing (expected: text)"),
        arguments(
            ldap("host: h", "userSearch: {baseDN: dc=x, idAttr: DN, emailAttr: DN}"),
            "line 6: connectors[0].config.userSearch.username: missing (expected: text)"),
        arguments(
            ldap("host: h", "userSearch: {baseDN: dc=x, username: cn, emailAttr: DN}"),
            "line 6: connectors[0].config.userSearch.idAttr: missing (expected: text)"),
        arguments(
            ldap("host: h", "userSearch: {baseDN: dc=x, username: cn, idAttr: DN}"),
            "line 6: connectors[0].config.userSearch.emailAttr: missing (expected: text, here or in emailSuffix)"),
        arguments(
            ldap(
                "host: h",
                "userSearch: {baseDN: dc=x, username: cn, idAttr: DN, emailSuffix: x.org}"),
            "line 6: connectors[0].config.userSearch.nameAttr: missing (expected: text; emailSuffix is put behind it)"),
        arguments(
            ldap(
                "host: h",
                "userSearch:\n      baseDN: dc=x\n      username: cn\n      idAttr: DN\n      emailAttr: DN\n      scope: base"),
            "line 11: connectors[0].config.userSearch.scope: base (expected: sub or one)"),
        arguments(
            ldap("host: h", search() + "\n    groupSearch: {baseDN: dc=x}"),
            "line 7: connectors[0].config.groupSearch.nameAttr: missing (expected: text; baseDN makes Dex look for it)"),
        arguments(
            ldap("host: h", search() + "\n    groupSearch: {userMatchers: {userAttr: a}}"),
            "line 7: connectors[0].config.groupSearch.userMatchers: keys and values (expected: a list)"),
        arguments(
            ldap(
                "host: h",
                search()
                    + "\n    groupSearch: {userMatchers: [{userAttr: a, grupAttr: b, groupAttr: b}]}"),
            "line 7: connectors[0].config.groupSearch.userMatchers[0].grupAttr: an unknown key (expected: groupAttr)"),
        arguments(
            ldap("host: h", search() + "\n    groupSearch: {userMatchers: [{userAttr: a}]}"),
            "line 7: connectors[0].config.groupSearch.userMatchers[0].groupAttr: missing (expected: text)"));
  }

  /** A connector of these lines, with the name and type that they lack. */
  private static String entry(String lines) {
    StringBuilder entry = new StringBuilder("- " + lines + "\n");
    for (String line : List.of("name: A", "type: mockCallback")) {
      if (!lines.contains(line.substring(0, line.indexOf(':') + 1))) {
        entry.append("  ").append(line).append('\n');
      }
    }
    return entry.toString();
  }

  private static String ldap(String first, String second) {
    return "- id: a\n  name: A\n  type: ldap\n  config:\n    " + first + "\n    " + second + "\n";
  }

  private static String search() {
    return "userSearch: " + SEARCH;
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void aMistakeIsSaidOnceWithFileLineKeyAndWhatWasExpected(String yaml, String message)
      throws IOException {
    Path file = Files.writeString(directory.resolve("connectors.yaml"), yaml);

    Exception exception =
        assertThrows(IllegalArgumentException.class, () -> Connectors.read(file.toString()), yaml);

    assertEquals(file + ", " + message, exception.getMessage());
  }

  @Test
  void allMistakesAreSaidAtOnceEachOnItsLine() {
    Exception exception =
        assertThrows(
            IllegalArgumentException.class,
            () -> Connectors.read("- id: a\n  type: oidc\n- id: a\n  name: B\n  type: x\n"));

    assertEquals(
        List.of(
            "connectors, line 1: connectors[0].name: missing (expected: text)",
            "connectors, line 3: connectors[1].id: a (expected: an id of its own)",
            "connectors, line 5: connectors[1].type: x (expected: one of ldap"),
        exception.getMessage().lines().map(line -> line.split(", github")[0]).toList());
  }

  static Stream<String> secretsWithMistakes() {
    return Stream.of(
        ldap("host: h\n    bindPW: {open: sesame}", search()),
        ldap("host: h\n    bindPW: sesame: open", search()),
        ldap("host: h\n    bindPW: 'sesame", search()),
        ldap("host: h\n    bindPW: *sesame", search()),
        ldap("host: h", "userSearch: {baseDN: dc=x, filter: open,sesame}"),
        "- {id: a, name: A, type: oidc, config: {clientSecret: 's,esame}}\n",
        "[{id: a, name: A, type: oidc, config: {clientSecret: @sesame}}]");
  }

  @ParameterizedTest
  @MethodSource("secretsWithMistakes")
  void noMistakeShowsASecret(String yaml) {
    Exception exception =
        assertThrows(IllegalArgumentException.class, () -> Connectors.read(yaml), yaml);

    assertFalse(exception.getMessage().contains("esame"), exception.getMessage());
    assertFalse(exception.getMessage().isBlank());
  }

  @Test
  void aFileThatIsNotThereIsSaid() {
    Exception exception =
        assertThrows(IllegalArgumentException.class, () -> Connectors.read("nowhere.yaml"));

    assertEquals(
        "connectors: nowhere.yaml can't be read (expected: a YAML file in UTF-8, or a YAML list)",
        exception.getMessage());
  }

  @Test
  void noConfigIsPrinted() {
    assertFalse(Connectors.read(CharmedConnector.YAML).toString().contains("cn=admin"));
  }
}
