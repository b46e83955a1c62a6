package io.gatekeeper.interop;

import io.gatekeeper.netty.LoopbackPorts;
import io.gatekeeper.testing.Page;
import io.gatekeeper.testing.TestBrowser;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The npm package oidc-provider beside the gateway, at another site. It tells email address and
 * groups at its userinfo endpoint alone.
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

  /** One that doesn't run yet, for a gateway that browsers find there. */
  OidcProvider(String externalUrl) {
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
    return Map.of(
        "issuer",
        "http://127.0.0.1:" + address.getPort(),
        "client-id",
        "kubeflow",
        "client-secret",
        SECRET,
        "scopes",
        List.of("openid", "email", "groups"),
        "userinfo",
        true);
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
