/** A suggestion box. */
@NullMarked
package com.example.suggestions;

import org.jspecify.annotations.NullMarked;
