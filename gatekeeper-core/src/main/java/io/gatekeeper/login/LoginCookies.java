package io.gatekeeper.login;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.gatekeeper.http.Cookies;
import io.gatekeeper.http.ReturnTarget;
import io.gatekeeper.http.SetCookie;
import io.gatekeeper.http.Site;
import io.gatekeeper.session.CookieNames;
import io.gatekeeper.session.LengthPrefixed;
import io.gatekeeper.session.Seal;
import io.gatekeeper.session.SessionCookies;
import io.gatekeeper.session.SessionKeys;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The cookies of logins in progress: who the browser is, and where a long target waits. */
final class LoginCookies {
  private static final Duration KNOWN = Duration.ofDays(30);
  private static final Duration NEW = Duration.ofHours(1);

  /** More than these nobody's tabs have set at once; the rest ends by itself. */
  private static final int MOST = 40;

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{6}");

  /** Stands before the count of the last logins, where there is one. */
  private static final String ROUNDS = "\\.";

  private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{43}");

  private final CookieNames names;
  private final Seal targets;
  private final SecureRandom random;

  LoginCookies(CookieNames names, SessionKeys keys, SecureRandom random) {
    this.names = names;
    this.targets = new Seal(keys, "login target");
    this.random = random;
  }

  /** Random bytes for a salt. */
  byte[] salt() {
    return Seal.salt(random);
  }

  /** The browser that a request comes from, if it carries a secret of ours. */
  Optional<Browser> known(Cookies cookies) {
    return browsers(cookies).stream().findFirst();
  }

  /** A browser that we meet for the first time. */
  Browser meet() {
    return new Browser(text(6), text(43));
  }

