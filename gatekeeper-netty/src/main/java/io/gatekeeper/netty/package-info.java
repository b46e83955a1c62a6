/**
 * Gatekeeper on Netty: {@link io.gatekeeper.netty.AuthCheckServer} answers the auth checks of
 * gateways and serves the own endpoints.
 *
 * <p>NIO by default; where the native epoll transport is on the class path and works, that.
 */
@NullMarked
package io.gatekeeper.netty;

import org.jspecify.annotations.NullMarked;
