"""How colours are measured: contrast, what lies over what, and how they look to whoever sees fewer of them."""

from collections.abc import Sequence

Linear = tuple[float, float, float]

# Machado, Oliveira and Fernandes: “A Physiologically-based Model for Simulation of Color Vision Deficiency”,
# IEEE Transactions on Visualization and Computer Graphics 15 (2009), the matrices of severity 1.0, for linear RGB.
WITHOUT: dict[str, tuple[Linear, Linear, Linear]] = {
    "nothing": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "red": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "green": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "blue": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
"""What is not seen, and the matrix that turns a colour into what is seen of it."""


def linear(colour: str) -> Linear:
    """Return a colour such as “#0B5C6B” as linear RGB, by the formula of sRGB and of WCAG 2.2."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return _linear(red), _linear(green), _linear(blue)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def luminance(colour: str) -> float:
    """Return the relative luminance of WCAG 2.2, 0 to 1."""
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of WCAG 2.2, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def over(colour: str, share: float, ground: str) -> str:
    """Return what is seen of a colour that lies over a ground and covers it by a share of 0 to 1."""
    pairs = ((int(colour[at : at + 2], 16), int(ground[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(share * top + (1 - share) * below):02X}" for top, below in pairs)


def seen_without(colour: str, missing: str) -> Linear:
    """Return what is seen of a colour as linear RGB."""
    red, green, blue = (
        min(1.0, max(0.0, sum(weight * part for weight, part in zip(row, linear(colour), strict=True))))
        for row in WITHOUT[missing]
    )
    return red, green, blue


def apart(colours: Sequence[str]) -> float:
    """Return the least distance of two of the colours for anybody: ΔE of CIE 1976, where 2.3 can just be told."""
    return min(
        sum((a - b) ** 2 for a, b in zip(_lab(seen_without(one, missing)), _lab(seen_without(other, missing)), strict=True)) ** 0.5
        for missing in WITHOUT
        for place, one in enumerate(colours)
        for other in colours[:place]
    )  # fmt: skip


def _lab(seen: Linear) -> tuple[float, float, float]:
    """Return CIE L*a*b* under D65, by the matrix of sRGB (IEC 61966-2-1)."""
    red, green, blue = seen
    x = _root((0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047)
    y = _root(0.2126729 * red + 0.7151522 * green + 0.0721750 * blue)
    z = _root((0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _root(part: float) -> float:
    return float(part ** (1 / 3)) if part > 216 / 24389 else (24389 / 27 * part + 16) / 116
