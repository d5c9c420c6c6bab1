"""Runs every command shown in README.md and in the tutorials and compares what it prints with what is shown.

A block marked ```console holds commands after "$ " and their output. With --update the output is written anew.
"""

import os
import pathlib
import re
import subprocess
import sys

root = pathlib.Path(__file__).resolve().parent.parent
pages = [root / "README.md", *sorted(root.glob("Sources/*/*.docc/*.md"))]
environment = {**os.environ, "PATH": f"{root / '.build/release'}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8"}
differences = 0


def ran(command):
    done = subprocess.run(["bash", "-c", command], cwd=root, env=environment, capture_output=True, text=True)
    return done.stdout + done.stderr


def block(match):
    global differences
    text, commands = match.group(1), []
    for line in text.splitlines():
        if line.startswith("$ "):
            commands.append([line[2:], []])
        elif commands:
            commands[-1][1].append(line)
    out = []
    for command, shown in commands:
        printed = ran(command).rstrip("\n").splitlines()
        if [line.rstrip() for line in printed] != [line.rstrip() for line in shown]:
            differences += 1
            if "--update" not in sys.argv:
                print(f"$ {command}\n  shown:   {shown[:3]}\n  printed: {printed[:3]}")
        out += ["$ " + command, *(line.rstrip() for line in printed)]
    return "```console\n" + "\n".join(out) + "\n```"


for page in pages:
    text = page.read_text(encoding="utf-8")
    new = re.sub(r"```console\n(.*?)\n```", block, text, flags=re.S)
    if "--update" in sys.argv and new != text:
        page.write_text(new, encoding="utf-8")
if "--update" in sys.argv:
    print(f"{differences} outputs updated")
else:
    shown = f"{len(pages)} pages show what the commands print"
    print(shown if not differences else f"{differences} commands print something else")
    sys.exit(1 if differences else 0)
