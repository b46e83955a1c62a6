package io.gatekeeper.interop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Everybody who has signed in asking for a page, a request a millisecond, in turn at each of the
 * places where a gateway asks. Connections stay open.
 */
final class Load implements AutoCloseable {
  private static final int THREADS = 4;

  private final String host;
  private final List<InetSocketAddress> places;
  private final List<String> sessions = new CopyOnWriteArrayList<>();
  private final AtomicInteger requests = new AtomicInteger();
  private final Queue<String> lost = new ConcurrentLinkedQueue<>();
  private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(THREADS);

  /**
   * Begins at once; there is nothing to ask before somebody has signed in.
   *
   * @param host what the gateway is called
   * @param places where it asks, in Envoy's way
   */
  Load(String host, List<InetSocketAddress> places) {
    this.host = host;
    this.places = places;
    for (int thread = 0; thread < THREADS; thread++) {
      List<Asking> connections = new ArrayList<>();
      places.forEach(place -> connections.add(new Asking(place)));
      var unused =
          threads.scheduleAtFixedRate(
              () -> ask(connections), thread, THREADS, TimeUnit.MILLISECONDS);
    }
  }

  /** Somebody has signed in. */
  void add(String session) {
    sessions.add(session);
  }

  List<String> sessions() {
    return sessions;
  }

  /** How many requests there were. */
  int requests() {
    return requests.get();
  }

  /** Those that were not affirmed. */
  List<String> lost() {
    return List.copyOf(lost);
  }

  /** How many requests it takes until each session has been to each place. */
  int round() {
    return THREADS * 2 + sessions.size() * places.size();
  }

  private void ask(List<Asking> connections) {
    if (sessions.isEmpty()) {
      return;
    }
    int number = requests.getAndIncrement();
    String session = sessions.get(number / places.size() % sessions.size());
    String status = connections.get(number % places.size()).ask(session);
    if (!status.startsWith("HTTP/1.1 200")) {
      lost.add("request %d of %s: %s".formatted(number, places, status));
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  /** One connection, by one thread. */
  private final class Asking {
    private final InetSocketAddress place;
    private Socket socket;
    private BufferedReader answers;

    private Asking(InetSocketAddress place) {
      this.place = place;
    }

    /** The status line of the answer. */
    private String ask(String session) {
      try {
        if (socket == null) {
          socket = new Socket(place.getAddress(), place.getPort());
          socket.setTcpNoDelay(true);
          answers = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
        }
        String request =
            "GET /check/page HTTP/1.1\r\nHost: %s\r\nCookie: gatekeeper=%s\r\n\r\n"
                .formatted(host, session);
        socket.getOutputStream().write(request.getBytes(ISO_8859_1));
        return read();
      } catch (IOException | RuntimeException e) {
        return e.toString();
      }
    }

    private String read() throws IOException {
      String status = answers.readLine();
      int length = 0;
      for (String line = answers.readLine(); !line.isEmpty(); line = answers.readLine()) {
        if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
          length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
        }
      }
      answers.skip(length);
      return status;
    }
  }
}
