/** Login, users and API tokens. */
@NullMarked
package io.muster.control.account;

import org.jspecify.annotations.NullMarked;
