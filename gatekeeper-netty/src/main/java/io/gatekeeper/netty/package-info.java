/**
 * Gatekeeper on Netty: {@link io.gatekeeper.netty.GatekeeperHandler} guards an application's
 * pipeline, and {@link io.gatekeeper.netty.AuthCheckServer} answers the auth checks of gateways and
 * serves the own endpoints.
 *
 * <p>The server runs on NIO; where the native epoll transport is on the class path and works, on
 * that.
 */
@NullMarked
package io.gatekeeper.netty;

import org.jspecify.annotations.NullMarked;
