/**
 * The control API as the verbs speak to it: address, login, calls, and what goes wrong with them.
 */
@NullMarked
package io.muster.cli.api;

import org.jspecify.annotations.NullMarked;
