package io.gatekeeper.http;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The external URL and the hosts beside it, found by what a client calls them. Immutable. */
public final class Sites {
  private final Site external;
  private final Map<String, Site> byAuthority = new HashMap<>();

  /**
   * All addresses of one service.
   *
   * @param external the external URL's
   * @param additionalHosts the other authorities, which share its scheme and paths
   */
  public Sites(Site external, List<String> additionalHosts) {
    this.external = external;
    add(external);
    additionalHosts.forEach(host -> add(external.at(host)));
  }

  private void add(Site site) {
    byAuthority.put(plain(site.authority()), site);
  }

  /**
   * The external URL's own.
   *
   * @return the site
   */
  public Site external() {
    return external;
  }

  /**
   * The site of a host.
   *
   * @param host the value of {@code Host}; null when there is none
   * @return the site that is called so; empty for a host that is none of ours
   */
  public Optional<Site> find(@Nullable String host) {
    return host == null ? Optional.empty() : Optional.ofNullable(byAuthority.get(plain(host)));
  }

  /** Lower case, and without the port that the scheme has anyway. */
  private String plain(String authority) {
    String port = external.secure() ? ":443" : ":80";
    String lower = authority.toLowerCase(Locale.ROOT);
    return lower.endsWith(port) ? lower.substring(0, lower.length() - port.length()) : lower;
  }
}
