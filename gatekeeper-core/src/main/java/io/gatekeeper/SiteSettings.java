package io.gatekeeper;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What concerns the application's place on the web, its cookies and sessions. */
record SiteSettings(
    URI externalUrl,
    List<String> additionalHosts,
    String prefix,
    Optional<String> logoutRedirect,
    String cookieName,
    Optional<String> cookieDomain,
    List<Secret> sessionSecrets,
    SessionSecretFiles sessionSecretFiles,
    Duration rotationDelay,
    Duration sessionLifetime,
    Optional<Duration> sessionIdleTimeout,
    Duration sessionRevalidate,
    boolean keepFragment,
    boolean allowHttpExternalUrl) {
  /** Stands in until the problems are thrown. */
  private static final URI NONE = URI.create("https://invalid");

  private static final String AN_EXTERNAL_URL =
      "an absolute https URL: scheme, host and perhaps a plain context path";
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}");
  private static final Pattern OUR_PREFIX = Pattern.compile("(?i)__(host|secure)-.*");

  static SiteSettings read(SettingsReader settings) {
    boolean allowHttp = settings.flag(Setting.INSECURE_ALLOW_HTTP_EXTERNAL_URL);
    Optional<URI> externalUrl = externalUrl(settings, allowHttp);
    SessionSecretFiles secretFiles = SessionSecretFiles.of(settings);
    return new SiteSettings(
        externalUrl.orElse(NONE),
        additionalHosts(settings, externalUrl.orElse(NONE)),
        settings
            .text(Setting.PREFIX, Urls::isPlainPath, "a path such as /gatekeeper")
            .orElse("/gatekeeper"),
        logoutRedirect(settings),
        cookieName(settings),
        cookieDomain(settings, externalUrl),
        SecretsReader.sessionSecrets(settings, secretFiles),
        secretFiles,
        settings.duration(Setting.ROTATION_DELAY, Duration.ofMinutes(2), Duration.ZERO, "1d"),
        settings.duration(
            Setting.SESSION_LIFETIME, Duration.ofHours(12), Duration.ofNanos(1), "400d"),
        idleTimeout(settings),
        settings.duration(
            Setting.SESSION_REVALIDATE, Duration.ofMinutes(15), Duration.ofSeconds(5), "400d"),
        settings.flag(Setting.KEEP_FRAGMENT),
        allowHttp);
  }

  private static Optional<URI> externalUrl(SettingsReader settings, boolean allowHttp) {
    Optional<String> text = settings.required(Setting.EXTERNAL_URL, AN_EXTERNAL_URL);
    Optional<URI> url =
        text.flatMap(Urls::absolute)
            .filter(uri -> uri.getRawQuery() == null)
            .map(SiteSettings::canonical)
            .filter(uri -> uri.getPath().isEmpty() || Urls.isPlainPath(uri.getRawPath()));
    if (text.isPresent() && url.isEmpty()) {
      settings.problem(Setting.EXTERNAL_URL, AN_EXTERNAL_URL);
    }
    if (url.isPresent() && !allowHttp && !Urls.isProtected(url.get())) {
      settings.problem(Setting.EXTERNAL_URL, "https, or insecure-allow-http-external-url: true");
    }
    return url;
  }

  /** As browsers spell it: lower case, the scheme's own port left out, no slash at the end. */
  private static URI canonical(URI uri) {
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    boolean ownPort = uri.getPort() == -1 || uri.getPort() == ownPort(uri);
    String path = uri.getRawPath();
    return URI.create(
        scheme
            + "://"
            + Urls.host(uri)
            + (ownPort ? "" : ":" + uri.getPort())
            + (path.endsWith("/") ? path.substring(0, path.length() - 1) : path));
  }

  private static int ownPort(URI uri) {
    return Urls.isHttps(uri) ? 443 : 80;
  }

  private static List<String> additionalHosts(SettingsReader settings, URI externalUrl) {
    String ownPort = ":" + ownPort(externalUrl);
    return settings
        .textsOrNone(
            Setting.ADDITIONAL_HOSTS,
            text -> Urls.isHostPort(text, false),
            "host or host:port, such as app.example.com")
        .stream()
        .map(host -> host.toLowerCase(Locale.ROOT))
        .map(host -> without(host, ownPort))
        .distinct()
        .toList();
  }

  private static String without(String host, String port) {
    return host.endsWith(port) ? host.substring(0, host.length() - port.length()) : host;
  }

  private static Optional<String> logoutRedirect(SettingsReader settings) {
    return settings.text(
        Setting.LOGOUT_REDIRECT,
        text -> Urls.isPath(text) || Urls.absolute(text).isPresent(),
        "an absolute URL, or a path that begins with one slash");
  }

  private static String cookieName(SettingsReader settings) {
    return settings
        .text(
            Setting.COOKIE_NAME,
            name -> TOKEN.matcher(name).matches() && !OUR_PREFIX.matcher(name).matches(),
            "a name of letters, digits and - or _, to which __Host- or __Secure- is added")
        .orElse("gatekeeper");
  }

  private static Optional<Duration> idleTimeout(SettingsReader settings) {
    Duration least = Duration.ofMinutes(1);
    return settings.has(Setting.SESSION_IDLE_TIMEOUT)
        ? Optional.of(settings.duration(Setting.SESSION_IDLE_TIMEOUT, least, least, "400d"))
        : Optional.empty();
  }

  private static Optional<String> cookieDomain(SettingsReader settings, Optional<URI> externalUrl) {
    Optional<String> domain =
        settings
            .text(
                Setting.COOKIE_DOMAIN,
                text -> Urls.isHost(text) && text.contains(".") && !Urls.isIpv4(text),
                "a domain such as example.com")
            .map(text -> text.toLowerCase(Locale.ROOT));
    if (domain.isPresent() && externalUrl.isPresent()) {
      String host = Urls.host(externalUrl.get());
      if (!host.equals(domain.get()) && !host.endsWith("." + domain.get())) {
        settings.problem(
            Setting.COOKIE_DOMAIN, "the external-url's host " + host + ", or a domain above it");
      }
    }
    return domain;
  }
}
