package io.gatekeeper;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatekeeper.http.Response;
import io.gatekeeper.http.ReturnTarget;
import io.gatekeeper.http.Site;
import io.gatekeeper.identity.Identity;
import io.gatekeeper.identity.Rejection;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The pages that people see: plain HTML, which nothing may embed and no cache keeps, and without a
 * script but for one page that has {@link Script}. Everything that comes from outside is escaped.
 * Pure functions.
 */
final class Pages {
  private static final String STYLE =
      """
      :root { color-scheme: light dark; }
      body { font: 1rem/1.6 system-ui, sans-serif; margin: 0; min-height: 100vh; display: flex;
        align-items: center; justify-content: center; background: #f3f4f6; color: #1f2937; }
      main { background: #fff; margin: 1rem; padding: 2rem 2.5rem; border-radius: .75rem;
        max-width: 30rem; box-shadow: 0 1px 4px #0003; }
      h1 { font-size: 1.4rem; margin: 0 0 .75rem; line-height: 1.3; }
      p { margin: 0 0 1rem; }
      a, button { font: inherit; display: inline-block; border: 0; border-radius: .4rem;
        padding: .5rem 1.1rem; margin: .25rem .5rem 0 0; background: #1d4ed8; color: #fff;
        text-decoration: none; cursor: pointer; }
      a.quiet { background: transparent; color: inherit; text-decoration: underline; }
      p:last-child { margin: 1rem 0 0; }
      code { font-size: .85em; }
      section { font-size: .85rem; margin: 1.5rem 0 0; padding: 1rem 0 0;
        border-top: 1px solid #8884; overflow-wrap: anywhere; }
      h2 { font-size: 1em; margin: 0; }
      form { display: inline; }
      @media (prefers-color-scheme: dark) {
        body { background: #111827; color: #e5e7eb; } main { background: #1f2937; } }
      """;

  private static final String POLICY =
      "default-src 'none'; style-src 'sha256-%s'; base-uri 'none'".formatted(sha256(STYLE));

  private static final String OWN_POLICY = POLICY + "; frame-ancestors 'none'; form-action 'none'";

  private Pages() {}

  /**
   * Says why something doesn't go on, and what to do.
   *
   * @param shown a sentence more; empty for none
   */
  static Response error(
      Rejection rejection, String shown, int status, Site site, ReturnTarget target) {
    // Somebody without access gets none by trying again, but perhaps as somebody else.
    boolean signedIn = rejection == Rejection.FORBIDDEN || rejection == Rejection.NOT_ALLOWED;
    Explanation explanation = Explanation.of(rejection, site);
    String body =
        paragraph(rejection.message())
            + paragraph(shown)
            + paragraph(explanation.person())
            + (signedIn ? link(site.own("logout"), "Sign out", "") : "")
            + link(site.url(target), "Try again", signedIn ? "class=\"quiet\"" : "")
            + forOperator(rejection, explanation);
    return own(status, title(rejection), body);
  }

  private static String forOperator(Rejection rejection, Explanation explanation) {
    String heading = explanation.operator().isEmpty() ? "" : "<h2>For whoever runs this site</h2>";
    return "<section>%s%s<p><code>%s</code></p></section>"
        .formatted(heading, paragraph(explanation.operator()), rejection.code());
  }

  /** What stands between backquotes is code. */
  private static String paragraph(String text) {
    return text.isEmpty()
        ? ""
        : "<p>" + escape(text).replaceAll("`([^`]*)`", "<code>$1</code>") + "</p>";
  }

  private static String title(Rejection rejection) {
    return switch (rejection) {
      case FORBIDDEN, NOT_ALLOWED, PATH_OUTSIDE, PROVIDER_DENIED, CLAIM_MISSING -> "No access";
      case ENDPOINT_UNKNOWN, METHOD_NOT_ALLOWED -> "Nothing here";
      default -> rejection.status() < 500 ? "That did not work" : "Not possible at the moment";
    };
  }

  /** Asks whether to sign out. */
  static Response logout(Site site, @Nullable Identity identity, String formToken) {
    String who =
        identity == null
            ? "You are not signed in here. You may still be signed in at the provider."
            : "You are signed in as "
                + (identity.name() == null ? identity.user() : identity.name())
                + ".";
    String body =
        """
        <p>%s</p>
        <form method="post" action="%s"><input type="hidden" name="token" value="%s">
        <button type="submit">Sign out</button></form>%s"""
            .formatted(
                escape(who),
                escape(site.ownPath() + "/logout"),
                escape(formToken),
                link(site.url(site.home()), "Back", "class=\"quiet\""));
    // No form-action: browsers apply it to the redirects after the form too, and those lead to the
    // provider and from there wherever it likes.
    // And no no-referrer: the form's Origin would be null, and it is what shows that it is ours.
    return page(200, "Sign out?", body, POLICY + "; frame-ancestors 'none'", "same-origin");
  }

  /** Says that the user is signed out. Public, so that nothing signs them in again by itself. */
  static Response loggedOut(Site site) {
    return own(
        200,
        "You are signed out",
        "<p>You can close this window now. The provider may still know you: then it signs you in"
            + " again without a question.</p>"
            + link(Detour.to("login", site, site.home()), "Sign in again", ""));
  }

  /** A page inside a frame, where no provider shows a form: a link that opens at the top. */
  static Response frame(Site site, ReturnTarget target) {
    return page(
        200,
        "Please sign in",
        "<p>Your session has ended.</p>"
            + link(Detour.to("login", site, target), "Sign in", "target=\"_top\""),
        POLICY + "; frame-ancestors 'self'",
        "no-referrer");
  }

  /**
   * The way to the provider with a stop: the script of the page tells us the fragment of its
   * address, if there is one, and goes on. Without scripts the page goes on by itself.
   *
   * @param provider where the login goes on
   */
  static Response login(Site site, ReturnTarget target, String provider) {
    String script = site.own(Script.NAME);
    String head =
        "<noscript><meta http-equiv=\"refresh\" content=\"0;url=%s\"></noscript>"
            .formatted(escape(provider));
    String place = "id=\"login\" data-return=\"%s\"".formatted(escape(target.value()));
    String body =
        "<p>You are on your way to the sign-in.</p>%s\n<script src=\"%s\"></script>"
            .formatted(link(provider, "Go on", place), escape(script));
    String policy = OWN_POLICY + "; script-src " + script;
    return page(200, "Signing in", head, body, policy, "no-referrer");
  }

  private static Response own(int status, String title, String body) {
    return page(status, title, body, OWN_POLICY, "no-referrer");
  }

  private static Response page(
      int status, String title, String body, String policy, String referrerPolicy) {
    return page(status, title, "", body, policy, referrerPolicy);
  }

  private static Response page(
      int status, String title, String head, String body, String policy, String referrerPolicy) {
    String html =
        """
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><title>%1$s</title>
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <style>%2$s</style>%3$s</head>
        <body><main><h1>%1$s</h1>
        %4$s
        </main></body>
        </html>
        """
            .formatted(escape(title), STYLE, head, body);
    return Response.of(status)
        .with("Content-Security-Policy", policy)
        .with("X-Content-Type-Options", "nosniff")
        .with("Referrer-Policy", referrerPolicy)
        .withBody("text/html; charset=utf-8", html);
  }

  private static String link(String url, String text, String attributes) {
    return "<a href=\"%s\" %s>%s</a>".formatted(escape(url), attributes, escape(text));
  }

  static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        case '\'' -> escaped.append("&#39;");
        default -> escaped.append(c);
      }
    }
    return escaped.toString();
  }

  private static String sha256(String text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is required of every Java platform", e);
    }
  }
}
