package io.gatekeeper;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The forms of URLs, paths, hosts and addresses in a configuration. Asks no name service. */
final class Urls {
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|.+\\.localhost|127(\\.\\d{1,3}){3}|\\[::1]");
  private static final Pattern PLAIN_PATH = Pattern.compile("(/(?!\\.{1,2}(/|$))[\\w.~-]+)+");
  private static final Pattern HOST =
      Pattern.compile(
          "(?=.{1,253}$)[A-Za-z0-9]([\\w-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([\\w-]*[A-Za-z0-9])?)*");
  private static final Pattern HOST_PORT = Pattern.compile("(.+?)(?::(\\d{1,5}))?");
  private static final Pattern ADDRESS = Pattern.compile("([0-9A-Fa-f:.]+)(?:/(\\d{1,3}))?");
  private static final Pattern IPV4 =
      Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(?!$)|$)){4}");

  private Urls() {}

  /** An absolute http or https URL with a host, without user and fragment. */
  static Optional<URI> absolute(String text) {
    return uri(text)
        .filter(uri -> isHttps(uri) || "http".equalsIgnoreCase(uri.getScheme()))
        .filter(uri -> uri.getHost() != null && uri.getRawUserInfo() == null)
        .filter(uri -> uri.getRawFragment() == null && uri.getPort() != 0)
        .filter(uri -> uri.getPort() <= 65_535);
  }

  /** An absolute path, which no browser takes for another host. */
  static boolean isPath(String text) {
    return text.startsWith("/")
        && !text.startsWith("//")
        && text.indexOf('\\') < 0
        && uri(text).isPresent();
  }

  /** A path of one or more plain segments, without a slash at its end. */
  static boolean isPlainPath(String text) {
    return PLAIN_PATH.matcher(text).matches();
  }

  static boolean isHttps(URI uri) {
    return "https".equalsIgnoreCase(uri.getScheme());
  }

  /** Whether nobody is on the way who could listen. */
  static boolean isProtected(URI uri) {
    return isHttps(uri) || LOOPBACK.matcher(host(uri)).matches();
  }

  static String host(URI uri) {
    return uri.getHost().toLowerCase(Locale.ROOT);
  }

  /** A host name or address, IPv6 in brackets. */
  static boolean isHost(String text) {
    return text.startsWith("[")
        ? text.endsWith("]") && isIpv6(text.substring(1, text.length() - 1))
        : HOST.matcher(text).matches();
  }

  /** A host, with a port behind a colon where one is required or may be. */
  static boolean isHostPort(String text, boolean portRequired) {
    Matcher matcher = HOST_PORT.matcher(text);
    if (!matcher.matches() || !isHost(matcher.group(1))) {
      return false;
    }
    String port = matcher.group(2);
    return port == null ? !portRequired : Integer.parseInt(port) <= 65_535;
  }

  /** An address, or a CIDR block. */
  static boolean isAddressBlock(String text) {
    Matcher matcher = ADDRESS.matcher(text);
    if (!matcher.matches()) {
      return false;
    }
    boolean ipv4 = isIpv4(matcher.group(1));
    String bits = matcher.group(2);
    return (ipv4 || isIpv6(matcher.group(1)))
        && (bits == null || Integer.parseInt(bits) <= (ipv4 ? 32 : 128));
  }

  static boolean isIpv4(String text) {
    return IPV4.matcher(text).matches();
  }

  private static boolean isIpv6(String text) {
    if (text.indexOf(':') < 0 || !ADDRESS.matcher(text).matches()) {
      return false;
    }
    try {
      // With a colon in it this is a literal or nothing: no lookup.
      return InetAddress.getByName("[" + text + "]") != null;
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static Optional<URI> uri(String text) {
    try {
      return Optional.of(new URI(text));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
