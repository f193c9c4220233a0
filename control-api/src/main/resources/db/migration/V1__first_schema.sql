-- Plain SQL that H2 (MODE=PostgreSQL) and PostgreSQL both take. Times are instants, ids are UUIDs, JSON is text.

-- What there is one of: how the key is recognised, who holds the database.
CREATE TABLE installation (
  name    VARCHAR(40) NOT NULL PRIMARY KEY,
  content VARCHAR     NOT NULL
);

CREATE TABLE tenants (
  id           UUID        NOT NULL PRIMARY KEY,
  name         VARCHAR(63) NOT NULL UNIQUE,
  server_limit INTEGER     NOT NULL,
  -- Of the tenant whose admins look after the installation: they make tenants.
  home         BOOLEAN     NOT NULL,
  created_at   TIMESTAMP WITH TIME ZONE NOT NULL
);

-- Rows in QuestDB stand on the site's name, so no two tenants share one.
CREATE TABLE sites (
  id         UUID        NOT NULL PRIMARY KEY,
  tenant_id  UUID        NOT NULL REFERENCES tenants (id),
  name       VARCHAR(63) NOT NULL UNIQUE,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL
);
CREATE INDEX sites_of_tenant ON sites (tenant_id, name);

-- Tokens are kept as the SHA-256 of what was shown once.
CREATE TABLE agent_tokens (
  id           UUID        NOT NULL PRIMARY KEY,
  site_id      UUID        NOT NULL REFERENCES sites (id) ON DELETE CASCADE,
  name         VARCHAR(63) NOT NULL,
  hash         CHAR(64)    NOT NULL UNIQUE,
  created_by   VARCHAR(63) NOT NULL,
  created_at   TIMESTAMP WITH TIME ZONE NOT NULL,
  last_used_at TIMESTAMP WITH TIME ZONE
);
CREATE INDEX agent_tokens_of_site ON agent_tokens (site_id);

CREATE TABLE users (
  id                   UUID         NOT NULL PRIMARY KEY,
  tenant_id            UUID         NOT NULL REFERENCES tenants (id),
  username             VARCHAR(63)  NOT NULL UNIQUE,
  password_hash        VARCHAR(100) NOT NULL,
  role                 VARCHAR(20)  NOT NULL,
  scope                VARCHAR      NOT NULL,
  enabled              BOOLEAN      NOT NULL,
  must_change_password BOOLEAN      NOT NULL,
  failed_logins        INTEGER      NOT NULL,
  locked_until         TIMESTAMP WITH TIME ZONE,
  created_at           TIMESTAMP WITH TIME ZONE NOT NULL,
  last_login_at        TIMESTAMP WITH TIME ZONE
);
CREATE INDEX users_of_tenant ON users (tenant_id, username);

-- One login is one family: each refresh adds a row and marks the one before as used.
CREATE TABLE refresh_tokens (
  id         UUID     NOT NULL PRIMARY KEY,
  family_id  UUID     NOT NULL,
  user_id    UUID     NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  hash       CHAR(64) NOT NULL UNIQUE,
  expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
  used_at    TIMESTAMP WITH TIME ZONE
);
CREATE INDEX refresh_tokens_of_family ON refresh_tokens (family_id);
CREATE INDEX refresh_tokens_of_user ON refresh_tokens (user_id);

CREATE TABLE api_tokens (
  id           UUID        NOT NULL PRIMARY KEY,
  tenant_id    UUID        NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  name         VARCHAR(63) NOT NULL,
  role         VARCHAR(20) NOT NULL,
  scope        VARCHAR     NOT NULL,
  hash         CHAR(64)    NOT NULL UNIQUE,
  created_by   VARCHAR(63) NOT NULL,
  created_at   TIMESTAMP WITH TIME ZONE NOT NULL,
  expires_at   TIMESTAMP WITH TIME ZONE,
  last_used_at TIMESTAMP WITH TIME ZONE,
  UNIQUE (tenant_id, name)
);

-- Outlives what it tells of, so it refers to nothing.
CREATE TABLE audit (
  id           UUID         NOT NULL PRIMARY KEY,
  tenant_id    UUID         NOT NULL,
  at           TIMESTAMP WITH TIME ZONE NOT NULL,
  who          VARCHAR(100) NOT NULL,
  role         VARCHAR(20)  NOT NULL,
  address      VARCHAR(64)  NOT NULL,
  verb         VARCHAR(40)  NOT NULL,
  subject_kind VARCHAR(40)  NOT NULL,
  subject_id   VARCHAR(64)  NOT NULL,
  subject_name VARCHAR(100) NOT NULL,
  detail       VARCHAR      NOT NULL
);
CREATE INDEX audit_of_tenant ON audit (tenant_id, at, id);

CREATE TABLE servers (
  id               UUID        NOT NULL PRIMARY KEY,
  tenant_id        UUID        NOT NULL REFERENCES tenants (id),
  site_id          UUID        NOT NULL REFERENCES sites (id),
  name             VARCHAR(63) NOT NULL,
  provider         VARCHAR(20) NOT NULL,
  enabled          BOOLEAN     NOT NULL,
  interval_seconds INTEGER,
  route            VARCHAR(63) NOT NULL,
  -- A JSON array of texts.
  tags             VARCHAR     NOT NULL,
  -- The provider's own keys as a JSON object, without secrets.
  settings         VARCHAR     NOT NULL,
  -- What a search looks at: name, tags and addresses in lower case, a line each.
  search           VARCHAR     NOT NULL,
  -- A sealed JSON object of the secret keys; null = none.
  secrets          BYTEA,
  -- Rises with each change, for ETag.
  version          BIGINT      NOT NULL,
  created_at       TIMESTAMP WITH TIME ZONE NOT NULL,
  updated_at       TIMESTAMP WITH TIME ZONE NOT NULL,
  UNIQUE (tenant_id, name)
);
CREATE INDEX servers_of_site ON servers (site_id, name);

-- The servers' tags once more, to look for: scopes and filters ask for them.
CREATE TABLE server_tags (
  server_id UUID        NOT NULL REFERENCES servers (id) ON DELETE CASCADE,
  tag       VARCHAR(63) NOT NULL,
  PRIMARY KEY (server_id, tag)
);
CREATE INDEX server_tags_by_tag ON server_tags (tag);

CREATE TABLE server_status (
  server_id            UUID        NOT NULL PRIMARY KEY REFERENCES servers (id) ON DELETE CASCADE,
  connection_status    VARCHAR(20) NOT NULL,
  last_health_check_at TIMESTAMP WITH TIME ZONE,
  error                VARCHAR,
  last_connected_at    TIMESTAMP WITH TIME ZONE,
  learned_timeout_ms   BIGINT,
  response_time_ms     BIGINT,
  -- Of the last 24 hours, 0 to 1.
  success_rate         DOUBLE PRECISION,
  node_count           INTEGER,
  version              VARCHAR(100)
);

CREATE TABLE maintenance (
  server_id UUID         NOT NULL REFERENCES servers (id) ON DELETE CASCADE,
  -- Empty: the whole server.
  node      VARCHAR(255) NOT NULL,
  until     TIMESTAMP WITH TIME ZONE NOT NULL,
  reason    VARCHAR(500) NOT NULL,
  set_by    VARCHAR(100) NOT NULL,
  PRIMARY KEY (server_id, node)
);
