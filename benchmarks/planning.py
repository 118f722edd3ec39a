"""How long it takes to count the valid plans of each qualification and to find the shortest one.

python -m benchmarks.planning [--runs 5]
"""

import argparse

from benchmarks.startup import seconds
from quiz.syllabus import count_plans, load_packs, suggest


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    pack = load_packs()
    for key, qualification in pack.qualifications.items():
        number = count_plans(qualification, pack.outlines, ())
        if number is None:
            print(f"{key:<14} no rules in the document")
            continue
        counting = seconds(runs, lambda q=qualification: count_plans(q, pack.outlines, ()))
        solving = seconds(runs, lambda q=qualification: suggest(q, pack.outlines, ()))
        hours = suggest(qualification, pack.outlines, ()).hours
        print(f"{key:<14} {number:>12,} plans in {counting:.3f} s; shortest {hours} hours in {solving:.3f} s")


if __name__ == "__main__":
    main()
