package io.gatekeeper.interop;

import java.net.InetSocketAddress;

/** What stands between the picture's programs: nothing, or something that listens in. */
interface Wiring {
  /** Every client finds its server itself. */
  Wiring DIRECT = (place, server) -> server;

  /** In front of which server. */
  enum Place {
    GATEWAY,
    CHECKS,
    APPLICATION
  }

  /** Where clients connect to reach a server that listens there, or will. */
  InetSocketAddress to(Place place, InetSocketAddress server);
}
