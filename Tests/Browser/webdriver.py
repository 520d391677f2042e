"""A small WebDriver client for Debian's chromium: the standard library, one session, only what the tests need."""

import base64
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"


class WebDriverError(Exception):
    """What the driver answered when it did not do what it was asked."""


class Browser:
    """A headless chromium behind chromedriver; a context manager, so that both end with the test."""

    # Whether `network` knows what pages ask for.
    tells_requests = True

    def __init__(self):
        self.driver = None
        self.session = None
        self.folder = tempfile.mkdtemp(prefix="kb-browser-")

    def __enter__(self):
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_):
        self.stop()

    def start(self):
        driver, chromium = shutil.which("chromedriver"), shutil.which("chromium") or shutil.which("google-chrome")
        if not driver or not chromium:
            raise WebDriverError("chromium and chromedriver are needed: apt-get install chromium chromium-driver")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.base = f"http://127.0.0.1:{port}"
        # Debian's wrapper of chromium writes to standard error what is of no use here.
        self.driver = subprocess.Popen([driver, f"--port={port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 30
        while True:
            try:
                self.call("GET", "/status")
                break
            except OSError:
                if time.monotonic() > deadline or self.driver.poll() is not None:
                    raise WebDriverError("chromedriver does not answer")
                time.sleep(0.05)
        arguments = [
            "--headless=new", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars", "--no-first-run", "--lang=de",
            "--disable-background-networking", "--disable-component-update", "--disable-default-apps", "--disable-sync",
            "--disable-extensions", f"--user-data-dir={self.folder}",
        ]
        if sys.platform == "linux" and os.geteuid() == 0:
            arguments.append("--no-sandbox")
        answer = self.call("POST", "/session", {"capabilities": {"alwaysMatch": {
            "browserName": "chrome",
            "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"},
            "goog:chromeOptions": {
                "binary": chromium, "args": arguments,
                "perfLoggingPrefs": {"enableNetwork": True, "enablePage": False},
            },
        }}})
        self.session = answer["sessionId"]

    def stop(self):
        if self.session:
            try:
                self.command("DELETE", "")
            except (OSError, WebDriverError):
                pass
        if self.driver:
            self.driver.terminate()
            try:
                self.driver.wait(10)
            except subprocess.TimeoutExpired:
                self.driver.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    # The protocol

    def call(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.base + path, data, {"Content-Type": "application/json"}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            value = json.load(error).get("value") or {}
            raise WebDriverError(f"{value.get('error')}: {value.get('message', '').splitlines()[0]}") from None

    def command(self, method, path, body=None):
        return self.call(method, f"/session/{self.session}{path}", body)

    def devtools(self, name, **parameters):
        """A command of the DevTools protocol."""
        return self.command("POST", "/goog/cdp/execute", {"cmd": name, "params": parameters})

    # What tests do

    def open(self, address):
        self.command("POST", "/url", {"url": address})

    def run(self, script, *arguments):
        """Runs the body of a function in the page, and hands back what it returns."""
        return self.command("POST", "/execute/sync", {"script": script, "args": list(arguments)})

    def run_async(self, script, *arguments):
        """The same for a script that hands its result to a callback, its last argument."""
        return self.command("POST", "/execute/async", {"script": script, "args": list(arguments)})

    def find(self, selector):
        return self.command("POST", "/element", {"using": "css selector", "value": selector})[ELEMENT]

    def click(self, selector):
        self.command("POST", f"/element/{self.find(selector)}/click", {})

    def type(self, selector, text):
        self.command("POST", f"/element/{self.find(selector)}/value", {"text": text})

    def press(self, key):
        """Presses a key, wherever the focus is."""
        keys = [{"type": "keyDown", "value": key}, {"type": "keyUp", "value": key}]
        self.command("POST", "/actions", {"actions": [{"type": "key", "id": "keys", "actions": keys}]})

    def until(self, script, seconds=5):
        """Waits until the script returns something true; hands it back, or what it returned last."""
        deadline = time.monotonic() + seconds
        while True:
            value = self.run(script)
            if value or time.monotonic() > deadline:
                return value
            time.sleep(0.05)

    def resize(self, width, height):
        """Gives the page a screen of this size, which headless windows can't always have."""
        self.devtools("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600)

    def prefer(self, scheme, media=""):
        """Light or dark, as the system would ask for it; `media` may be print."""
        self.devtools("Emulation.setEmulatedMedia", media=media, features=[{"name": "prefers-color-scheme", "value": scheme}])

    def scripts(self, on):
        self.devtools("Emulation.setScriptExecutionDisabled", value=not on)

    def logged(self, kind):
        """What was logged since the last time; kind is browser or performance."""
        return self.command("POST", "/se/log", {"type": kind})

    def network(self):
        """The requests since the last time: (address, why it failed, or nothing)."""
        addresses, failures, order = {}, {}, []
        for entry in self.logged("performance"):
            message = json.loads(entry["message"])["message"]
            parameters = message.get("params", {})
            identity = parameters.get("requestId")
            if message["method"] == "Network.requestWillBeSent":
                addresses[identity] = parameters["request"]["url"]
                order.append(identity)
            elif message["method"] == "Network.loadingFailed":
                failures[identity] = parameters.get("blockedReason") or parameters.get("errorText") or "failed"
            elif message["method"] == "Network.responseReceived" and parameters["response"]["status"] >= 400:
                failures[identity] = str(parameters["response"]["status"])
        return [(addresses[identity], failures.get(identity)) for identity in order]

    def picture(self, path):
        """A picture of the whole page."""
        size = self.devtools("Page.getLayoutMetrics")["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": size["width"], "height": min(size["height"], 6000), "scale": 1}
        shot = self.devtools("Page.captureScreenshot", format="png", captureBeyondViewport=True, clip=clip)
        with open(path, "wb") as file:
            file.write(base64.b64decode(shot["data"]))

    def printed(self, path):
        """The page as it prints."""
        pdf = self.devtools("Page.printToPDF", preferCSSPageSize=True, printBackground=False)
        with open(path, "wb") as file:
            file.write(base64.b64decode(pdf["data"]))
