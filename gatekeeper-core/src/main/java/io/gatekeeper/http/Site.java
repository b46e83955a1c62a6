package io.gatekeeper.http;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * An address that people reach us at, and the URLs below it. Built from the settings, never from
 * what a request says. Immutable.
 *
 * @param origin scheme and authority, like {@code https://app.example.com}
 * @param contextPath the path that the application is below; empty for none
 * @param prefix the path of the own endpoints below the context path, like {@code /gatekeeper}
 */
public record Site(String origin, String contextPath, String prefix) {
  /**
   * The site of an external URL.
   *
   * @param externalUrl scheme, authority and context path
   * @param prefix the path of the own endpoints
   * @return the site
   */
  public static Site of(URI externalUrl, String prefix) {
    String path = externalUrl.getRawPath() == null ? "" : externalUrl.getRawPath();
    return new Site(externalUrl.getScheme() + "://" + externalUrl.getRawAuthority(), path, prefix);
  }

  /**
   * The same under another host name.
   *
   * @param authority host and, where it is not the scheme's own, port
   * @return a site of the same scheme and paths
   */
  public Site at(String authority) {
    return new Site(scheme() + "://" + authority, contextPath, prefix);
  }

  private String scheme() {
    return origin.substring(0, origin.indexOf(':'));
  }

  /**
   * Whether browsers reach it over TLS.
   *
   * @return true for https
   */
  public boolean secure() {
    return scheme().equals("https");
  }

  /**
   * Host and port.
   *
   * @return the authority as in the origin
   */
  public String authority() {
    return origin.substring(origin.indexOf("://") + 3);
  }

  /**
   * The URL as the settings have it.
   *
   * @return origin and context path
   */
  public String url() {
    return origin + contextPath;
  }

  /**
   * The path of the own endpoints.
   *
   * @return context path and prefix
   */
  public String ownPath() {
    return contextPath + prefix;
  }

  /**
   * The URL of an own endpoint.
   *
   * @param endpoint its name, like {@code callback}
   * @return an absolute URL
   */
  public String own(String endpoint) {
    return origin + ownPath() + '/' + endpoint;
  }

  /**
   * The redirect URI of our client.
   *
   * @return the callback's URL
   */
  public URI redirectUri() {
    return URI.create(own("callback"));
  }

  /**
   * The URL of a page of the application.
   *
   * @param target the page
   * @return an absolute URL
   */
  public String url(ReturnTarget target) {
    return origin + target.value();
  }

  /**
   * The page that the application begins with.
   *
   * @return the context path with a slash
   */
  public ReturnTarget home() {
    return ReturnTarget.of(contextPath + "/", ownPath()).orElseThrow();
  }

  private boolean isBelow(ReturnTarget target) {
    String path = target.path();
    return path.equals(contextPath) || path.startsWith(contextPath + "/");
  }

  /**
   * A page first asked for, if it is one that we send people to.
   *
   * @param target a path and query, or anything else; null for none
   * @return that page, or else the {@link #home}
   */
  public ReturnTarget target(@Nullable String target) {
    return ReturnTarget.of(target, ownPath()).filter(this::isBelow).orElseGet(this::home);
  }

  /**
   * A place within a page, if it is one that we send people to.
   *
   * @param target a path, query and fragment, or anything else; null for none
   * @return that place; the page alone where only the fragment is none; or else the {@link #home}
   */
  public ReturnTarget place(@Nullable String target) {
    return ReturnTarget.withFragment(target, ownPath())
        .filter(this::isBelow)
        .orElseGet(() -> target(target == null ? null : target.split("#", 2)[0]));
  }
}
