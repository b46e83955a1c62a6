package io.gatekeeper.interop;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.URI;

/** Asks whether a server is there. */
final class Http {
  private static final int MILLIS = 1_000;

  private Http() {}

  /** Whether it answers 200. */
  static boolean answers(InetSocketAddress address, String path) throws IOException {
    URI uri = URI.create("http://127.0.0.1:" + address.getPort() + path);
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
    connection.setConnectTimeout(MILLIS);
    connection.setReadTimeout(MILLIS);
    return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
  }
}
