"""PostgreSQL as Django knows it, and one thing more: work that has to be done before a transaction is committed."""
