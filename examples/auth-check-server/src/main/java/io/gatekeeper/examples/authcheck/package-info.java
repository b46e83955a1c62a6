/** The auth check as one runnable jar: settings in, three ports out. */
@NullMarked
package io.gatekeeper.examples.authcheck;

import org.jspecify.annotations.NullMarked;
