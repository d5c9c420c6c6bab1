"""Broken and hostile inputs, one function a kind, each with the behaviour that is right for it."""

import gzip
import io
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import time
import zipfile

EMEND = os.path.abspath(sys.argv[1])
SECONDS = 60
cases = []
failures = []


def case(function):
    cases.append(function)
    return function


def run(*arguments, stdin=b"", env=None, seconds=SECONDS):
    try:
        done = subprocess.run(
            [EMEND, *map(str, arguments)], input=stdin, capture_output=True, timeout=seconds, env=env)
    except subprocess.TimeoutExpired:
        raise AssertionError(f"no answer in {seconds} s")
    assert done.returncode in (0, 1, 64, 65, 66, 73, 74), f"exit code {done.returncode}: {done.stderr[-300:]!r}"
    assert b"Fatal error" not in done.stderr and b"Crash" not in done.stderr, done.stderr[-300:]
    return done


def clean(data, *options):
    return run("clean", *options, stdin=data)


def well_formed(folder):
    for file in pathlib.Path(folder).rglob("*.xml"):
        subprocess.run(["python3", "-c", "import sys,xml.dom.minidom as m; m.parse(sys.argv[1])", str(file)], check=True)
    for file in pathlib.Path(folder).rglob("*.jsonl"):
        for line in file.read_text(encoding="utf-8").splitlines():
            json.loads(line)


@case
def white_space_only(tmp):
    for data in (b"", b" ", b"\n\n\n", b"\f\f\f", b" \n\f \n"):
        assert clean(data).stdout.strip() == b""


@case
def nul_and_controls(tmp):
    out = clean(b"The old\x00 tele\x00graph union\x1b met in Berne\x0b and\x01 Paris.\n")
    assert out.returncode == 0
    assert not any(byte in out.stdout for byte in b"\x00\x1b\x0b\x01"), out.stdout


@case
def form_feed_in_line(tmp):
    out = clean(b"The end of a page.\fThe start of the next one.\n")
    assert b"\f" not in out.stdout


@case
def invalid_utf8(tmp):
    out = clean(b"The caf\xe9 in the na\xefve quarter.\n")
    assert "café".encode() in out.stdout, out.stdout
    assert clean(b"\xff\xfe\xfd\xc0\xaf" * 50).returncode in (0, 66)


@case
def utf16(tmp):
    for encoding in ("utf-16", "utf-16-le", "utf-16-be", "utf-32"):
        text = "The conference of 1865 founded the union.\n" * 8
        out = clean(text.encode(encoding))
        assert b"founded the union" in out.stdout, (encoding, out)


@case
def line_ends(tmp):
    for end in ("\r\n", "\r", "\u2028", "\u0085"):
        out = clean(f"First paragraph here.{end}{end}Second paragraph here.{end}".encode())
        assert b"First paragraph here." in out.stdout and b"Second paragraph here." in out.stdout, (end, out)


@case
def one_long_line(tmp):
    random.seed(1)
    words = [bytes(random.choice(b"abcdefghijklmnopqrstuvwxyz") for _ in range(random.randint(1, 9))) for _ in range(5000)]
    clean(b" ".join(random.choice(words) for _ in range(2_000_000)))


@case
def many_blank_lines(tmp):
    out = clean(b"\n" * 3_000_000 + b"The end.\n")
    assert b"The end." in out.stdout


@case
def repetitive(tmp):
    for data in (b"a" * 2_000_000, b"1.\n" * 50_000, b"THE HISTORY OF THE UNION 12\n\f" * 10_000,
                 b"word1 " * 100_000, b"(" * 100_000, b"-\n" * 100_000, b"A " * 200_000, b"* " * 100_000,
                 b"\xcc\x81" * 500_000, b"et al. " * 50_000, b"(Smith 1990; " * 30_000, b'"' * 100_000,
                 b"fi" * 300_000, b"\xe2\x80\x8d" * 200_000, b"Ibid. 3.\n" * 20_000):
        for verb in ("clean", "cite", "tag", "outline", "references"):
            run(verb, stdin=data)


@case
def random_bytes(tmp):
    random.seed(2)
    for size in (1, 2, 3, 10, 100, 10_000, 300_000):
        for _ in range(6):
            clean(bytes(random.randrange(256) for _ in range(size)))


@case
def mutated_text(tmp):
    random.seed(3)
    base = (b"The union met in 1865 (Smith 1990, 12-14; see also Jones 1991).1 It was de\xef\xac\x81ned\n"
            b"by the con-\nvention.\n\nNotes\n\n1. See Smith, ibid., p. 3.\n\nReferences\n\nSmith, J. 1990. Title. Press.\n") * 20
    for _ in range(60):
        data = bytearray(base)
        for _ in range(random.randint(1, 80)):
            at = random.randrange(len(data))
            action = random.random()
            if action < 0.4:
                data[at] = random.randrange(256)
            elif action < 0.7:
                del data[at:at + random.randint(1, 40)]
            else:
                data[at:at] = bytes(random.choice((b"\n", b"\f", b"(", b"\x00", b"\xef", b"1", b"[", b"*")))
            if not data:
                data = bytearray(b"x")
        for verb in ("clean", "cite", "tag", "outline", "references", "diff"):
            run(verb, stdin=bytes(data))


