"""Time a build of many articles: copies of the seeds with other names, states and dates.

``python bench/scale.py`` makes 1,000 articles in a temporary folder, builds their graph with
``kg build``, and prints the time, the peak memory of all its processes and the size of each file::

    python bench/scale.py --articles 1000 --jobs 2 --keep /tmp/scale
"""

from __future__ import annotations

import argparse
import csv
import datetime
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from kg.data.tables import cells, read_table

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
PEOPLE = ("فلاديمير بوتين", "عباس عراقجي", "سيرجي لافروف", "دونالد ترامب", "علي خامنئي", "ديمتري بيسكوف")
STATES = ("russia", "iran", "bahrain", "qatar")
FIRST_DAY = datetime.date(2015, 1, 1)


def people() -> list[str]:
    """Names of two words of known persons."""
    tables = (read_table(path.stem) for path in sorted((SEEDS.parent / "kg/data").glob("leaders*.csv")))
    return sorted({row["ar"] for table in tables for row in table if len(row["ar"].split()) == 2})


def states() -> list[tuple[str, str, str]]:
    """Name, adjective and capital of the states that have one word for each."""
    capitals = {row["slug"]: row["ar"] for row in read_table("places")}
    rows = (
        (row["ar"], cells(row["adjective"])[0], capitals[row["capital_slug"]])
        for row in read_table("states")
        if row["adjective"] and row["capital_slug"] in capitals
    )
    return [row for row in rows if not any(" " in word or len(word) < 4 for word in row)]


def copies(count: int) -> Iterator[tuple[str, str, str]]:
    """Name of the file, date and text of each article; the same at every call."""
    seeds = [path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt"))]
    everybody, everywhere = people(), states()
    months = {int(r["month"]): r["name"] for r in read_table("months")[::-1] if r["calendar"] == "gregorian"}
    capitals = {row["slug"]: row["ar"] for row in read_table("places")}
    own = [
        (row["ar"], cells(row["adjective"])[0], capitals[row["capital_slug"]])
        for slug in STATES
        for row in read_table("states")
        if row["slug"] == slug
    ]
    for i in range(count):
        chance = random.Random(i)
        words: dict[str, str] = {}
        for old, new in zip(PEOPLE, chance.sample(everybody, len(PEOPLE)), strict=True):
            words |= dict(zip(old.split(), new.split(), strict=True)) | {old: new}
        for old_state, new_state in zip(own, chance.sample(everywhere, len(own)), strict=True):
            words |= dict(zip(old_state, new_state, strict=True))
        day = FIRST_DAY + datetime.timedelta(days=chance.randrange(4000))
        words["يونيو"] = months[day.month]
        text = seeds[i % len(seeds)].replace("23 ", f"{day.day} ").replace("/حزيران", "")
        yield f"copy-{i:05}.txt", day.isoformat(), replaced(text, words)


def replaced(text: str, words: dict[str, str]) -> str:
    """The text with other words in place of some, all at once, the longest first."""
    pattern = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    return re.sub(pattern, lambda found: words[found.group()], text)


def write(folder: Path, count: int) -> None:
    """Write the articles, with their dates in ``metadata.csv``."""
    with (folder / "metadata.csv").open("w", encoding="utf-8", newline="") as file:
        metadata = csv.writer(file, lineterminator="\n")
        metadata.writerow(("file", "date"))
        for name, date, text in copies(count):
            (folder / name).write_text(text, encoding="utf-8")
            metadata.writerow((name, date))


def memory(parent: int) -> int:
    """Bytes of memory that a process and its descendants have to themselves (Linux only, else 0)."""
    total, todo = 0, [parent]
    while todo:
        process = Path("/proc", str(todo.pop()))
        try:
            for line in (process / "smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1]) * 1024
            for task in (process / "task").iterdir():
                todo += map(int, (task / "children").read_text().split())
        except OSError:
            continue
    return total


def timed(command: list[str]) -> tuple[float, int]:
    """Seconds and peak memory of a command.

    Raises:
        CalledProcessError: It fails.
    """
    started = time.perf_counter()
    process = subprocess.Popen(command)
    peak, over = 0, threading.Event()

    def watch() -> None:
        nonlocal peak
        while not over.wait(0.5):
            peak = max(peak, memory(process.pid))

    watcher = threading.Thread(target=watch)
    watcher.start()
    status = process.wait()
    seconds = time.perf_counter() - started
    over.set()
    watcher.join()
    if status:
        raise subprocess.CalledProcessError(status, command)
    return seconds, peak


def main() -> None:
    """Make the articles, build, and print what it took."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--articles", type=int, default=1000)
    options.add_argument("--jobs", type=int, default=2)
    options.add_argument("--keep", type=Path, help="folder to write into and keep")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.keep or Path(temporary)
        articles, output = folder / "articles", folder / "output"
        articles.mkdir(parents=True, exist_ok=True)
        write(articles, given.articles)
        command = [sys.executable, "-m", "kg", "build", str(articles), "-o", str(output)]
        seconds, peak = timed([*command, "--fresh", "--quiet", "--jobs", str(given.jobs)])
        print(f"{given.articles} articles in {seconds:.0f} s, at most {peak / 2**20:.0f} MiB")
        for path in sorted(output.iterdir()):
            print(f"{path.stat().st_size / 1e6:8.1f} MB  {path.name}")


if __name__ == "__main__":
    main()
