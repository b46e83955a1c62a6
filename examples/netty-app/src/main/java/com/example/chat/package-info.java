/** A chat over HTTP and WebSocket. */
@NullMarked
package com.example.chat;

import org.jspecify.annotations.NullMarked;
