"""Hash passwords at a cost that a small server bears."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class SmallArgon2Hasher(Argon2PasswordHasher):
    """Argon2id with 19 MiB and two passes: the second of OWASP's equal choices."""

    time_cost = 2
    memory_cost = 19_456
    parallelism = 1
