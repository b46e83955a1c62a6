package io.gatekeeper.interop;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Changes a shipped configuration as its own comments tell an operator to. */
final class ShippedFile {
  private static final Pattern PROVIDER = Pattern.compile("\\s*# (A|The) provider behind this.*");
  private static final Pattern KEPT = Pattern.compile("(?i).*x.auth.request.(user|groups).*");
  private static final Pattern LEFT_OUT =
      Pattern.compile("(?i)[ ,]*x.auth.request.(email|preferred.username)");

  private ShippedFile() {}

  /** With the route to a provider behind the gateway, which stands there as a comment. */
  static String withProvider(String text, int port) {
    List<String> lines = new ArrayList<>();
    boolean inComment = false;
    boolean inCode = false;
    for (String line : text.lines().toList()) {
      inComment |= PROVIDER.matcher(line).matches();
      boolean comment = line.strip().startsWith("#");
      if (inComment && inCode && comment) {
        lines.add(line.replaceFirst("# ?", ""));
      } else {
        lines.add(line);
      }
      inComment &= comment;
      inCode = inComment && (inCode || line.strip().endsWith(":"));
    }
    return (String.join("\n", lines) + "\n")
        // docs/gateways.md: Caddy cuts answers to a POST, here Dex's with large tokens.
        .replace("/dex/* 127.0.0.1:5556", "/dex/* 127.0.0.1:5556 {\nbuffer_requests\n}")
        .replace("127.0.0.1:5556", "127.0.0.1:" + port)
        .replace("127.0.0.1, port_value: 5556", "127.0.0.1, port_value: " + port);
  }

  /** With the names of {@code identity-headers: kubeflow} in place of the default's. */
  static String withKubeflowNames(String text) {
    return text.lines()
        .filter(line -> KEPT.matcher(line).matches() || !LEFT_OUT.matcher(line).find())
        .map(line -> LEFT_OUT.matcher(line).replaceAll(""))
        .map(line -> line + "\n")
        .collect(Collectors.joining())
        .replace("X-Auth-Request-User", "kubeflow-userid")
        .replace("X-Auth-Request-Groups", "kubeflow-groups")
        .replace("x_auth_request_user", "kubeflow_userid")
        .replace("x_auth_request_groups", "kubeflow_groups")
        .replace("x[^a-z0-9]auth[^a-z0-9]request[^a-z0-9].*", "kubeflow[^a-z0-9].*");
  }
}
