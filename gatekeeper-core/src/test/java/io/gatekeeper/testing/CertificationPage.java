package io.gatekeeper.testing;

import java.util.List;

/** Renders docs/certification.md from the list that the profiles' tests walk. */
final class CertificationPage {
  private static final String INTRODUCTION =
      """
      # Conformance profiles

      <!-- Written by CertificationDocTest with -Dgatekeeper.docs=write. -->

      The OpenID Foundation certifies relying parties by a suite of tests. These are our own counterparts of them; we hold no
      certification. Each module of five profiles of version 5.2.4 has one here, under the suite's name: a provider misbehaves
      in that way, and the test asserts what we do. Where that is to refuse, the same walk against a provider that behaves is
      accepted in the same test.

      The suite knows by a call of its userinfo endpoint that a login was accepted: for its runs, `userinfo: true` is needed.
      The refresh profile needs `offline_access` among the `scopes`, and the back-channel profile `id-token-signed-response-alg`:
      its provider lists every algorithm, registers one for the client, and signs a logout token by another.
      """;

  private static final String LEFT_OUT =
      """

      ## Profiles that aren't there, and why

      | Profile | Why |
      |---|---|
      | Form Post Basic RP | The callback reads the query alone (`response_mode=query`). A form that the provider's page \
      posts comes from another site, and without our cookies, which are SameSite=Lax. |
      | Front-Channel Logout RP | It works by a frame on the provider's page, in which browsers keep cookies back. The \
      back-channel does the same without a browser. |
      | 3rd-party-initiated login RP | There is no `initiate_login_uri` that reads `iss` and `target_link_uri`. A link to a \
      page of the site begins a login. |
      | FAPI2 Security Profile | It asks for pushed authorization requests, tokens bound to a key, and client authentication \
      by a key. We have none of these. |
      """;

  private CertificationPage() {}

  static String render() {
    StringBuilder page = new StringBuilder(INTRODUCTION);
    for (Profile profile : Profile.values()) {
      List<ProfileModule> modules = ProfileModule.of(profile);
      page.append("\n## ").append(profile.title()).append("\n\n`").append(profile.plan());
      page.append("`, ").append(modules.size()).append(" modules, walked by `");
      page.append(profile.test())
          .append("`.\n\n| Module | Wanted | We | How |\n|---|---|---|---|\n");
      modules.forEach(module -> row(page, module));
    }
    return page.append(LEFT_OUT).toString();
  }

  private static void row(StringBuilder page, ProfileModule module) {
    page.append("| `").append(module.id()).append("` | ").append(word(module.wanted()));
    page.append(" | ")
        .append(word(module.ours()))
        .append(" | ")
        .append(module.does())
        .append(" |\n");
  }

  private static String word(ProfileModule.Verdict verdict) {
    return switch (verdict) {
      case ACCEPT -> "accept";
      case REJECT -> "reject";
      case EITHER -> "either";
    };
  }
}
