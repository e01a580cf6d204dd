# SPDX-License-Identifier: Apache-2.0
"""The tables of one jurisdiction: one schema, unqualified names, explicit short constraint names, no triggers.

DDL runs only through `migrate`, one statement per execute. A migration, once released, is never edited.
"""


class MigrationError(Exception):
    """The schema could not be brought up to date; the message says what to do."""


MIGRATIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "0001 log and claims",
        (
            """
            CREATE TABLE jurisdiction (
                name text NOT NULL,
                regime text NOT NULL,
                demonstration boolean NOT NULL,
                CONSTRAINT jurisdiction_pk PRIMARY KEY (name)
            )
            """,
            """
            CREATE TABLE events (
                position bigint GENERATED ALWAYS AS IDENTITY,
                stream uuid NOT NULL,
                version bigint NOT NULL,
                type text NOT NULL,
                state bytea NOT NULL,
                recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
                CONSTRAINT events_pk PRIMARY KEY (stream, version),
                CONSTRAINT events_position_uq UNIQUE (position)
            )
            """,
            """
            CREATE TABLE commands (
                command_id uuid NOT NULL,
                body_hash text NOT NULL,
                result jsonb NOT NULL,
                position bigint NOT NULL,
                CONSTRAINT commands_pk PRIMARY KEY (command_id)
            )
            """,
            """
            CREATE TABLE slot_claims (
                holder uuid NOT NULL,
                resource uuid NOT NULL,
                lane integer NOT NULL,
                during tstzrange NOT NULL,
                CONSTRAINT slots_pk PRIMARY KEY (holder),
                CONSTRAINT slots_free_ex EXCLUDE USING gist (resource WITH =, lane WITH =, during WITH &&)
            )
            """,
            """
            CREATE TABLE account_claims (
                account text NOT NULL,
                used bigint NOT NULL,
                cap bigint NOT NULL,
                CONSTRAINT accounts_pk PRIMARY KEY (account),
                CONSTRAINT accounts_cap_ck CHECK (used <= cap),
                CONSTRAINT accounts_floor_ck CHECK (used >= 0)
            )
            """,
            """
            CREATE TABLE key_claims (
                kind text NOT NULL,
                value text NOT NULL,
                owner uuid NOT NULL,
                CONSTRAINT keys_pk PRIMARY KEY (kind, value)
            )
            """,
            """
            CREATE TABLE series_claims (
                series text NOT NULL,
                last bigint NOT NULL,
                CONSTRAINT series_pk PRIMARY KEY (series)
            )
            """,
            """
            CREATE TABLE token_claims (
                token_hash text NOT NULL,
                user_id uuid NOT NULL,
                role text NOT NULL,
                organisation uuid,
                unit uuid,
                expires_at timestamptz,
                CONSTRAINT tokens_pk PRIMARY KEY (token_hash)
            )
            """,
            """
            CREATE TABLE subject_keys (
                subject uuid NOT NULL,
                key_id uuid NOT NULL,
                wrapped bytea NOT NULL,
                CONSTRAINT subject_keys_pk PRIMARY KEY (subject)
            )
            """,
            """
            CREATE TABLE refusals (
                id bigint GENERATED ALWAYS AS IDENTITY,
                refused_at timestamptz NOT NULL,
                user_id uuid,
                role text NOT NULL,
                organisation uuid,
                command text NOT NULL,
                code text NOT NULL,
                detail jsonb NOT NULL,
                correlation_id uuid NOT NULL,
                CONSTRAINT refusals_pk PRIMARY KEY (id)
            )
            """,
            """
            CREATE TABLE read_models (
                name text NOT NULL,
                position bigint NOT NULL,
                epoch bigint NOT NULL DEFAULT 0,
                definition text NOT NULL,
                failed_position bigint,
                error text,
                CONSTRAINT read_models_pk PRIMARY KEY (name)
            )
            """,
        ),
    ),
    (
        "0002 identities of other platforms are unique for each unit",
        (
            """
            UPDATE key_claims AS k
            SET kind = 'reservation.external_id',
                value = (convert_from(e.state, 'UTF8')::jsonb -> 'd' ->> 'unit') || ':' || k.value
            FROM events AS e
            WHERE k.kind = 'external' AND e.stream = k.owner AND e.version = 1
              AND e.type = 'reservations.ReservationRequested'
            """,
        ),
    ),
)
