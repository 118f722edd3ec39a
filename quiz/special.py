"""SciPy's special functions as the rest of the package uses them, imported when the first is called.

To import them takes a fifth of the app's start, and a page without an estimate needs none.
"""

from __future__ import annotations

from typing import Any


def _special() -> Any:
    import scipy.special

    return scipy.special


def betainc(a: Any, b: Any, x: Any) -> Any:
    """Return the regularised incomplete beta function."""
    return _special().betainc(a, b, x)


def betaincinv(a: Any, b: Any, y: Any) -> Any:
    """Return the quantile `y` of the beta distribution."""
    return _special().betaincinv(a, b, y)


def expit(x: Any) -> Any:
    """Return the logistic function."""
    return _special().expit(x)


def fdtri(dfn: Any, dfd: Any, p: Any) -> Any:
    """Return the quantile `p` of the F distribution."""
    return _special().fdtri(dfn, dfd, p)


def logit(p: Any) -> Any:
    """Return the inverse of the logistic function."""
    return _special().logit(p)


def ndtr(x: Any) -> Any:
    """Return the standard normal distribution function."""
    return _special().ndtr(x)


def ndtri(y: Any) -> Any:
    """Return the quantile `y` of the standard normal distribution."""
    return _special().ndtri(y)
