"""Fails if a package of this environment has a known hole; where nobody can be asked, says so and passes.

pip-audit asks the vulnerability service of the package index. A mirror of the index may know nothing of
holes: pip-audit then skips every package and still ends well, so what it says is counted here.
"""

import json
import subprocess
import sys


def main() -> int:
    """Ask, print one line for each hole or one for all, and return 1 if there is a hole."""
    command = [sys.executable, "-m", "pip_audit", "--format=json", "--progress-spinner=off"]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        packages = json.loads(answer.stdout)["dependencies"]
        why = "the package index that is reached from here keeps no list of holes"
    except subprocess.TimeoutExpired:
        packages, why = [], "no answer came within a minute"
    except (ValueError, KeyError):
        packages, why = (
            [],
            f"pip-audit could not ask ({(answer.stderr.splitlines() or ['no reason given'])[-1]})",
        )
    asked = [package for package in packages if "skip_reason" not in package]
    holes = [(package, hole) for package in asked for hole in package["vulns"]]
    for package, hole in holes:
        mended = f"; mended in {', '.join(hole['fix_versions'])}" if hole["fix_versions"] else ""
        print(f"{package['name']} {package['version']}: {hole['id']}{mended}")
    if holes:
        return 1
    if not asked:
        print(f"Skipped, {why}: whether dependencies have known holes was not checked.")
        return 0
    unknown = (
        f"; {len(packages) - len(asked)} are not known to the service" if len(asked) < len(packages) else ""
    )
    print(f"No known hole in {len(asked)} packages{unknown}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
