/** The session: the JWT of ours that carries a signed-in user, its keys and its cookies. */
@NullMarked
package io.gatekeeper.session;

import org.jspecify.annotations.NullMarked;
