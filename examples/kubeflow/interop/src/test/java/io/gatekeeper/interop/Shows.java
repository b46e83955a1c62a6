package io.gatekeeper.interop;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** A class of tests whose results docs/interop.md shows: a row a test, a column a gateway. */
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(PassedWhere.class)
@interface Shows {
  /** The heading: what is behind the gateway. */
  String value();
}
