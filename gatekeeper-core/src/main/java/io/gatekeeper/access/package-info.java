/** Who may go where, and what the application behind is told: pure functions. */
@NullMarked
package io.gatekeeper.access;

import org.jspecify.annotations.NullMarked;
