package io.gatekeeper.interop;

import java.net.InetSocketAddress;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A {@link Wire} in every place. */
final class Wires implements Wiring, AutoCloseable {
  private final Map<Place, Wire> wires = new EnumMap<>(Place.class);

  @Override
  public InetSocketAddress to(Place place, InetSocketAddress server) {
    return wires.computeIfAbsent(place, any -> new Wire(server)).address();
  }

  /** What went to that server, and came back, since this was asked before. */
  List<Exchange> take(Place place) {
    return wires.get(place).take();
  }

  @Override
  public void close() {
    wires.values().forEach(Wire::close);
  }
}
