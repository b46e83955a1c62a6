package io.gatekeeper.interop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gatekeeper.netty.LoopbackPorts;
import io.gatekeeper.testing.Page;
import io.gatekeeper.testing.TestBrowser;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The npm package oidc-provider beside the gateway, at another site. It tells email address and
 * groups at its userinfo endpoint alone, and goes on where it was when it is started again.
 */
final class OidcProvider implements Provider {
  private static final Path SCRIPT = Path.of("oidc-provider/provider.mjs");
  private static final String SECRET = "interop-secret-0123456789";
  private static final Person ADA =
      new Person("ada", "any", "ada@example.com", "admins,data science");
  private static final Person GRACE =
      new Person("grace", "any", "grace@example.com", "data science");

  private final InetSocketAddress address = LoopbackPorts.free();
  private final Program program = new Program("oidc-provider");
  private final boolean offline;

  /** One that doesn't run yet, for a gateway that browsers find there. */
  OidcProvider(String externalUrl) {
    this(externalUrl, false);
  }

  /**
   * One that doesn't run yet.
   *
   * @param externalUrl where the gateway is that browsers find there
   * @param offline whether it is asked for refresh tokens
   */
  OidcProvider(String externalUrl, boolean offline) {
    this.offline = offline;
    setGroups(ADA, ADA.groups());
    program
        .environment("CLIENT_SECRET", SECRET)
        .command(
            Installed.program("node").toString(),
            SCRIPT.toAbsolutePath().toString(),
            String.valueOf(address.getPort()),
            externalUrl,
            Installed.cached("oidc-provider").toString());
  }

  @Override
  public String name() {
    return "oidc-provider";
  }

  @Override
  public Map<String, Object> settings() {
    String issuer = "http://127.0.0.1:" + address.getPort();
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("issuer", issuer);
    settings.put("client-id", "kubeflow");
    settings.put("client-secret", SECRET);
    settings.put("scopes", List.of("openid", "email", "groups"));
    settings.put("userinfo", true);
    if (offline) {
      settings.put("scopes", List.of("openid", "email", "groups", "offline_access"));
      settings.put("authorization-endpoint", issuer + "/auth?prompt=consent");
    }
    return settings;
  }

  /** What Ada or Grace is in from now on; null for somebody who is gone. */
  void setGroups(Person person, String groups) {
    Map<String, List<String>> people = new LinkedHashMap<>();
    for (Person each : List.of(ADA, GRACE)) {
      String theirs = each.equals(person) ? groups : each.groups();
      if (theirs != null) {
        people.put(each.login(), List.of(theirs.split(",", -1)));
      }
    }
    try {
      program.file("people.json", new ObjectMapper().writeValueAsString(people));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** How often it wrote this line. */
  int wrote(String line) {
    return (int) program.output().lines().filter(line::equals).count();
  }

  @Override
  public Person person() {
    return ADA;
  }

  @Override
  public Person another() {
    return GRACE;
  }

  @Override
  public void start() {
    program.start(() -> Http.answers(address, "/.well-known/openid-configuration"));
  }

  @Override
  public void stop() {
    program.stop();
  }

  @Override
  public Page signIn(TestBrowser browser, Page page, Person person) {
    Page consent =
        Form.in(page)
            .with("login", person.login())
            .with("password", person.password())
            .submit(browser)
            .followHere();
    return Form.in(consent).submit(browser).followHere();
  }

  @Override
  public Page confirmSignOut(TestBrowser browser, Page page) {
    return Form.in(page).press("logout").submit(browser);
  }
}
