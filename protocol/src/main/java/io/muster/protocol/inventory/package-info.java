/**
 * The one reading of a server, for the agent's file, the API, CSV files and the link: the published
 * schema of its keys, what they have to hold, and what is wrong in words.
 */
@NullMarked
package io.muster.protocol.inventory;

import org.jspecify.annotations.NullMarked;
