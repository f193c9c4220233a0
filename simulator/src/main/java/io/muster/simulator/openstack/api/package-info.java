/** What all services of a cloud share: routes, policies, errors, answers. */
@NullMarked
package io.muster.simulator.openstack.api;

import org.jspecify.annotations.NullMarked;
