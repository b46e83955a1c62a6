package io.gatekeeper;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What concerns the provider and us as its client. */
record ClientSettings(
    URI issuer,
    String clientId,
    Optional<Secret> clientSecret,
    List<String> scopes,
    Optional<String> authMethod,
    Optional<String> signingAlgorithm,
    Set<String> trustedAudiences,
    Optional<String> authorizationEndpoint,
    boolean userinfo,
    Optional<Path> caBundle,
    Duration timeout,
    Duration clockSkew,
    boolean allowHttpIssuer,
    boolean trustUnverifiedEmail) {
  /** Stands in until the problems are thrown. */
  private static final URI NONE = URI.create("https://invalid");

  private static final Set<String> AUTH_METHODS =
      Set.of("client_secret_basic", "client_secret_post", "none");
  private static final Predicate<String> SCOPE =
      Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]+").asMatchPredicate();

  static ClientSettings read(SettingsReader settings) {
    boolean allowHttp = settings.flag(Setting.INSECURE_ALLOW_HTTP_ISSUER);
    Optional<Secret> secret = SecretsReader.clientSecret(settings);
    return new ClientSettings(
        issuer(settings, allowHttp),
        settings.required(Setting.CLIENT_ID, "the id that the provider gave").orElse(""),
        secret,
        scopes(settings),
        authMethod(settings),
        settings.text(
            Setting.ID_TOKEN_SIGNED_RESPONSE_ALG,
            text -> text.matches("[RPE]S(256|384|512)"),
            "one of RS256, PS256, ES256, or with 384 or 512"),
        Set.copyOf(settings.textsOrNone(Setting.TRUSTED_AUDIENCES, text -> true, "text")),
        authorizationEndpoint(settings, allowHttp),
        settings.flag(Setting.USERINFO),
        caBundle(settings),
        settings.duration(
            Setting.PROVIDER_TIMEOUT, Duration.ofSeconds(10), Duration.ofSeconds(1), "60s"),
        settings.duration(Setting.CLOCK_SKEW, Duration.ofSeconds(60), Duration.ZERO, "5m"),
        allowHttp,
        settings.flag(Setting.INSECURE_TRUST_UNVERIFIED_EMAIL));
  }

  private static URI issuer(SettingsReader settings, boolean allowHttp) {
    String expected = "an absolute https URL without user, query and fragment";
    Optional<String> text = settings.required(Setting.ISSUER, expected);
    Optional<URI> issuer = text.flatMap(Urls::absolute).filter(uri -> uri.getRawQuery() == null);
    if (text.isPresent() && issuer.isEmpty()) {
      settings.problem(Setting.ISSUER, expected);
    }
    if (issuer.isPresent() && !allowHttp && !Urls.isProtected(issuer.get())) {
      settings.problem(Setting.ISSUER, "https, or insecure-allow-http-issuer: true");
    }
    return issuer.orElse(NONE);
  }

  private static List<String> scopes(SettingsReader settings) {
    Set<String> scopes = new LinkedHashSet<>();
    scopes.add("openid");
    if (!settings.has(Setting.SCOPES)) {
      scopes.addAll(List.of("profile", "email"));
    }
    boolean list = settings.node(Setting.SCOPES).filter(node -> node.isArray()).isPresent();
    List<String> given = new ArrayList<>();
    for (String text : settings.texts(Setting.SCOPES)) {
      given.addAll(list ? List.of(text) : List.of(text.trim().split(" +", -1)));
    }
    for (String scope : given) {
      if (!SCOPE.test(scope)) {
        settings.nodes().problem(Setting.SCOPES.key(), scope, "scopes without spaces and quotes");
      }
    }
    scopes.addAll(given);
    return List.copyOf(scopes);
  }

  private static Optional<String> authMethod(SettingsReader settings) {
    Setting setting = Setting.TOKEN_ENDPOINT_AUTH_METHOD;
    Optional<String> method =
        settings.text(
            setting,
            AUTH_METHODS::contains,
            "one of client_secret_basic, client_secret_post, none");
    boolean secret =
        settings.has(Setting.CLIENT_SECRET) || settings.has(Setting.CLIENT_SECRET_FILE);
    if (method.isPresent() && method.get().equals("none") == secret) {
      settings.problem(
          setting, secret ? "a method that uses the client-secret" : "a client-secret, or none");
    }
    return method;
  }

  private static Optional<String> authorizationEndpoint(
      SettingsReader settings, boolean allowHttp) {
    return settings.text(
        Setting.AUTHORIZATION_ENDPOINT,
        text ->
            Urls.isPath(text)
                || Urls.absolute(text)
                    .filter(uri -> allowHttp || Urls.isProtected(uri))
                    .isPresent(),
        "an absolute https URL, or a path");
  }

  private static Optional<Path> caBundle(SettingsReader settings) {
    return settings
        .text(Setting.CA_BUNDLE, ClientSettings::isReadable, "a file that can be read")
        .map(Path::of);
  }

  private static boolean isReadable(String text) {
    try {
      return Files.isRegularFile(Path.of(text)) && Files.isReadable(Path.of(text));
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
