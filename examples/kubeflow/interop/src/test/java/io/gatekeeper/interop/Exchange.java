package io.gatekeeper.interop;

import java.util.ArrayList;
import java.util.List;

/** A request and the response to it, as they went over a {@link Wire}. */
record Exchange(Message request, Message response) {
  /** Those of one connection that are complete, in their order. */
  static List<Exchange> of(byte[] asked, byte[] answered) {
    List<Message> requests = Message.split(asked);
    List<Message> responses = Message.split(answered);
    List<Exchange> exchanges = new ArrayList<>();
    for (int i = 0; i < responses.size(); i++) {
      exchanges.add(new Exchange(requests.get(i), responses.get(i)));
    }
    return exchanges;
  }
}
