package io.gatekeeper.interop;

import io.gatekeeper.testing.Page;
import io.gatekeeper.testing.TestBrowser;
import java.util.Map;

/** An OpenID provider as a program of its own. */
interface Provider extends AutoCloseable {
  /** How it is called in the table. */
  String name();

  /** How the addresses of its pages begin. */
  default String site() {
    return settings().get("issuer").toString();
  }

  /** Gatekeeper's settings that come from it: {@code issuer}, {@code client-id} and so on. */
  Map<String, Object> settings();

  /** Somebody who can sign in. */
  Person person();

  /** Somebody else. */
  Person another();

  /** Starts it, and waits until it answers. */
  void start();

  /** Stops it; {@link #start} starts it again in the same place. */
  void stop();

  /**
   * Signs somebody in: fills in its pages' forms.
   *
   * @param browser whose page it is
   * @param page the first of its pages, to which the login led
   * @param person who
   * @return its answer that sends the browser back to Gatekeeper's callback, not followed
   */
  Page signIn(TestBrowser browser, Page page, Person person);

  /**
   * Confirms a sign-out, where it asks for that.
   *
   * @param browser whose page it is
   * @param page where the sign-out led to
   * @return what comes next
   */
  default Page confirmSignOut(TestBrowser browser, Page page) {
    return page;
  }

  @Override
  default void close() {
    stop();
  }
}
