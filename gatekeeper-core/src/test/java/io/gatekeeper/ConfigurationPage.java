package io.gatekeeper;

import io.gatekeeper.Setting.Tier;
import java.util.Arrays;
import java.util.List;

/** Renders docs/configuration.md from the tables that the readers use. */
final class ConfigurationPage {
  private static final String INTRODUCTION =
      """
      # Configuration

      <!-- Written by ConfigurationDocTest with -Dgatekeeper.docs=write. -->

      A YAML file, environment variables and the builder say the same things under the same names.
      The environment outranks the file; in the builder, what is called later outranks what was
      called before.

      ```yaml
      issuer: https://dex.example.com/dex
      client-id: shop
      client-secret-file: /run/secrets/client
      external-url: https://shop.example.com
      session-secret-files: [/run/secrets/session]
      rules:
        - {path: /public/**, access: public}
        - {path: /admin/**, groups: [admins]}
      ```

      A key with a dot is nested: `session.lifetime` is `lifetime` below `session`. In a variable a
      list or a map is YAML text: `GATEKEEPER_ALLOW_GROUPS='[staff, admins]'`. Kubernetes' own
      variables for a Service named `gatekeeper` are left alone.

      All mistakes are reported at once, a line each, and nothing starts with one:

      ```
      clientid: unknown key (did you mean client-id?)
      session.lifetime: PT0S (expected: more than zero)
      ```

      Durations are `500ms`, `90s`, `15m`, `12h`, `1d`, or ISO 8601. Paths of files are relative to
      the working directory. A secret is given itself or in a file, not both; where the file's
      configuration has one and the environment the other, the environment's counts. YAML aliases
      and a key given twice are refused. A list that would restrict something is never empty.
      """;

  private static final String SESSION_SECRETS =
      """

      ## Session secrets

      `openssl rand -base64 32` makes one. What is shorter than 32 bytes, has fewer than 8 different \
      characters or
      begins as an example does is refused. Without any, a random one is made: sessions end with the \
      process.

      Every secret of the list verifies sessions; one signs them. A secret signs once this process \
      has known it for
      `rotation-delay`; where none has been known for so long, as after a start, the second signs, \
      or the only one.
      So no replica ever meets what it doesn't know yet, if all of them read a changed list within \
      that delay.

      Files hold one secret a line, newest first; empty lines don't count. They are looked at every \
      5 seconds, and a
      new content counts when two looks in a row have found it. A file that is away or no good \
      changes nothing, and
      the log says so once. The log also has the ids of a changed list's secrets (the `kid` of the \
      sessions that each
      one signs), the same at every replica. `session-secrets`, and the list of the files, change \
      with a restart.

      To replace the secret, without a restart and without signing anyone out:

      1. Make a file with a new one on top, and the two before it below:
         `(umask 077; { openssl rand -base64 32; head -n 2 session; } > next) && mv next session`.
         Every replica gets this same file, readable for its user, within `rotation-delay`.
      2. That is all. The next time is at least `session.lifetime` and `rotation-delay` later: then \
      no session is left
         that the third one signed, which goes. The second may not go alone: a replica that starts \
      signs with it for
         a while.

      Where the secrets are a Kubernetes Secret, step 1 is:

      ```sh
      kubectl -n auth get secret oidc-gatekeeper -o 'jsonpath={.data.session-secret}' | base64 -d > session
      { openssl rand -base64 32; head -n 2 session; } > next
      kubectl -n auth patch secret oidc-gatekeeper -p '{"data":{"session-secret":"'"$(base64 < next | tr -d '\\n')"'"}}'
      rm session next
      ```

      It reaches the pods within a minute or so, which the default of `rotation-delay` allows for; a \
      mount with
      `subPath` never changes. In a container elsewhere, mount the file's directory: a file that is \
      mounted alone stays
      the one that it was when another is moved to its place.

      A secret that others know has to go at once: a list of one new secret ends every session, and \
      the provider is
      asked to sign everybody in again.
      """;

  private static final String LEFT_OUT =
      """

      ## Knobs we left out, and why

      | Not there | Because |
      |---|---|
      | switches for state, nonce, PKCE or signature checks | Each one closes an attack that works \
      without it, and every provider worth using supports them. |
      | regular expressions in rules | Unanchored, or run over the query, they have opened too many \
      doors. A path pattern can be read aloud. |
      | rules about the query | `/admin?x=/public` is `/admin`. |
      | skipping by user agent or by a header's presence | Whoever asks writes these headers. |
      | SameSite, HttpOnly and Secure of cookies | Lax is the one value with which logins work and \
      foreign sites can't post; a script never needs the cookie; Secure follows `external-url`. |
      | the path of cookies | A path protects nothing, and takes the `__Host-` prefix away. |
      | building URLs from Host or X-Forwarded-Host | Whoever asks writes them; `external-url` and \
      `additional-hosts` say what is ours. |
      | passing tokens to the application | What a header carries ends in logs; an identity is what \
      the application needs. |
      | a second configuration format | Two formats are two truths. |
      """;

  private ConfigurationPage() {}

  static String render() {
    StringBuilder page = new StringBuilder(INTRODUCTION);
    settings(page, Tier.ESSENTIAL, "Essentials", "Required.");
    settings(page, Tier.FREQUENT, "Frequent", "What most installations set some of.");
    page.append(SESSION_SECRETS);
    rules(page);
    identityHeaders(page);
    settings(page, Tier.SERVER, "Server", "Read by the server that answers a gateway's checks.");
    settings(page, Tier.RARE, "Rare", "What a good default serves nearly everywhere.");
    settings(
        page,
        Tier.INSECURE,
        "Relaxations",
        "Each gives up something that protects your users. Those that are on are logged at the"
            + " start.");
    return page.append(LEFT_OUT).toString();
  }

  private static void settings(StringBuilder page, Tier tier, String title, String sentence) {
    page.append("\n## ").append(title).append("\n\n").append(sentence).append("\n\n");
    row(page, "Key", "Variable", "Type", "Default", "Meaning");
    row(page, "---", "---", "---", "---", "---");
    Arrays.stream(Setting.values())
        .filter(setting -> setting.tier() == tier)
        .forEach(
            setting ->
                row(
                    page,
                    "`" + setting.key() + "`",
                    "`" + setting.variable() + "`",
                    setting.type(),
                    setting.defaultText(),
                    setting.doc()));
  }

  private static void rules(StringBuilder page) {
    page.append("\n## Rules\n\n").append("Each rule is a map of these keys:\n\n");
    row(page, "Key", "Meaning");
    row(page, "---", "---");
    RulesReader.KEYS.forEach((key, doc) -> row(page, "`" + key + "`", doc));
  }

  private static void identityHeaders(StringBuilder page) {
    page.append("\n## Identity headers\n\nThe presets, and what each header carries:\n\n");
    row(page, "Preset", "Header", "Source");
    row(page, "---", "---", "---");
    IdentityReader.PRESETS.forEach(
        (preset, headers) ->
            headers.forEach(
                (header, source) ->
                    row(
                        page,
                        "`" + preset + "`",
                        "`" + header + "`",
                        "`" + NodeReader.word(source) + "`")));
    List<String> sources =
        Arrays.stream(GatekeeperConfig.IdentityHeader.values())
            .map(source -> "`" + NodeReader.word(source) + "`")
            .toList();
    page.append("\nA map names headers of your own: `{x-user: user, x-groups: groups}`. Sources: ")
        .append(String.join(", ", sources))
        .append(".\n");
  }

  private static void row(StringBuilder page, String... cells) {
    page.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }
}
