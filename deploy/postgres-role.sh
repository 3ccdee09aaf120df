#!/bin/sh
# Run once by the PostgreSQL container, on an empty volume: a role for Brug that is no superuser, and its database.
# It may make databases, because trying a backup every night takes one.
set -eu
psql --username postgres -v ON_ERROR_STOP=1 -v password="$BRUG_DATABASE_PASSWORD" <<'SQL'
CREATE ROLE brug LOGIN CREATEDB PASSWORD :'password';
CREATE DATABASE brug OWNER brug;
SQL
