"""A small pack as an author writes it, line by line, for tests to spoil one line at a time."""

from __future__ import annotations

from pathlib import Path

QUALIFICATION_FILE = "qualifications/tea.yaml"
FOLDER = "units/L6017638-tea"
UNIT_FILE = f"{FOLDER}/unit.yaml"
FILE_1_1 = f"{FOLDER}/1.1.yaml"
FILE_1_10 = f"{FOLDER}/1.10.yaml"

QUALIFICATION = """\
key: tea
title: A Certificate in Tea
short: Tea
body: The Kettle Board
number: "600/1637/1"
level: 2
min_credit: 4
glh: 32
tqt: null
registration: {status: not_known}
dates_note: Ask your centre.
groups:
  - name: Mandatory
    title: the mandatory units
    rule: {min_units: 1}
    units: [L/601/7638]
units:
  - {unit: L/601/7638, number: "203"}
"""

UNIT = """\
unit: L/601/7638
title: Making Tea
level: 2
credit: 4
glh: 32
assessment: portfolio
why: Tea keeps people going.
outcomes:
  - {number: 1, label: how tea is made, criteria: ["1.1", "1.10"]}
topics:
  brewing: {outcome: 1, name: brewing tea}
  serving: {outcome: 1, name: serving tea}
blueprint:
  name: Practice test
  label: a practice test
  minutes: 10
  questions_per_outcome: {1: 2}
  origin: written
  hurdle:
    criterion_share: 0.5
    outcome_share: 0.5
    pass_mark: 1
"""

CRITERION_1_1 = """\
criterion: "1.1"
verb: Describe
label: how a pot of tea is made
covers:
  brewing:
    leaves: tea leaves
    water: fresh water
note: |
  Boil the water, then pour it over the leaves.
terms:
  - {term: caddy, means: a tin for leaves}
law:
  - id: tea-tax
    about: the tax on tea
    status: in_force
    checked_on: "2026-11-22"
    today: Tea is taxed.
knowledge:
  - id: in-the-pot
    kind: members
    covers: [leaves]
    law: [tea-tax]
    ask: things that go into a teapot
    members:
      - {text: hot water, why: Tea is drawn with it.}
    others:
      - {text: cold soup, why: Soup is a meal.}
  - id: tools
    kind: pairs
    ask: What is it for?
    left_name: tool
    right_name: purpose
    pairs:
      - {left: kettle, right: heats water, why: Water is boiled in it.}
      - {left: caddy, right: stores leaves, why: It keeps them dry.}
  - id: black-or-green
    kind: contrast
    ask: Which kind of tea is this?
    classes: {black: tea that was oxidised, green: tea that was steamed}
    cases:
      - {text: a malty cup, class: black, why: Assam is black.}
      - {text: a grassy cup, class: green, why: Sencha is green.}
  - id: words
    kind: terms
    terms:
      - {term: blend, means: leaves mixed together, why: Most tea is one.}
questions:
  - id: L6017638-1.1-01
    type: single_choice
    level: apply
    basis: both
    use: test
    covers: [leaves]
    law: [tea-tax]
    stem: The brew is too weak. What helps?
    options:
      - {text: more leaves, right: true, why: They give the taste.}
      - {text: more milk, why: Milk hides the taste.}
      - {text: a bigger cup, why: It only holds more.}
      - {text: a clean spoon, why: It only stirs.}
  - id: L6017638-1.1-02
    type: sorting
    level: understand
    basis: specification
    use: practice
    stem: Sort these.
    classes: {hot: served warm, cold: served with ice}
    cases:
      - {text: a mug of Assam, class: hot, why: It is poured at once.}
      - {text: a jug with ice, class: cold, why: Ice cools it.}
own_words:
  prompt: How is tea made where you work?
  demands: Say what happens.
  checklist: [water, leaves, time]
  model_answer: We boil fresh water first.
"""

