"""Alembic environment: always runs on the connection that `migrating.upgrade` hands in."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    transactional_ddl=True,
    transaction_per_migration=False,
)
context.run_migrations()
