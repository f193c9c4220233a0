package io.muster.control.site;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;

/**
 * A company or department; nobody sees another one's things.
 *
 * @param serverLimit how many servers its inventory may have
 * @param home the one whose admins look after the installation; there is exactly one
 */
@MappedEntity("tenants")
public record Tenant(@Id UUID id, String name, int serverLimit, boolean home, Instant createdAt) {}