@case
def binaries_named_txt(tmp):
    for name, head in (("png", b"\x89PNG\r\n\x1a\n"), ("elf", b"\x7fELF"), ("jpg", b"\xff\xd8\xff\xe0")):
        file = tmp / f"{name}.txt"
        file.write_bytes(head + os.urandom(4000))
        out = run("clean", file)
        assert out.returncode == 66 and out.stdout == b"", (name, out)


@case
def zip_slip_and_bombs(tmp):
    for name in ("../evil.txt", "/abs.txt", "a/../../evil.txt", "C:\\evil.txt"):
        archive = tmp / "slip.zip"
        with zipfile.ZipFile(archive, "w") as z:
            z.writestr(name, "text")
            z.writestr("00000001.txt", "The first page.\n")
        out = run("build", archive, "-o", tmp / "out-slip")
        assert not (tmp / "evil.txt").exists() and not (tmp.parent / "evil.txt").exists()
    bomb = tmp / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("00000001.txt", b"\0" * (400 << 20))
    assert run("clean", bomb).returncode in (1, 66)
    whole = tmp / "t.txt.gz"
    whole.write_bytes(gzip.compress(b"A text in a gzip file, read as it stands.\n"))
    assert b"read as it stands" in run("clean", whole).stdout
    cut = tmp / "cut.zip"
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as z:
        z.writestr("00000001.txt", "x" * 9999)
    cut.write_bytes(data.getvalue()[:60])
    assert run("clean", cut).returncode in (1, 66)


@case
def xml_traps(tmp):
    secret = tmp / "secret.txt"
    secret.write_text("TOPSECRET")
    entity = f'<?xml version="1.0"?><!DOCTYPE alto [<!ENTITY x SYSTEM "file://{secret}">]>'
    lol = '<?xml version="1.0"?><!DOCTYPE alto [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(98 + i)} "{"&" + chr(97 + i) + ";" }{"&" + chr(97 + i) + ";" }{"&" + chr(97 + i) + ";" }">' for i in range(20)) + "]>"
    alto = '<alto xmlns="http://www.loc.gov/standards/alto/ns-v3#"><Layout><Page><PrintSpace><TextBlock><TextLine><String CONTENT="{0}"/></TextLine></TextBlock></PrintSpace></Page></Layout></alto>'
    for head, content in ((entity, "&x;"), (lol, "&u;")):
        file = tmp / "trap.xml"
        file.write_text(head + alto.format(content))
        assert b"TOPSECRET" not in run("clean", file).stdout
    deep = tmp / "deep.xml"
    deep.write_text(alto.format("x").replace("<TextLine>", "<TextLine>" + "<a>" * 100_000))
    run("clean", deep)
    soup = tmp / "soup.html"
    soup.write_text('<html><body><div class=ocr_page><span class="ocr_line">AT&T & co <b>met</span><p>&#0;&#xFFFF;')
    run("clean", soup)


@case
def markup_in_text(tmp):
    text = "The <script>alert(1)</script> ]]> --> & \"quoted\" =SUM(A1) text by Smith (1990).\n\n=cmd|x (Smith 1990).\n"
    (tmp / "in").mkdir()
    (tmp / "in" / "mark.txt").write_text(text)
    out = run("build", tmp / "in", "-o", tmp / "out")
    assert out.returncode == 0, out
    well_formed(tmp / "out")
    assert "<script>alert" not in (tmp / "out" / "report.html").read_text(encoding="utf-8")


@case
def awkward_names(tmp):
    folder = tmp / "names"
    folder.mkdir()
    for name in ("-leading.txt", "CON.txt", "a b.txt", "ü.txt", "x" * 200 + ".txt", "a:b.txt", ".hidden.txt"):
        (folder / name).write_text("A short text with a name.\n")
    (folder / "sub").mkdir()
    (folder / "sub" / "a b.txt").write_text("Another text with that name.\n")
    out = run("build", folder, "-o", tmp / "outnames")
    assert out.returncode == 0, out
    assert len(list((tmp / "outnames" / "tei").glob("*.xml"))) == 7


@case
def stdout_closed(tmp):
    text = b"The union met again, and again. " * 200_000
    process = subprocess.Popen([EMEND, "clean"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdout.close()
    try:
        process.stdin.write(text)
        process.stdin.close()
    except BrokenPipeError:
        pass
    assert process.wait(SECONDS) in (0, -13, 141)
    assert b"Fatal" not in process.stderr.read()


@case
def one_bad_among_many(tmp):
    good = tmp / "good"
    good.mkdir()
    for n in range(40):
        (good / f"essay {chr(97 + n % 26)}{chr(97 + n // 26)}.txt").write_text(f"Document {n} was written in {1900 + n} (Smith {1900 + n}).\n")
    assert run("build", good, "-o", tmp / "one").returncode == 0
    (good / "bad.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 100)
    assert run("build", good, "-o", tmp / "two").returncode == 1
    for file in sorted((tmp / "one" / "tei").glob("*.xml")):
        assert file.read_bytes() == (tmp / "two" / "tei" / file.name).read_bytes(), file


for function in cases:
    with tempfile.TemporaryDirectory() as folder:
        start = time.time()
        try:
            function(pathlib.Path(folder))
            print(f"ok    {function.__name__} ({time.time() - start:.1f} s)", flush=True)
        except Exception as error:  # each kind reports; the run goes on
            failures.append(function.__name__)
            print(f"FAIL  {function.__name__}: {type(error).__name__} {str(error)[:600]}", flush=True)
print(f"{len(cases) - len(failures)} passed, {len(failures)} failed")
sys.exit(1 if failures else 0)
