"""What a file may be: PDF, text or Markdown; everything else is refused in bounded time, with what to do."""

from __future__ import annotations

import gzip
import io
import random
import zipfile
import zlib
from pathlib import Path

import pytest
import typst
from literal_specification import CRITERIA, page
from pypdf import PdfReader, PdfWriter

from quiz.authoring.importing import ImportRefused, Limits, read_file, read_lines, read_specification

FEW = Limits(seconds=30)


def pdf_of(markup: str) -> bytes:
    return typst.compile(markup.encode())


def table_pdf() -> bytes:
    rows = [line.split("\t")[:4] for line in page().split("\n") if line.count("\t") > 4]
    rows[0] = ["Learning", "outcomes", "", "Assessment criteria"]
    cells = ", ".join(f"[{cell}]" for row in rows for cell in row)
    return pdf_of(
        "#set page(width: 18cm)\n= Unit 7: Keep a Tea Room\nUnit reference number: M\\/701\\/2345\n\nLevel: 2\n\n"
        "Credit value: 9\n\nGuided learning hours: 61\n\nLearning outcomes and assessment criteria\n"
        f"#table(columns: (1cm, 5cm, 1.4cm, 5cm), {cells})\nLearner name: Date:"
    )


def broken_pdf(stream: bytes, *, length: int | None = None) -> bytes:
    """Return a PDF of one page whose content is a given compressed stream."""
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 500 500] /Contents 4 0 R /Resources << >> >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % (length or len(stream))
        + stream
        + b"\nendstream",
    ]
    out, places = b"%PDF-1.7\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + part + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        out
        + b"xref\n0 5\n0000000000 65535 f \n"
        + table
        + b"trailer << /Root 1 0 R /Size 5 >>\nstartxref\n%d\n%%%%EOF" % len(out)
    )


def refused(data: bytes, limits: Limits = FEW) -> str:
    with pytest.raises(ImportRefused) as caught:
        read_lines(data, "it.txt", limits)
    return str(caught.value)


def test_a_pdf_with_a_table_gives_every_criterion_with_its_wrapped_words() -> None:
    told: list[tuple[int, int]] = []
    specification = read_specification(read_lines(table_pdf(), "it.pdf", FEW, lambda *at: told.append(at)))
    (unit,) = specification.units
    assert {criterion.code: criterion.text for criterion in unit.criteria} == CRITERIA
    assert [outcome.statement for outcome in unit.outcomes] == [
        "Know how tea is made",
        "Be able to serve tea",
    ]
    assert specification.unsure == ()
    assert told[-1] == (1, 1)


def test_a_pdf_that_only_its_owner_may_change_is_read() -> None:
    writer = PdfWriter(PdfReader(io.BytesIO(table_pdf())))
    writer.encrypt("", "owner", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    assert len(read_specification(read_lines(out.getvalue(), "it.pdf", FEW)).units) == 1


@pytest.mark.parametrize("algorithm", ["RC4-128"])
def test_an_encrypted_pdf_is_refused(algorithm: str) -> None:
    writer = PdfWriter(PdfReader(io.BytesIO(table_pdf())))
    writer.encrypt("secret", algorithm=algorithm)
    out = io.BytesIO()
    writer.write(out)
    assert refused(out.getvalue()) == (
        "“it.txt” is encrypted and opens with a password only. Open it with the password, print it to a new PDF "
        "and import that."
    )


def test_a_scanned_pdf_is_refused_with_what_to_do() -> None:
    message = refused(pdf_of("#rect(width: 100%, height: 100%)\n#pagebreak()\n#circle()"))
    assert message.startswith(
        "“it.txt” holds pictures of pages and no text, as a scan does. Run text recognition"
    )


def test_a_pdf_that_unpacks_to_far_more_than_it_holds_is_refused() -> None:
    bomb = zlib.compress(b" " * 400_000_000, 9)
    assert len(bomb) < 500_000
    assert "far more than it holds" in refused(broken_pdf(bomb))


def test_a_pdf_that_takes_too_long_is_ended() -> None:
    assert "took longer than 0 seconds" in refused(table_pdf(), Limits(seconds=0.05))


def test_a_pdf_with_too_many_pages_or_too_much_text_is_refused() -> None:
    assert "has 3 pages; 2 is the most" in refused(pdf_of("a #pagebreak() b #pagebreak() c"), Limits(pages=2))
    assert "holds more than" in refused(table_pdf(), Limits(text_bytes=100))


@pytest.mark.parametrize("cut", [0.1, 0.5, 0.9])
def test_a_pdf_cut_short_is_refused(cut: float) -> None:
    data = table_pdf()
    assert "is damaged" in refused(data[: int(len(data) * cut)])


def test_an_empty_file_is_refused() -> None:
    assert refused(b"") == refused(b" \n\t ") == "“it.txt” is empty. Download the specification again."


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("specification.txt", b"0" * 50_000_000)
    return out.getvalue()


def test_an_archive_under_another_name_is_refused_unopened() -> None:
    assert refused(zipped()).startswith("“it.txt” is a ZIP archive or an Office document.")
    assert refused(gzip.compress(b"0" * 1_000_000)).startswith("“it.txt” is a gzip archive.")


@pytest.mark.parametrize(
    "page_text",
    [
        "<!DOCTYPE html><html><body>Unit 1: Tea</body></html>",
        page() + "<script>alert(1)</script>",
        page() + '<a href="javascript:alert(1)">tea</a>',
        page() + "<IFRAME src=x>",
    ],
)
def test_a_web_page_or_its_code_is_refused(page_text: str) -> None:
    assert "is a web page or holds code of one" in refused(page_text.encode())


def test_binary_is_refused() -> None:
    assert "is not text: it is binary" in refused(random.Random(1).randbytes(200_000))
    assert "is not text: it is binary" in refused(b"\x00\x01\x02" * 1000)


def test_a_picture_is_refused() -> None:
    assert "is a picture" in refused(b"\x89PNG\r\n\x1a\n" + b"\x00" * 100)


def test_fifty_megabytes_are_refused_unread(tmp_path: Path) -> None:
    noise = tmp_path / "noise.txt"
    with noise.open("wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(ImportRefused, match=r"“noise\.txt” has 50 MB; 40 MB is the most"):
        read_file(noise)
    assert "has 20 MB; 6 MB is the most" in refused(b"word " * 4_000_000)


def test_one_endless_line_is_refused() -> None:
    assert "line 2, has 70,000 characters; 60,000 is the most" in refused(b"one\n" + b"x" * 70_000)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImportRefused, match=r"“none\.pdf” cannot be read: No such file"):
        read_file(tmp_path / "none.pdf")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_in_any_usual_encoding_gives_the_same_lines(encoding: str) -> None:
    assert read_lines("“Tea” – at the customer’s table\r\nsecond".encode(encoding), "it.txt") == [
        "“Tea” – at the customer’s table",
        "second",
    ]
