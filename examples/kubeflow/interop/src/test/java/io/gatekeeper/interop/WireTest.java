package io.gatekeeper.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class WireTest {
  private static final String CHUNKED =
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nd\n\r\n0\r\n\r\n";
  private static final String SIZED = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n\u00e9";
  private static final String BARE = "GET /page HTTP/1.1\r\nHost: site\r\n\r\n";

  private static List<String> bodies(String text) {
    return Message.split(text.getBytes(UTF_8)).stream().map(Message::body).toList();
  }

  @Test
  void messagesOfAConnectionAreToldApart() {
    assertEquals(List.of("abcd\n", "\u00e9", ""), bodies(CHUNKED + SIZED + BARE));
  }

  @Test
  void whatIsOnItsWayIsNoMessageYet() {
    for (String message : List.of(CHUNKED, SIZED, BARE)) {
      byte[] bytes = message.getBytes(UTF_8);
      for (int length = 0; length < bytes.length; length++) {
        assertEquals(List.of(), Message.split(Arrays.copyOf(bytes, length)));
      }
    }
  }

  @Test
  void anExchangeNeedsItsAnswer() {
    List<Exchange> exchanges = Exchange.of((BARE + BARE).getBytes(UTF_8), SIZED.getBytes(UTF_8));
    assertEquals(
        List.of("/page"), exchanges.stream().map(each -> each.request().target()).toList());
  }
}
