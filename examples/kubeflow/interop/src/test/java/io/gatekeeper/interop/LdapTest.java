package io.gatekeeper.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatekeeper.examples.kubeflow.dex.CharmedConnector;
import io.gatekeeper.examples.kubeflow.dex.Connector;
import io.gatekeeper.examples.kubeflow.dex.Connectors;
import io.gatekeeper.testing.Echo;
import io.gatekeeper.testing.Page;
import io.gatekeeper.testing.TestBrowser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** People of a directory: OpenLDAP behind Dex behind every gateway. */
@Tag("dex")
@ParameterizedClass(name = "{0}")
@MethodSource("io.gatekeeper.interop.Chosen#gateways")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Shows("Dex with OpenLDAP")
class LdapTest {
  private static final String ADMIN_DN = "cn=admin,dc=example,dc=org";

  private static final String SECOND_PART = Picture.SESSION + "-part2";

  @Parameter GatewayKind gateway;
  private final Slapd slapd = Slapd.shared();
  private Picture picture;

  @BeforeParameterizedClassInvocation
  void start(GatewayKind kind) throws IOException {
    List<Connector> connectors = new ArrayList<>(slapd.connectors("ldap", "mail"));
    connectors.addAll(slapd.connectors("names", "displayName"));
    connectors.addAll(
        Connectors.read(
            CharmedConnector.YAML
                .replace(CharmedConnector.HOST, slapd.host())
                // There is one of that name already.
                .replace("id: ldap", "id: charmed")));
    picture = Picture.start(kind, url -> new Dex(url, connectors));
  }

  @AfterParameterizedClassInvocation
  void stop() {
    picture.close();
  }

  @Test
  void personOfTheDirectorySignsIn() {
    assertArrives(Slapd.ANNA);
  }

  @Test
  void allOf150GroupsArrive() {
    TestBrowser browser =
        assertArrives(new Person("ben", "ben's password", "ben@example.org", groups(""), "ldap"));
    assertNull(browser.cookie(SECOND_PART));
  }

  @Test
  void allOf150GroupsWithLongNamesArriveInTwoCookies() {
    String groups = groups("data-science-");
    TestBrowser browser =
        assertArrives(new Person("carla", "carla's password", "carla@example.org", groups, "ldap"));
    assertNotNull(browser.cookie(SECOND_PART));
    assertEquals(groups, Echo.of(browser.open(picture.url("/"))).value("kubeflow-groups"));
  }

  private static String groups(String prefix) {
    return IntStream.rangeClosed(1, Slapd.MANY)
        .mapToObj(number -> prefix + Slapd.shortName(number))
        .collect(Collectors.joining(","));
  }

  @Test
  void oddCharactersArriveEncodedAndOpenNothing() {
    Person zoe =
        new Person(
            "zoe",
            "zoë's password",
            "\"Zo%C3%AB, 100%25\" <zo%C3%AB@ex%C3%A4mple.org>",
            "100%25 \"sure\",Gr%C3%B6%C3%9Fe,x%2Cadmins",
            "names");
    TestBrowser browser = assertArrives(zoe);
    assertEquals(403, browser.openAndFollow(picture.url("/admin/")).status());
  }

  @Test
  void connectorOfCharmedKubeflowsDocumentationSignsItsAdminIn() {
    assertArrives(new Person("admin", "admin", ADMIN_DN, "", "charmed"));
  }

  @Test
  void wrongPasswordGetsTheFormAgainAndNoSession() {
    TestBrowser browser = new TestBrowser();
    Page first = picture.toProvider(browser, "/page");
    Page again = dex().answer(browser, first, Slapd.ANNA.withPassword("wrong"));
    assertEquals("anna", Form.in(again).value("login"));
    assertTrue(again.body().contains("login-error"), again::body);
    assertNull(browser.cookie(Picture.SESSION));
  }

  @Test
  void personSignsInOnceTheDirectoryIsBack() {
    TestBrowser browser = new TestBrowser();
    slapd.stop();
    try {
      Page page = dex().answer(browser, picture.toProvider(browser, "/page"), Slapd.ANNA);
      assertEquals(500, page.status(), page::toString);
      assertNull(browser.cookie(Picture.SESSION));
    } finally {
      slapd.start();
    }
    assertArrives(browser, Slapd.ANNA);
  }

  private Dex dex() {
    return (Dex) picture.provider();
  }

  private TestBrowser assertArrives(Person person) {
    return assertArrives(new TestBrowser(), person);
  }

  private TestBrowser assertArrives(TestBrowser browser, Person person) {
    Echo request = Echo.of(picture.signIn(browser, "/page?x=1", person));
    assertEquals("GET /page?x=1 HTTP/1.1", request.requestLine());
    assertEquals(person.id(), request.value("kubeflow-userid"));
    assertEquals(person.groups(), request.value("kubeflow-groups"));
    return browser;
  }
}
