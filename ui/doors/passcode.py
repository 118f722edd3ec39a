"""The tutor's passcode: held as a scrypt hash, in memory only, for as long as the server runs."""

from __future__ import annotations

from hashlib import scrypt
from hmac import compare_digest
from secrets import SystemRandom, token_bytes

from quiz.classes import CODE_SIGNS

LEAST_LENGTH = 6
LONGEST = 200
_MADE_LENGTH = 8


class Passcode:
    """A passcode that can be checked and not read back."""

    def __init__(self, text: str) -> None:
        """Keep the hash of a passcode.

        Raises:
            ValueError: it is too short or too long; the text says so.
        """
        if not LEAST_LENGTH <= len(text) <= LONGEST:
            raise ValueError(f"A passcode has at least {LEAST_LENGTH} characters and at most {LONGEST}.")
        self._salt = token_bytes(16)
        self._hash = self._hashed(text)

    def matches(self, text: str) -> bool:
        """Return whether this is the passcode; it takes about a quarter of a second."""
        return len(text) <= LONGEST and compare_digest(self._hash, self._hashed(text))

    def _hashed(self, text: str) -> bytes:
        # OWASP's password storage cheat sheet: N = 2^14, r = 8, p = 5 (16 MB) is one of its settings.
        return scrypt(
            text.encode("utf-8", "surrogatepass"), salt=self._salt, n=2**14, r=8, p=5, maxmem=64 * 2**20
        )


def made_up() -> str:
    """Return a new passcode by chance: eight signs that are easily told apart, 5 * 10^10 of them."""
    random = SystemRandom()
    return "".join(random.choice(CODE_SIGNS) for _ in range(_MADE_LENGTH))
