package outside;

import io.gatekeeper.Gatekeeper;
import io.gatekeeper.GatekeeperConfig;
import io.gatekeeper.netty.AuthCheckServer;
import io.gatekeeper.netty.GatekeeperHandler;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/**
 * Starts the auth check, and a pipeline with the handler, and prints how they answer somebody who is
 * not signed in.
 */
public final class Main {
  private Main() {}

  public static void main(String... arguments) throws Exception {
    EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    try (Discovery provider = new Discovery()) {
      GatekeeperConfig config =
          GatekeeperConfig.builder()
              .set("issuer", provider.issuer())
              .set("insecure-allow-http-issuer", true)
              .set("client-id", "outside")
              .set("external-url", "http://127.0.0.1")
              .set("listen", "127.0.0.1:0")
              .set("check-listen", "127.0.0.1:0")
              .set("health-listen", "127.0.0.1:0")
              .build();
      try (Gatekeeper gatekeeper = Gatekeeper.of(config);
          AuthCheckServer server = AuthCheckServer.start(gatekeeper, config.server())) {
        int check = ask(server.checkAddress());
        int handler = ask(guarded(loops, gatekeeper));
        System.out.println("the auth check " + check + ", the handler " + handler);
      }
    } finally {
      loops.shutdownGracefully().syncUninterruptibly();
    }
  }

  private static InetSocketAddress guarded(EventLoopGroup loops, Gatekeeper gatekeeper) {
    Channel channel =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel connection) {
                    connection
                        .pipeline()
                        .addLast(new HttpServerCodec(), new GatekeeperHandler(gatekeeper));
                  }
                })
            .bind("127.0.0.1", 0)
            .syncUninterruptibly()
            .channel();
    return (InetSocketAddress) channel.localAddress();
  }

  private static int ask(InetSocketAddress address) throws Exception {
    URI page = URI.create("http://127.0.0.1:" + address.getPort() + "/page?x=1");
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(page).version(HttpClient.Version.HTTP_1_1).header("Accept", "text/html").build(),
                HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 302) {
      throw new AssertionError(answer.statusCode() + " " + answer.body());
    }
    return answer.statusCode();
  }
}
