/** The installation's key: secrets at rest and the signatures of access tokens. */
@NullMarked
package io.muster.control.crypto;

import org.jspecify.annotations.NullMarked;
