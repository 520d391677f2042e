"""Firefox for the same tests: it speaks WebDriver's commands itself, over a socket (Marionette), without a driver."""

import base64
import json
import os
import shutil
import socket
import subprocess
import time

from webdriver import Browser, WebDriverError

SCHEMES = {"dark": 0, "light": 1}


class Firefox(Browser):
    """A headless Firefox; what Chromium's DevTools do in `Browser` is done in the context of its own windows here."""

    tells_requests = False

    COMMANDS = {
        ("POST", "/url"): "WebDriver:Navigate", ("POST", "/execute/sync"): "WebDriver:ExecuteScript",
        ("POST", "/execute/async"): "WebDriver:ExecuteAsyncScript", ("POST", "/element"): "WebDriver:FindElement",
        ("POST", "/actions"): "WebDriver:PerformActions", ("DELETE", ""): "WebDriver:DeleteSession",
    }

    def start(self):
        program = shutil.which("firefox-esr") or shutil.which("firefox")
        if not program:
            raise WebDriverError("Firefox is needed: apt-get install firefox-esr")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        preferences = {
            "marionette.port": port, "browser.shell.checkDefaultBrowser": False, "datareporting.policy.dataSubmissionEnabled": False,
            "app.update.disabledForTesting": True, "intl.accept_languages": "de", "toolkit.telemetry.reportingpolicy.firstRun": False,
            "browser.startup.homepage_override.mstone": "ignore", "network.captive-portal-service.enabled": False,
            "network.connectivity-service.enabled": False, "extensions.getAddons.cache.enabled": False,
            "extensions.update.enabled": False, "app.normandy.enabled": False, "services.settings.server": "data:,#remote-settings-dummy/v1",
        }
        with open(os.path.join(self.folder, "user.js"), "w", encoding="utf-8") as file:
            file.writelines(f'user_pref("{name}", {json.dumps(value)});\n' for name, value in preferences.items())
        # Its home is a folder of the test too: it must not meet a Firefox that somebody uses.
        self.driver = subprocess.Popen(
            [program, "--headless", "--marionette", "--remote-allow-system-access", "--no-remote", "--profile", self.folder, "about:blank"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ | {"HOME": self.folder, "MOZ_HEADLESS_WIDTH": "1280", "MOZ_HEADLESS_HEIGHT": "1000"})
        deadline = time.monotonic() + 60
        while True:
            try:
                self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
                break
            except OSError:
                if time.monotonic() > deadline or self.driver.poll() is not None:
                    raise WebDriverError("Firefox does not answer")
                time.sleep(0.1)
        self.buffer = b""
        self.number = 0
        self.read()  # what it says of itself
        self.session = self.send("WebDriver:NewSession", {"capabilities": {"alwaysMatch": {}}})["sessionId"]

    # The protocol: "length:[0, number, command, parameters]", and "length:[1, number, error, result]" for an answer.

    def read(self):
        while b":" not in self.buffer:
            self.receive()
        length, self.buffer = self.buffer.split(b":", 1)
        while len(self.buffer) < int(length):
            self.receive()
        message, self.buffer = self.buffer[:int(length)], self.buffer[int(length):]
        return json.loads(message)

    def receive(self):
        chunk = self.socket.recv(1 << 16)
        if not chunk:
            raise WebDriverError("Firefox has ended")
        self.buffer += chunk

    def send(self, name, parameters):
        self.number += 1
        data = json.dumps([0, self.number, name, parameters]).encode()
        self.socket.sendall(str(len(data)).encode() + b":" + data)
        _, _, error, result = self.read()
        if error:
            raise WebDriverError(f"{error.get('error')}: {(error.get('message') or ' ').splitlines()[0]}")
        return result

    def command(self, method, path, body=None):
        if path.startswith("/element/") and path.count("/") == 3:
            _, _, identity, action = path.split("/")
            name = {"click": "WebDriver:ElementClick", "value": "WebDriver:ElementSendKeys"}[action]
            return self.send(name, {"id": identity} | (body or {}))
        result = self.send(self.COMMANDS[method, path], body or {})
        return result.get("value") if isinstance(result, dict) else result

    def chrome(self, script, *arguments):
        """Runs the body of a function in Firefox's own window."""
        self.send("Marionette:SetContext", {"value": "chrome"})
        try:
            return self.send("WebDriver:ExecuteScript", {"script": script, "args": list(arguments)})["value"]
        finally:
            self.send("Marionette:SetContext", {"value": "content"})

    def resize(self, width, height):
        self.chrome("""
            var style = gBrowser.selectedBrowser.style;
            style.minWidth = style.maxWidth = arguments[0] + 'px';
            style.minHeight = style.maxHeight = arguments[1] + 'px';""", width, height)
        self.until(f"return innerWidth === {width} && innerHeight === {height}")

    def prefer(self, scheme, media=""):
        self.chrome("""
            Services.prefs.setIntPref('layout.css.prefers-color-scheme.content-override', arguments[0]);
            gBrowser.selectedBrowser.browsingContext.mediumOverride = arguments[1];""", SCHEMES[scheme], media)

    def scripts(self, on):
        self.chrome("Services.prefs.setBoolPref('javascript.enabled', arguments[0])", on)

    def logged(self, kind):
        """What went wrong in pages since the last time; what they say by `console` is kept elsewhere."""
        lines = self.chrome("""
            var lines = Services.console.getMessageArray().map(message => {
              if (!(message instanceof Ci.nsIScriptError)) return null;
              // Firefox warns of its own order of work where a script moves the focus before pictures have come, and of files
              // that were still on their way when the next page was opened.
              if (/^(Layout was forced|Loading failed for the <script>)/.test(message.errorMessage)) return null;
              return /^(file|http):/.test(message.sourceName) ? message.message : null;
            }).filter(line => line);
            Services.console.reset();
            return lines;""")
        return [{"message": line} for line in lines]

    def network(self):
        """Firefox does not say which requests it makes."""
        return []

    def picture(self, path):
        data = self.send("WebDriver:TakeScreenshot", {"full": True, "hash": False})["value"]
        with open(path, "wb") as file:
            file.write(base64.b64decode(data))
