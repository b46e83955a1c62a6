package io.gatekeeper.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * How the adapter that a contract's test runs is called in {@code target/contract.md}. Without it,
 * by the name of the test's class.
 */
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Adapter {
  /**
   * The name. <code>${property}</code> in it stands for a system property, for a test that runs
   * with several versions of a server.
   */
  String value();
}
