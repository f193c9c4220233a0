@org.jspecify.annotations.NullMarked
package io.muster.control.oidc;
