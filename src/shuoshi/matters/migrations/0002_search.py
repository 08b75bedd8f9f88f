"""The index of words: FTS5 on SQLite, a tsvector on PostgreSQL; no extension needed."""

from django.db import migrations


MAKE = {
    "sqlite": [
        "CREATE VIRTUAL TABLE matters_search USING fts5(words, tokenize='unicode61')",
    ],
    "postgresql": [
        "CREATE TABLE matters_search (matter_id bigint PRIMARY KEY, words tsvector NOT NULL)",
        "CREATE INDEX matters_search_words ON matters_search USING gin (words)",
    ],
}


def make(apps, editor):
    for statement in MAKE[editor.connection.vendor]:
        editor.execute(statement)


def drop(apps, editor):
    editor.execute("DROP TABLE matters_search")


class Migration(migrations.Migration):
    dependencies = [("matters", "0001_initial")]
    operations = [migrations.RunPython(make, drop)]
