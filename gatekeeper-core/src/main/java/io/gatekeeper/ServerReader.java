package io.gatekeeper;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Reads what concerns the server that answers a gateway's auth checks. */
final class ServerReader {
  private static final List<String> LOOPBACK = List.of("127.0.0.0/8", "::1/128");

  private ServerReader() {}

  static GatekeeperConfig.Server read(SettingsReader settings) {
    Map<Setting, String> listeners = new EnumMap<>(Setting.class);
    List<String> proxies =
        settings.texts(
            Setting.TRUSTED_PROXIES,
            Urls::isAddressBlock,
            "addresses or blocks such as 10.0.0.0/8");
    return new GatekeeperConfig.Server(
        settings.choice(Setting.GATEWAY, List.of(GatekeeperConfig.Gateway.values())),
        listener(settings, Setting.LISTEN, listeners),
        listener(settings, Setting.CHECK_LISTEN, listeners),
        listener(settings, Setting.HEALTH_LISTEN, listeners),
        pathPrefix(settings),
        settings.has(Setting.TRUSTED_PROXIES) ? proxies : LOOPBACK);
  }

  private static String listener(
      SettingsReader settings, Setting setting, Map<Setting, String> others) {
    String address =
        settings
            .text(
                setting,
                text -> Urls.isHostPort(text, true),
                "host:port, such as 0.0.0.0:4180 or [::]:4180")
            .orElse(setting.defaultText());
    others.forEach(
        (other, taken) -> {
          if (taken.equals(address) && !address.endsWith(":0")) {
            settings.problem(
                settings.has(setting) ? setting : other,
                "an address of its own: "
                    + (settings.has(setting) ? other : setting).key()
                    + " has this one");
          }
        });
    others.put(setting, address);
    return address;
  }

  private static String pathPrefix(SettingsReader settings) {
    boolean empty =
        settings
            .node(Setting.PATH_PREFIX)
            .filter(node -> node.isTextual() && node.asText().isEmpty())
            .isPresent();
    return empty
        ? ""
        : settings
            .text(Setting.PATH_PREFIX, Urls::isPlainPath, "a path such as /check, or empty")
            .orElse("");
  }
}
