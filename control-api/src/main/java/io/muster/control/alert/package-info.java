/** The limits that alert rules compare with. */
@NullMarked
package io.muster.control.alert;

import org.jspecify.annotations.NullMarked;