  private String text(int length) {
    byte[] bytes = new byte[(length * 6 + 7) / 8];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).substring(0, length);
  }

  /** The browser that began a login, if it is this request's. */
  Optional<Browser> began(
      LoginState state, Cookies cookies, String clientId, Site site, String issuer) {
    String redirectUri = site.redirectUri().toString();
    return browsers(cookies).stream()
        .filter(browser -> browser.id().equals(state.browser()))
        .filter(
            browser ->
                MessageDigest.isEqual(
                    state.binding(), browser.binding(issuer, clientId, redirectUri)))
        .findFirst();
  }

  private List<Browser> browsers(Cookies cookies) {
    List<Browser> browsers = new ArrayList<>();
    for (String id : ids(cookies)) {
      for (String value : cookies.values(names.login() + id)) {
        String secret = value.split(ROUNDS, 2)[0];
        if (SECRET.matcher(secret).matches()) {
          browsers.add(new Browser(id, secret));
        }
      }
    }
    return browsers;
  }

  private List<String> ids(Cookies cookies) {
    return cookies.names().stream()
        .filter(name -> name.startsWith(names.login()))
        .map(name -> name.substring(names.login().length()))
        .filter(id -> ID.matcher(id).matches())
        .sorted()
        .toList();
  }

  /** The cookie of a browser that begins a login; one that was known before is kept longer. */
  SetCookie begin(Browser browser, boolean known, @Nullable Rounds count) {
    return login(browser, count).withMaxAge(known ? KNOWN : NEW);
  }

  /** The last logins that completed in this browser, by the cookie that it is known by. */
  Optional<Rounds> rounds(Cookies cookies, Browser browser) {
    return cookies.values(names.login() + browser.id()).stream()
        .map(value -> value.split(ROUNDS, 2))
        .filter(parts -> parts.length == 2 && parts[0].equals(browser.secret()))
        .flatMap(parts -> Rounds.read(parts[1], targets.key(), browser).stream())
        .findFirst();
  }

  /**
   * How many logins completed before this one began. A browser whose cookies weren't shown to us
   * then has another cookie that tells.
   */
  int roundsBefore(LoginState state, Cookies cookies) {
    return browsers(cookies).stream()
        .filter(browser -> !browser.id().equals(state.browser()))
        .flatMap(browser -> rounds(cookies, browser).stream())
        .mapToInt(count -> count.before(state.begun()))
        .reduce(state.rounds(), Math::max);
  }

  /**
   * The cookies after a login: the browser's own is kept, any others are done with.
   *
   * @param count this login and those just before; null to count anew
   */
  List<SetCookie> complete(
      Browser browser, LoginState state, Cookies cookies, @Nullable Rounds count) {
    List<SetCookie> after = new ArrayList<>();
    after.add(login(browser, count).withMaxAge(KNOWN));
    ids(cookies).stream()
        .filter(id -> !id.equals(browser.id()))
        .limit(MOST)
        .forEach(id -> after.add(login(id, "").cleared()));
    if (kept(state, cookies).isPresent()) {
      after.add(host(names.target(state.slot()), "").cleared());
    }
    return after;
  }

  /** Forgets the browser: no login begun before this can be completed. */
  List<SetCookie> forget(Cookies cookies) {
    return ids(cookies).stream().limit(MOST).map(id -> login(id, "").cleared()).toList();
  }

  /**
   * Which of the two cookies for long targets to use: that of the same tab a moment ago, before it
   * told its fragment; or a free one; or else any.
   */
  int slot(Cookies cookies, ReturnTarget target) {
    for (int slot = 1; slot <= 2; slot++) {
      if (!target.equals(target.page()) && targets(cookies, slot).contains(target.page().value())) {
        return slot;
      }
    }
    for (int slot = 1; slot <= 2; slot++) {
      if (cookies.values(names.target(slot)).isEmpty()) {
        return slot;
      }
    }
    return 1 + random.nextInt(2);
  }

  /** The cookie that holds a long target, unless it is too long even for that. */
  Optional<SetCookie> keep(ReturnTarget target, String login, int slot, Duration maxAge) {
    byte[] content =
        LengthPrefixed.join(login.getBytes(ISO_8859_1), target.value().getBytes(ISO_8859_1));
    String text = targets.close(targets.key(), salt(), content);
    return text.length() > SessionCookies.LARGEST
        ? Optional.empty()
        : Optional.of(host(names.target(slot), text).withMaxAge(maxAge));
  }

  /** The whole target of a login, from its state or from the cookie that keeps it. */
  ReturnTarget target(LoginState state, Cookies cookies, Site site) {
    return kept(state, cookies).map(site::place).orElse(state.target());
  }

  /** The target that a cookie keeps for this login, and for no other. */
  private Optional<String> kept(LoginState state, Cookies cookies) {
    if (state.slot() == 0) {
      return Optional.empty();
    }
    return opened(cookies, state.slot())
        .filter(parts -> state.id().equals(new String(parts.get(0), ISO_8859_1)))
        .map(LoginCookies::target)
        .findFirst();
  }

  private List<String> targets(Cookies cookies, int slot) {
    return opened(cookies, slot).map(LoginCookies::target).toList();
  }

  private static String target(List<byte[]> parts) {
    return new String(parts.get(1), ISO_8859_1);
  }

  /** What a cookie for long targets holds: a login's identifier and its target. */
  private Stream<List<byte[]>> opened(Cookies cookies, int slot) {
    return cookies.values(names.target(slot)).stream()
        .flatMap(text -> targets.open(text).stream())
        .flatMap(opened -> LengthPrefixed.split(opened.content()).stream())
        .filter(parts -> parts.size() == 2);
  }

  private SetCookie login(Browser browser, @Nullable Rounds count) {
    String rounds = count == null ? "" : "." + count.text(targets.key(), browser);
    return login(browser.id(), browser.secret() + rounds);
  }

  private SetCookie login(String id, String secret) {
    return host(names.login() + id, secret);
  }

  private SetCookie host(String name, String value) {
    return SetCookie.of(name, value, "/", names.site().secure());
  }
}
