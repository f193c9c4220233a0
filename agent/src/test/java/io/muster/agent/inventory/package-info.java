@NullMarked
package io.muster.agent.inventory;

import org.jspecify.annotations.NullMarked;
