/** The inventory: what there is to poll, with whose credentials, and how it does. */
@NullMarked
package io.muster.control.server;

import org.jspecify.annotations.NullMarked;
