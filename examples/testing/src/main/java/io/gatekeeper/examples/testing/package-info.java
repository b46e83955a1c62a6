/** What the examples' smoke tests share. */
@NullMarked
package io.gatekeeper.examples.testing;

import org.jspecify.annotations.NullMarked;
