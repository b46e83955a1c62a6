/** Who is signed in, and why someone is not: values that every other package speaks of. */
@NullMarked
package io.gatekeeper.identity;

import org.jspecify.annotations.NullMarked;
