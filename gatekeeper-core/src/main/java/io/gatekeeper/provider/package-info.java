/** The OpenID provider: its metadata, keys, token endpoint and ID tokens. */
@NullMarked
package io.gatekeeper.provider;

import org.jspecify.annotations.NullMarked;
