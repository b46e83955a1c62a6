package io.gatekeeper.interop;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Names in place of the values that differ from run to run: one name a value, wherever it is. */
final class Placeholders {
  private static final Map<String, Pattern> SECRETS = new LinkedHashMap<>();

  static {
    secret("state", "[?&]state=([^&\\s]+)");
    secret("nonce", "[?&]nonce=([^&\\s]+)");
    secret("challenge", "[?&]code_challenge=([^&\\s]+)");
    secret("verifier", "[?&]code_verifier=([^&\\s]+)");
    secret("Dex's request", "[?&]req=([^&\\s\"]+)");
    secret("code", "[?&]code=([^&\\s]+)");
    secret("password", "&password=([^&\\s]+)");
    secret("client and secret", "Authorization: Basic (\\S+)");
    secret("access token", "\"access_token\":\"([^\"]+)");
    secret("ID token", "\"id_token\":\"([^\"]+)");
    secret("session JWT", "gatekeeper=([^;\\s]+)");
    secret("sealed refresh cookie", "gatekeeper-refresh=([^;\\s]+)");
    secret("id", "gatekeeper-login-([\\w-]+)=");
    secret("browser's secret", "gatekeeper-login-[\\w-]+=([^.;\\s]+)");
    secret("count of logins", "gatekeeper-login-[\\w-]+=[^.;\\s]+\\.([^;\\s]+)");
    secret("session id", "\"sid\" : \"([^\"]+)");
    secret("login id", "\"login\" : \"([^\"]+)");
    secret("request id", "x-request-id: (\\S+)");
  }

  // Where it is the loopback address it is elsewhere too, and stays there.
  private static final Pattern ADDRESS = Pattern.compile("(?<=x-forwarded-for: )\\S+");
  private static final Pattern PORT = Pattern.compile("(?<=localhost(:|%3A))\\d+");
  private static final Pattern SECONDS = Pattern.compile("(?<=Max-Age=|\"expires_in\":)\\d+");
  private static final Pattern ISSUED = Pattern.compile("\"iat\" : (\\d+)");

  /** Only there where a second passes between the ID token and the session. */
  private static final Pattern SOMETIMES = Pattern.compile("\\n *\"idp_iat\" : \\d+,");

  private static final Pattern TIME = Pattern.compile("(?<=\" : )\\d{10,}");

  private final Map<String, String> names = new LinkedHashMap<>();

  /** Those for the values in a text. */
  Placeholders(String text) {
    SECRETS.forEach((name, pattern) -> learn(text, name, pattern));
  }

  private static void secret(String name, String pattern) {
    SECRETS.put(name, Pattern.compile(pattern));
  }

  private void learn(String text, String name, Pattern pattern) {
    List<String> values =
        pattern.matcher(text).results().map(at -> at.group(1)).distinct().toList();
    if (values.size() != 1) {
      throw new AssertionError("expected one " + name + ", found " + values.size());
    }
    names.put(values.get(0), "‹" + name + "›");
  }

  /** The text with names. */
  String in(String text) {
    String named = text;
    // The longest first: one may be a part of another.
    for (String value :
        names.keySet().stream().sorted(Comparator.comparing(String::length).reversed()).toList()) {
      named = named.replace(value, names.get(value));
    }
    named = SOMETIMES.matcher(named).replaceAll("");
    named = PORT.matcher(named).replaceAll("8080");
    named = ADDRESS.matcher(named).replaceAll("‹browser's address›");
    named = SECONDS.matcher(named).replaceAll(at -> String.valueOf(tens(at.group())));
    return withTimes(named);
  }

  private static long tens(String seconds) {
    return (Long.parseLong(seconds) + 9) / 10 * 10;
  }

  private static String withTimes(String text) {
    MatchResult issued = ISSUED.matcher(text).results().findFirst().orElseThrow();
    long now = Long.parseLong(issued.group(1));
    return TIME.matcher(text)
        .replaceAll(
            at -> {
              long later = tens(String.valueOf(Long.parseLong(at.group()) - now));
              return later == 0 ? "‹now›" : "‹now + " + later + "›";
            });
  }
}
