/** The servlet filter that guards an application with Gatekeeper. */
@NullMarked
package io.gatekeeper.servlet;

import org.jspecify.annotations.NullMarked;
