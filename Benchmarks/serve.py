#!/usr/bin/env python3
"""How long it takes from a saved file to the changed page: `kb serve` beside `hugo server`.

    python3 Benchmarks/serve.py KB HUGO WORK_DIR [RUNS]

WORK_DIR is what `kb-bench --prepare --peers --work WORK_DIR` has written. Each edit adds a sentence to a record and asks for its
page until the sentence is there, every other millisecond. The two take turns, so that what else the machine does hits both.
"""

import http.client
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time


class Server:
    """A server over a folder of records, and the processor time that it has used."""

    def __init__(self, name, command, port, records, cache):
        self.name, self.port, self.records = name, port, records
        start = time.perf_counter()
        environment = dict(os.environ, XDG_CACHE_HOME=cache, HUGO_CACHEDIR=os.path.join(cache, "hugo"))
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
        self.page("")
        self.start = time.perf_counter() - start

    def page(self, path):
        """The page; waits for a server that has just begun."""
        while True:
            if self.process.poll() is not None:
                raise SystemExit(f"{self.name} ended with {self.process.returncode}")
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
                connection.request("GET", "/" + path)
                return connection.getresponse().read().decode("utf-8", "replace")
            except (ConnectionError, socket.timeout, http.client.IncompleteRead):
                # Hugo breaks off pages that change while it sends them.
                time.sleep(0.002)

    def processor(self):
        with open(f"/proc/{self.process.pid}/stat") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def edit(self, name, sentence):
        """Seconds until the page of a record holds a new sentence, and the processor time until then."""
        file = os.path.join(self.records, name)
        page = re.sub(r"[.]md$", ".html", name)
        used, start = self.processor(), time.perf_counter()
        with open(file, "a", encoding="utf-8") as record:
            record.write(f"\n{sentence}\n")
        while sentence not in self.page(page):
            if time.perf_counter() - start > 60:
                raise SystemExit(f"{self.name}: the sentence does not come")
            time.sleep(0.002)
        return time.perf_counter() - start, self.processor() - used

    def stop(self):
        self.process.terminate()
        self.process.wait(10)


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def measure(kb, hugo, work, runs):
    base, site = os.path.join(work, "kb"), os.path.join(work, "hugo")
    systems = sorted(os.listdir(os.path.join(base, "systems")))
    with tempfile.TemporaryDirectory() as cache:
        ports = free_port(), free_port()
        servers = [
            Server("kb serve", [kb, "serve", "-C", base, "--port", str(ports[0])], ports[0], base, cache),
            Server("hugo server", [
                hugo, "server", "--source", site, "--bind", "127.0.0.1", "--port", str(ports[1]),
                "--baseURL", f"http://127.0.0.1:{ports[1]}/", "--appendPort=false"], ports[1], os.path.join(site, "content"), cache),
        ]
        times = {server.name: [] for server in servers}
        for run in range(runs):
            name = "systems/" + systems[run * 7 % len(systems)]
            for server in servers:
                # Whoever edits a page has it open: it was asked for before.
                server.page(re.sub(r"[.]md$", ".html", name))
                times[server.name].append(server.edit(name, f"Messung {run} um {time.time_ns()}."))
                # What follows a page, such as an index, is over before the other's turn.
                time.sleep(1)
        for server in servers:
            server.stop()
        return servers, times


def main():
    if len(sys.argv) < 4:
        print(__doc__, file=sys.stderr)
        return 2
    kb, hugo, work = sys.argv[1:4]
    runs = int(sys.argv[4]) if len(sys.argv) > 4 else 9
    sizes = sorted((int(name[8:]) for name in os.listdir(work) if name.startswith("records-")))
    print("| records | server | to the first page | save to page: best | median | worst | processor time, median |")
    print("|--:|---|--:|--:|--:|--:|--:|")
    for size in sizes:
        servers, times = measure(kb, hugo, os.path.join(work, f"records-{size}"), runs)
        medians = []
        for server in servers:
            walls, used = [one[0] for one in times[server.name]], [one[1] for one in times[server.name]]
            medians.append(statistics.median(walls))
            print(f"| {size:,} | {server.name} | {server.start:.2f} s | {min(walls) * 1000:.0f} ms | {medians[-1] * 1000:.0f} ms | "
                  f"{max(walls) * 1000:.0f} ms | {statistics.median(used) * 1000:.0f} ms |")
        ratios = [a[0] / b[0] for a, b in zip(*(times[server.name] for server in servers))]
        print(f"| {size:,} | kb : hugo | | | {medians[0] / medians[1]:.2f} × (turn by turn {statistics.median(ratios):.2f} ×) | | |")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
