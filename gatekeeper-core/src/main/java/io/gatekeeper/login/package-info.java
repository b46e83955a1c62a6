/** A login and a sign-out, from their first redirect to their last. */
@NullMarked
package io.gatekeeper.login;

import org.jspecify.annotations.NullMarked;
