/** Requests and responses as values: no I/O, no server. */
@NullMarked
package io.gatekeeper.http;

import org.jspecify.annotations.NullMarked;
