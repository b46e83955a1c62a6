/**
 * What a user of the library types: {@link io.gatekeeper.Gatekeeper}, its configuration and its
 * decisions.
 */
@NullMarked
package io.gatekeeper;

import org.jspecify.annotations.NullMarked;