CRITERION_1_10 = """\
criterion: "1.10"
verb: Explain
label: why a cup is warmed
covers:
  serving:
    cups: warm cups
note: A warm cup keeps tea hot.
terms:
  - {term: saucer, means: a plate for a cup}
knowledge:
  - id: why-warm
    kind: reasons
    claim: A cup is warmed first
    strong:
      - {text: the tea stays hot, why: Cold china cools it.}
    weak:
      - {text: the cup looks clean, why: Warmth does not clean.}
questions:
  - id: L6017638-1.10-01
    type: single_choice
    level: apply
    basis: both
    use: test
    stem: "{customer} finds the tea cold. Why?"
    options:
      - {text: the cup was cold, right: true, why: China takes up heat.}
      - {text: the cup was blue, why: Colour does not cool.}
      - {text: the spoon was old, why: Age does not cool.}
      - {text: the tray was wide, why: Width does not cool.}
own_words:
  prompt: Why do you warm cups?
  demands: Give a reason.
  checklist: [heat, china, taste]
  model_answer: A warm cup keeps tea hot.
"""

FILES = {
    QUALIFICATION_FILE: QUALIFICATION,
    UNIT_FILE: UNIT,
    FILE_1_1: CRITERION_1_1,
    FILE_1_10: CRITERION_1_10,
}


OUTLINE_FILE = "outlines/kitchen.yaml"
SECOND_QUALIFICATION_FILE = "qualifications/kitchen.yaml"
SLIP_FILE = "slips.yaml"
LINK_FILE = "links.yaml"

OUTLINES = """\
series: Kitchen units
units:
  - unit: T/503/0342
    title: Running a Kitchen
    level: 2
    credit: 4
    glh: 15
    outcomes:
      - number: 1
        kind: competence
        label: keeping the kitchen going
        criteria:
          - {code: "1.1", verb: Keep, label: the water hot}
          - {code: "1.2", verb: Identify, label: cups that leak}
      - number: 2
        kind: knowledge
        label: what a kitchen needs
        criteria:
          - {code: "2.1", verb: Know, label: what to buy}
  - unit: D/503/0352
    title: Keeping Cool
    level: 1
    credit: 2
    glh: 9
  - {unit: H11S 04, title: Washing Up}
"""

SECOND_QUALIFICATION = """\
key: kitchen
title: A Diploma in Kitchens
short: Kitchens
body: The Kettle Board
number: "600/1225/0"
level: 2
min_credit: 8
glh: 40
tqt: null
registration: {status: not_known}
dates_note: Ask your centre.
groups:
  - name: Must
    title: Must
    rule: {min_units: 1}
    units: [L/601/7638]
  - name: May
    title: May
    rule: {min_credits: 2}
    parts: [Hot, Cold]
  - name: Hot
    title: Hot
    units: [T/503/0342]
  - name: Cold
    title: Cold
    units: [D/503/0352]
rules:
  - {kind: total_credits, credits: 6}
  - {kind: further_credits, credits: 2, groups: [Hot, Cold]}
  - {kind: barred_pair, units: [T/503/0342, D/503/0352]}
units:
  - {unit: L/601/7638, number: "1"}
  - {unit: T/503/0342, number: "2"}
  - {unit: D/503/0352, number: "3"}
"""

SLIPS = """\
slips:
  - id: D01
    about: The title is misspelt.
    read_as: As on the unit's page.
    qualifications: [kitchen]
    units: [T/503/0342]
  - id: D02
    about: The number is lost.
    read_as: Supplied from its neighbours.
    criteria: [T/503/0342 1.2, T/503/0342 2]
"""

LINKS = """\
units:
  - unit: T/503/0342
    standard: null
    annexe_c: []
    read_as: []
    criteria:
      - {code: "1.2", to: ["L/601/7638 1.10"], how: partly, by: headset}
      - {code: "2.1", to: ["L/601/7638 1.1", "L/601/7638 1.10"], how: partly, by: headset}
same_standard:
  - {unit: H11S 04, same_as: T/503/0342, confidence: low, reason: both are about kitchens}
"""

CATALOGUE = {
    **FILES,
    OUTLINE_FILE: OUTLINES,
    SECOND_QUALIFICATION_FILE: SECOND_QUALIFICATION,
    SLIP_FILE: SLIPS,
    LINK_FILE: LINKS,
}
"""The small pack with a catalogue round it: listed units, a second qualification, slips and links."""


def write(folder: Path, files: dict[str, str] = FILES) -> Path:
    """Write the files into the folder and return it."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def spoiled(file: str, old: str, new: str, files: dict[str, str] = FILES) -> dict[str, str]:
    """Return all files, one of them with a text that stands in it once replaced."""
    assert files[file].count(old) == 1, f"“{old}” stands {files[file].count(old)} times in {file}"
    return {**files, file: files[file].replace(old, new)}
