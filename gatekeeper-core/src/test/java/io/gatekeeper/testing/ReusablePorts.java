package io.gatekeeper.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import javax.net.ServerSocketFactory;

/**
 * Server sockets whose port can be listened on again while old connections still fade away, and
 * whose connections don't hold a body back until the head is acknowledged.
 */
final class ReusablePorts extends ServerSocketFactory {
  @Override
  public ServerSocket createServerSocket() throws IOException {
    return new ServerSocket() {
      @Override
      public void setReuseAddress(boolean on) throws SocketException {
        super.setReuseAddress(true);
      }

      @Override
      public Socket accept() throws IOException {
        Socket connection = super.accept();
        connection.setTcpNoDelay(true);
        return connection;
      }
    };
  }

  @Override
  public ServerSocket createServerSocket(int port) {
    throw new UnsupportedOperationException("bound later");
  }

  @Override
  public ServerSocket createServerSocket(int port, int backlog) {
    throw new UnsupportedOperationException("bound later");
  }

  @Override
  public ServerSocket createServerSocket(int port, int backlog, InetAddress address) {
    throw new UnsupportedOperationException("bound later");
  }
}
