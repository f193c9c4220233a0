/** Tokens of an OpenID Connect issuer. */
@NullMarked
package io.muster.control.oidc;

import org.jspecify.annotations.NullMarked;
