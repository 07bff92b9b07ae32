-- What backfill needs: the schema alohub, the functions of docs/recipes/watch.sql, and a recipe of the source.
SELECT to_regclass('alohub.customer_outbox') IS NOT NULL,
       to_regprocedure('alohub_source.missing(text,timestamptz)') IS NOT NULL,
       to_regprocedure(format('alohub_source.%I()', :source::text || '_customers')) IS NOT NULL
