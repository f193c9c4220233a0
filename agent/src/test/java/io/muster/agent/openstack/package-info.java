@NullMarked
package io.muster.agent.openstack;

import org.jspecify.annotations.NullMarked;
